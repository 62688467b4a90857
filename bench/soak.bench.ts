// Fifty people, or as many as are asked for, at their mixed work on a large portfolio: how long they wait, what fails, what the hub's memory does.
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { loadDemo } from "../src/app/demo/load-demo.ts";
import { openServices, type Services } from "../src/app/services.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { fill } from "./fill.ts";
import { freePort, type Sending, send, signIn, startHub, stop, untilReady } from "./hub-process.ts";
import { processorTime } from "./processor-time.ts";

/** People read before they click again: so long at the least and at the most, in milliseconds. */
const THINKING = [500, 2500] as const;
/** How long the first person works alone, before the others come, in seconds. */
const ALONE = 10;

/** The hub refuses more attempts to sign in as the same person within a while: further people share these. */
const MOST_SESSIONS = 50;

interface Deed {
  name: string;
  /** How often, against the others. */
  weight: number;
  who: readonly string[];
  send(turn: number, organization: string): { path: string } & Sending;
}

const HUB = ["marisol@demo.example", "theo@demo.example", "imani@demo.example"] as const;
const LEADS = ["samuel@demo.example", "ada@demo.example"] as const;
const EVERYBODY = [...HUB, ...LEADS] as const;

const DEEDS: readonly Deed[] = [
  {
    name: "list of enrollments, filtered and sorted",
    weight: 30,
    who: EVERYBODY,
    send: (turn) => ({
      path: `/pathways/enrollments?year=20${20 + (turn % 5)}-${21 + (turn % 5)}&page=${1 + (turn % 9)}${turn % 3 ? "" : "&profession=counselor"}`,
    }),
  },
  {
    name: "list of all enrollments",
    weight: 5,
    who: EVERYBODY,
    send: (turn) => ({ path: `/pathways/enrollments?page=${1 + (turn % 4)}` }),
  },
  {
    name: "search for a trainee",
    weight: 15,
    who: EVERYBODY,
    send: (turn) => ({ path: `/pathways/enrollments?trainee=T-${(turn * 7919) % 100_000}` }),
  },
  {
    name: "list of organizations",
    weight: 10,
    who: HUB,
    send: (turn) => ({ path: `/directory/organizations?q=${turn % 38}` }),
  },
  {
    name: "an organization",
    weight: 10,
    who: HUB,
    send: (_, organization) => ({ path: `/directory/organizations/${organization}` }),
  },
  {
    name: "an organization's report",
    weight: 8,
    who: HUB,
    send: (_, organization) => ({ path: `/reports/${organization}/2023-24` }),
  },
  {
    name: "reports of a year",
    weight: 5,
    who: EVERYBODY,
    send: (turn) => ({ path: `/reports?year=20${20 + (turn % 5)}-${21 + (turn % 5)}` }),
  },
  {
    name: "the portfolio's report",
    weight: 1,
    who: ["marisol@demo.example", "theo@demo.example"],
    send: () => ({ path: "/reports/portfolio/2023-24" }),
  },
  { name: "my work", weight: 10, who: EVERYBODY, send: () => ({ path: "/work" }) },
  { name: "rosters", weight: 6, who: LEADS, send: () => ({ path: "/pathways/rosters" }) },
  { name: "published results", weight: 6, who: EVERYBODY, send: () => ({ path: "/results" }) },
  { name: "the account", weight: 3, who: EVERYBODY, send: () => ({ path: "/account" }) },
  { name: "a roster brought in", weight: 2, who: ["samuel@demo.example"], send: (turn) => roster(turn) },
];

function roster(turn: number): { path: string } & Sending {
  const program = `soak-${process.pid}-${turn}-${Math.random().toString(36).slice(2)}`;
  const rows = Array.from(
    { length: 25 },
    (_, row) =>
      `${program}-${row},${program},practicum,2019-20,counselor,full_time,2019-09-01,yes,continuing`,
  );
  const text = [
    "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome",
    ...rows,
  ].join("\n");
  const body = `------soak\r\nContent-Disposition: form-data; name="code"\r\n\r\nG35\r\n------soak\r\nContent-Disposition: form-data; name="file"; filename="${program}.csv"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n------soak--\r\n`;
  return {
    path: "/pathways/rosters",
    body: Buffer.from(body),
    type: "multipart/form-data; boundary=----soak",
  };
}

interface Seen {
  deed: string;
  ms: number;
  isAlone: boolean;
}

export interface SoakSizes {
  rows: number;
  seconds: number;
  people: number;
  /** A data folder to keep: filled by the first run, used again by the next ones. */
  data: string | undefined;
}

/** Prints what people waited for, alone and among many, and the hub's memory at the start and the end. */
export async function benchSoak({ rows, seconds, people: count, data: kept }: SoakSizes): Promise<object[]> {
  const folder = kept ? null : mkdtempSync(join(tmpdir(), "trellis-soak-"));
  if (folder) chmodSync(folder, 0o755);
  const data = kept ? resolve(kept) : join(folder ?? "", "data");
  const organizations = await prepare(data, rows);
  const port = await freePort();
  const agent = new Agent({ keepAlive: true, maxSockets: count });
  const hub = startHub(data, port);
  const seen: Seen[] = [];
  const wrong = new Map<string, number>();
  try {
    await untilReady(agent, port);
    const sessions: { email: string; cookie: string }[] = [];
    for (let session = 0; session < Math.min(count, MOST_SESSIONS); session += 1) {
      const email = EVERYBODY[session % EVERYBODY.length] ?? HUB[0];
      sessions.push({ email, cookie: await signIn(agent, port, email) });
    }
    const people = Array.from(
      { length: count },
      (_, person) => sessions[person % sessions.length] ?? nobody(),
    );
    const work = async (
      person: { email: string; cookie: string },
      until: number,
      isAlone: boolean,
    ): Promise<void> => {
      const mine = DEEDS.filter(({ who }) => who.includes(person.email));
      for (let turn = Math.floor(Math.random() * 1e6); performance.now() < until; turn += 1) {
        const deed = draw(mine);
        const { path, ...sending } = deed.send(turn, organizations[turn % organizations.length] ?? "");
        const begun = performance.now();
        const status = await send(agent, port, path, { ...sending, cookie: person.cookie }).then(
          (answer) => answer.status,
          () => 0,
        );
        seen.push({ deed: deed.name, ms: performance.now() - begun, isAlone });
        if (![200, 303].includes(status)) {
          const what = `${deed.name}: ${status || "broken off"}`;
          wrong.set(what, (wrong.get(what) ?? 0) + 1);
        }
        await wait(THINKING[0] + Math.random() * (THINKING[1] - THINKING[0]));
      }
    };
    const first = people[0] ?? nobody();
    await Promise.all([1, 2].map(() => work(first, performance.now() + ALONE * 1000, true)));
    const atStart = memoryOf(hub.pid);
    const usedBefore = processorTime(hub.pid, data);
    const until = performance.now() + seconds * 1000;
    await Promise.all(people.map((person) => work(person, until, false)));
    const atEnd = memoryOf(hub.pid);
    const usedAfter = processorTime(hub.pid, data);
    const used = {
      hub: usedAfter.hub - usedBefore.hub,
      database: usedAfter.database - usedBefore.database,
    };
    return summarize({ rows, people: count, seconds, seen, wrong, atStart, atEnd, used });
  } finally {
    agent.destroy();
    await stop(hub);
    if (folder) rmSync(folder, { recursive: true, force: true });
  }
}

/** A demonstration hub with a large portfolio beside it. @returns ids of the portfolio's organizations. */
async function prepare(data: string, rows: number): Promise<string[]> {
  const services = await openServices(readConfig({ TRELLIS_DATA: data, LOG_LEVEL: "silent" }));
  try {
    await loadDemo(services, { onlyIfNew: true });
    const before = await findOrganizations(services);
    if (before.length > 0) return before;
    await fill(services, rows);
    return await findOrganizations(services);
  } finally {
    await services.close();
  }
}

function nobody(): never {
  throw new Error("nobody signed in");
}

async function findOrganizations(services: Services): Promise<string[]> {
  const { rows } = await services.database.ownerPool.query<{ id: string }>(
    "select id from directory.organization where name like 'Benchmark organization %' order by name",
  );
  return rows.map(({ id }) => id);
}

function draw(deeds: readonly Deed[]): Deed {
  let left = Math.random() * deeds.reduce((sum, { weight }) => sum + weight, 0);
  for (const deed of deeds) {
    left -= deed.weight;
    if (left <= 0) return deed;
  }
  throw new Error("there is nothing to do");
}

/** Resident memory of a process in megabytes; null where the system does not tell. */
function memoryOf(pid: number | undefined): number | null {
  try {
    const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes ? Math.round(Number(kilobytes) / 1024) : null;
  } catch {
    return null;
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}

interface Soaked {
  rows: number;
  people: number;
  seconds: number;
  seen: readonly Seen[];
  wrong: ReadonlyMap<string, number>;
  atStart: number | null;
  atEnd: number | null;
  /** Processor seconds. */
  used: { hub: number; database: number };
}

function summarize({ rows, people, seconds, seen, wrong, atStart, atEnd, used }: Soaked): object[] {
  const together = seen.filter(({ isAlone }) => !isAlone);
  const alone = seen.filter(({ isAlone }) => isAlone);
  const of = (some: readonly Seen[], share: number): number =>
    percentile(
      some.map(({ ms }) => ms),
      share,
    );
  const p95 = of(together, 0.95);
  return [
    {
      bench: "soak",
      name: "all",
      rows,
      people,
      seconds,
      requests: together.length,
      perSecond: Math.round((together.length / seconds) * 10) / 10,
      p50Ms: of(together, 0.5),
      p95Ms: p95,
      p99Ms: of(together, 0.99),
      ratio: Number((p95 / Math.max(1, of(alone, 0.95))).toPrecision(3)),
      errors: [...wrong.values()].reduce((sum, count) => sum + count, 0),
      wrong: Object.fromEntries(wrong),
      memoryMb: { start: atStart, end: atEnd },
      processorMsPerRequest: {
        hub: Math.round((used.hub * 1000) / together.length),
        database: Math.round((used.database * 1000) / together.length),
      },
    },
    ...DEEDS.map(({ name }) => {
      const times = together.filter(({ deed }) => deed === name);
      return { bench: "soak", name, requests: times.length, p50Ms: of(times, 0.5), p95Ms: of(times, 0.95) };
    }).filter(({ requests }) => requests > 0),
  ];
}
