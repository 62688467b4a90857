// A list page of 50 rows from the database at 50 connections, against a bare Node server that sends the same bytes, and
// against the bare query.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoPeople } from "../src/app/demo/demo-people.ts";
import { openServices } from "../src/app/services.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { send, signIn, startHub, stop, untilReady } from "./hub-process.ts";

const CONNECTIONS = 50;
const SECONDS = 8;
const LIST = "/pathways/enrollments?year=2024-25";
// What the list page asks the database for its rows.
const BARE_QUERY = `select e.id, e.organization_id, o.name, e.academic_year, e.trainee_code, e.program_name, e.program_type, e.profession, e.outcome, e.started_on, e.award_total_usd::text, trim_scale(e.hours_total)::text
  from pathways.enrollment e join directory.organization o on o.id = e.organization_id
  where e.archived_at is null and e.academic_year = '2024-25' order by e.trainee_key, e.organization_id, e.id limit 50`;

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

async function loadPage(agent: Agent, port: number, cookie: string, bytes: number): Promise<Load> {
  return load(async () => {
    const answer = await send(agent, port, LIST, { cookie });
    // An answer of another length is an error page or another list: it must not count as a fast one.
    if (answer.status !== 200 || Math.abs(answer.body.length - bytes) > bytes / 10)
      throw new Error(`the list answered ${answer.status}`);
  });
}

/** Prints requests per second of the page, of the bare server and of the bare query. */
export async function benchPage(): Promise<object[]> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
  const data = join(folder, "data");
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const port = 20_000 + (process.pid % 20_000);
  const hub = startHub(data, port);
  try {
    await untilReady(agent, port);
    const cookie = await signIn(agent, port, demoPeople[0].email);
    const { body } = await send(agent, port, LIST, { cookie });
    const page = await loadPage(agent, port, cookie, body.length);
    const query = await loadQuery(data);
    const bare = await loadBareServer(agent, folder, body, port + 1);
    const round = (value: number): number => Number(value.toPrecision(4));
    return [
      {
        bench: "page",
        name: "list",
        rows: 50,
        connections: CONNECTIONS,
        bytes: body.length,
        perSecond: round(page.perSecond),
        p99Ms: round(page.p99),
      },
      {
        bench: "page",
        name: "list-vs-bare-server",
        ratio: round(page.perSecond / bare.perSecond),
        perSecond: round(bare.perSecond),
      },
      {
        bench: "page",
        name: "list-vs-bare-query",
        ratio: round(page.perSecond / query.perSecond),
        perSecond: round(query.perSecond),
      },
    ];
  } finally {
    agent.destroy();
    await stop(hub);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function loadQuery(data: string): Promise<Load> {
  const services = await openServices(readConfig({ TRELLIS_DATA: data, LOG_LEVEL: "silent" }));
  try {
    const pool = services.database.ownerPool;
    pool.options.max = 20;
    return await load(async () => void (await pool.query(BARE_QUERY)));
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
    return await load(async () => void (await send(agent, port, LIST)));
  } finally {
    await stop(server);
  }
}
