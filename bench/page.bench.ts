// Pages at 50 connections, against a bare Node server that sends the same bytes, and against the bare query: a list of 50 rows
// for somebody who is signed in, and the library's list and a practice for everybody.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoPeople } from "../src/app/demo/demo-people.ts";
import { openServices } from "../src/app/services.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { freePort, send, signIn, startHub, stop, untilReady } from "./hub-process.ts";

const CONNECTIONS = 50;
const SECONDS = 8;

interface Measured {
  name: string;
  path: string;
  /** Who asks; null: somebody without an account. */
  email: string | null;
  /** What the page asks the database for, as somebody would write it who needs only this. */
  query: string;
}

const PAGES: readonly Measured[] = [
  {
    name: "list",
    path: "/pathways/enrollments?year=2024-25",
    email: demoPeople[0].email,
    query: `select e.id, e.organization_id, o.name, e.academic_year, e.trainee_code, e.program_name, e.program_type, e.profession, e.outcome, e.started_on, e.award_total_usd::text, trim_scale(e.hours_total)::text
      from pathways.enrollment e join directory.organization o on o.id = e.organization_id
      where e.archived_at is null and e.academic_year = '2024-25' order by e.trainee_key, e.organization_id, e.id limit 50`,
  },
  {
    name: "practices",
    path: "/library/practices",
    email: null,
    query: `select
      (select jsonb_agg(shown) from (
        select p.slug, p.title, p.content ->> 'summary' as summary, p.content -> 'states' as states, p.rating
        from library.published f join library.practice p on p.id = f.practice_id order by f.plain_title limit 20) shown) as hits,
      (select jsonb_object_agg(facet, n) from (select facet, count(*) as n from library.published, unnest(facets) facet group by facet) counted) as facets`,
  },
  {
    name: "practice",
    path: "/library/practices/club-scrub-wisconsin",
    email: null,
    query: `select p.content, p.rating, p.version, p.changed_at,
      (select jsonb_agg(e) from library.evidence e where e.practice_id = p.id and e.archived_at is null) as evidence,
      (select jsonb_agg(m.title) from library.material_practice mp join library.material m on m.id = mp.material_id where mp.practice_id = p.id) as materials
      from library.practice p where p.slug = 'club-scrub-wisconsin'`,
  },
];

interface Load {
  perSecond: number;
  p99: number;
}

/** Fires `one` from 50 loops for some seconds. Bounded in time, on this machine only. */
async function load(one: () => Promise<void>): Promise<Load> {
  for (let warm = 0; warm < CONNECTIONS; warm++) await one();
  const took: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      const started = performance.now();
      await one();
      took.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, loop));
  const sorted = took.toSorted((a, b) => a - b);
  return { perSecond: took.length / SECONDS, p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0 };
}

async function loadPage(agent: Agent, port: number, page: Measured, cookie: string): Promise<[Load, string]> {
  const headers = cookie ? { cookie } : {};
  const { body } = await send(agent, port, page.path, headers);
  const found = await load(async () => {
    const answer = await send(agent, port, page.path, headers);
    // An answer of another length is an error page or another page: it must not count as a fast one.
    if (answer.status !== 200 || Math.abs(answer.body.length - body.length) > body.length / 10)
      throw new Error(`${page.path} answered ${answer.status}`);
  });
  return [found, body];
}

/** Prints requests per second of each page, of the bare server and of the bare query. */
export async function benchPage(): Promise<object[]> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
  const data = join(folder, "data");
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const port = await freePort();
  const hub = startHub(data, port);
  try {
    await untilReady(agent, port);
    const lines: object[] = [];
    for (const page of PAGES) {
      const cookie = page.email ? await signIn(agent, port, page.email) : "";
      const [found, body] = await loadPage(agent, port, page, cookie);
      lines.push(
        ...linesOf(page.name, body.length, {
          page: found,
          query: await loadQuery(data, page.query),
          bare: await loadBareServer(agent, folder, body, await freePort()),
        }),
      );
    }
    return lines;
  } finally {
    agent.destroy();
    await stop(hub);
    rmSync(folder, { recursive: true, force: true });
  }
}

function linesOf(
  name: string,
  bytes: number,
  { page, query, bare }: Record<"page" | "query" | "bare", Load>,
) {
  const round = (value: number): number => Number(value.toPrecision(4));
  const line = (what: string, figures: object) => ({ bench: "page", name: what, ...figures });
  return [
    line(name, {
      connections: CONNECTIONS,
      bytes,
      perSecond: round(page.perSecond),
      p99Ms: round(page.p99),
    }),
    ...Object.entries({ server: bare, query }).map(([against, { perSecond }]) =>
      line(`${name}-vs-bare-${against}`, {
        ratio: round(page.perSecond / perSecond),
        perSecond: round(perSecond),
      }),
    ),
  ];
}

async function loadQuery(data: string, query: string): Promise<Load> {
  const services = await openServices(readConfig({ TRELLIS_DATA: data, LOG_LEVEL: "silent" }));
  try {
    const pool = services.database.ownerPool;
    pool.options.max = 20;
    return await load(async () => void (await pool.query(query)));
  } finally {
    await services.close();
  }
}

async function loadBareServer(agent: Agent, folder: string, body: string, port: number): Promise<Load> {
  const file = join(folder, "page.html");
  writeFileSync(file, body);
  const program = `const body = require("fs").readFileSync(${JSON.stringify(file)}); require("http").createServer((q, a) => { a.setHeader("content-type", "text/html; charset=utf-8"); a.end(body); }).listen(${port}, "127.0.0.1");`;
  const server = spawn(process.execPath, ["-e", program], { stdio: "ignore" });
  try {
    await untilReady(agent, port);
    return await load(async () => void (await send(agent, port, "/")));
  } finally {
    await stop(server);
  }
}
