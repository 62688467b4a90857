// The embedded database server: made once, joined, recovered, and stopped by the last one to leave.
import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, afterEach, expect, test } from "vitest";
import { type EmbeddedServer, startEmbeddedServer } from "../src/platform/database/embedded-server.ts";
import { ROOT_STATE_FOLDER } from "../src/platform/database/server-programs.ts";

const scratch = mkdtempSync(join(tmpdir(), "trellis-server-"));
chmodSync(scratch, 0o755);
const started: EmbeddedServer[] = [];
const children: ChildProcess[] = [];
let count = 0;

/** A data folder of its own. */
function makeFolder(...below: string[]): string {
  count += 1;
  const folder = join(scratch, `data-${count}`, ...below);
  mkdirSync(folder, { recursive: true });
  return folder;
}

async function start(folder: string): Promise<EmbeddedServer> {
  const server = await startEmbeddedServer(folder, { shared_buffers: "16MB", max_connections: "20" });
  started.push(server);
  return server;
}

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const server of started.splice(0)) await server.leave();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function ask(server: EmbeddedServer, text: string): Promise<unknown> {
  const client = new pg.Client(server.owner);
  await client.connect();
  try {
    const { rows } = await client.query<{ answer: unknown }>(text);
    return rows[0]?.answer;
  } finally {
    await client.end();
  }
}

/** The number of the server's own process. */
function postmaster(server: EmbeddedServer): number {
  return Number(readFileSync(join(server.folder, "cluster", "postmaster.pid"), "utf8").split("\n")[0]);
}

/** Kills the server as a crash would, with this in its postmaster.pid. Written before: afterwards a new one may have its own there. */
function leaveBehind(server: EmbeddedServer, content: string): void {
  const pid = postmaster(server);
  writeFileSync(join(server.folder, "cluster", "postmaster.pid"), content);
  process.kill(pid, "SIGKILL");
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  for (let waited = 0; !holds(); waited += 50) {
    if (waited > 10_000) throw new Error(`waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Another process that starts the server of a folder and stays, holding a connection. */
async function startElsewhere(folder: string): Promise<ChildProcess> {
  const module = new URL("../src/platform/database/embedded-server.ts", import.meta.url).href;
  const script = `
    import { startEmbeddedServer } from ${JSON.stringify(module)};
    import pg from "pg";
    const server = await startEmbeddedServer(process.argv[1], { shared_buffers: "16MB", max_connections: "20" });
    const client = new pg.Client(server.owner);
    await client.connect();
    console.log("ready");
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script, folder], {
    stdio: ["ignore", "pipe", "pipe"],
    cwd: new URL("..", import.meta.url).pathname,
  });
  children.push(child);
  let said = "";
  child.stderr?.on("data", (chunk) => {
    said += String(chunk);
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once("data", () => resolve());
    child.once("exit", () => reject(new Error(`it did not start: ${said}`)));
  });
  return child;
}

test("the first start makes the server, the second joins it, and the last one to leave stops it", async () => {
  const folder = makeFolder();
  const first = await start(folder);
  const pid = postmaster(first);
  const held = new pg.Client(first.owner);
  await held.connect();
  const second = await start(folder);
  expect(postmaster(second)).toBe(pid);
  await second.leave();
  expect(await ask(first, "select 1 as answer")).toBe(1);
  await held.end();
  await first.leave();
  await until("the server is down", () => !runs(pid));
  expect(existsSync(join(first.folder, "cluster", "postmaster.pid"))).toBe(false);
  const again = await start(folder);
  expect(postmaster(again)).not.toBe(pid);
});

test("it writes through to the disk, listens on no network address, and lets nobody in without the password", async () => {
  const server = await start(makeFolder());
  expect(await ask(server, "select current_setting('fsync') as answer")).toBe("on");
  expect(await ask(server, "select current_setting('listen_addresses') as answer")).toBe("");
  expect(await ask(server, "select current_setting('data_checksums') as answer")).toBe("on");
  const stranger = new pg.Client({ ...server.owner, password: "guessed" });
  await expect(stranger.connect()).rejects.toMatchObject({ code: "28P01" });
});

test("a server orphaned by a killed process is used again, with what it holds", async () => {
  const folder = makeFolder();
  const child = await startElsewhere(folder);
  const joined = await start(folder);
  const pid = postmaster(joined);
  await ask(joined, "create table kept as select 7 as answer");
  child.kill("SIGKILL");
  await until("the child is gone", () => child.exitCode !== null || child.signalCode !== null);
  expect(runs(pid)).toBe(true);
  const reused = await start(folder);
  expect(postmaster(reused)).toBe(pid);
  expect(await ask(reused, "select answer from kept")).toBe(7);
});

test("two processes that make the same server at once both have it", async () => {
  const folder = makeFolder();
  const answers = await Promise.allSettled([startElsewhere(folder), startElsewhere(folder)]);
  expect(answers.map((answer) => (answer.status === "rejected" ? String(answer.reason) : "ready"))).toEqual([
    "ready",
    "ready",
  ]);
  const server = await start(folder);
  expect(await ask(server, "select 1 as answer")).toBe(1);
});

test.each([
  ["the number of an unrelated process that lives", () => String(process.pid)],
  ["the number of a process that is gone", () => "4194303"],
  ["no number at all", () => "garbage"],
  ["nothing", () => ""],
])("a postmaster.pid left by a crash, with %s, does not stand in the way", async (_name, content) => {
  const folder = makeFolder();
  const server = await start(folder);
  await ask(server, "create table kept as select 8 as answer");
  const pid = postmaster(server);
  const lines = readFileSync(join(server.folder, "cluster", "postmaster.pid"), "utf8").split("\n");
  leaveBehind(server, content() === "" ? "" : [content(), ...lines.slice(1)].join("\n"));
  await until("the server is gone", () => !runs(pid));
  const recovered = await start(folder);
  expect(postmaster(recovered)).not.toBe(pid);
  expect(await ask(recovered, "select answer from kept")).toBe(8);
});

test("several that bring a killed server back at once have it soon, whatever its postmaster.pid said", async () => {
  const folder = makeFolder();
  let server = await start(folder);
  for (let time = 0; time < 2; time++) {
    const pid = postmaster(server);
    leaveBehind(server, "garbage");
    await until("the server is gone", () => !runs(pid));
    const began = performance.now();
    const all = await Promise.all([start(folder), start(folder), start(folder)]);
    expect(performance.now() - began, "milliseconds").toBeLessThan(30_000);
    expect(new Set(all.map(postmaster)).size).toBe(1);
    server = all[0];
  }
});

test("two data folders run at once, and neither knows the other", async () => {
  const [one, other] = [await start(makeFolder()), await start(makeFolder())];
  expect(postmaster(one)).not.toBe(postmaster(other));
  await ask(one, "create table here as select 1 as answer");
  expect(await ask(other, "select to_regclass('here')::text as answer")).toBeNull();
  await one.leave();
  expect(await ask(other, "select 1 as answer")).toBe(1);
});

test("a data folder deeper than a socket's address may be long works", async () => {
  const folder = makeFolder("a".repeat(60), "b".repeat(60), "with a space");
  const server = await start(folder);
  expect(Buffer.byteLength(server.folder)).toBeGreaterThan(107);
  expect(await ask(server, "select 1 as answer")).toBe(1);
});

const isRoot = process.getuid?.() === 0;
if (!isRoot)
  console.warn("SKIPPED, because the tests do not run as root: the data folder that only root may enter.");

test.runIf(isRoot)(
  "as root, a folder that only root may enter has its data elsewhere, and the start says where",
  async () => {
    const closed = makeFolder("closed");
    chmodSync(closed, 0o700);
    const data = join(closed, "data");
    const server = await start(data);
    try {
      expect(server.folder.startsWith(`${ROOT_STATE_FOLDER}/`)).toBe(true);
      expect(server.note).toContain(server.folder);
      expect(server.note).toContain(data);
      expect(await ask(server, "select 1 as answer")).toBe(1);
      const again = await start(data);
      expect(again.folder).toBe(server.folder);
      const open = await start(makeFolder());
      expect(open.note).toBeNull();
    } finally {
      await server.leave();
      rmSync(server.folder, { recursive: true, force: true });
    }
  },
);

test("a process that joins and leaves does not stop the server under another that only happens to be idle", async () => {
  const idle = await start(makeFolder());
  const visitor = await start(join(idle.folder, ".."));
  expect(postmaster(visitor)).toBe(postmaster(idle));
  await visitor.leave();
  expect(await ask(idle, "select 1 as answer")).toBe(1);
});

test("a server that is killed under a running hub comes back by itself, with what was committed, as often as it takes", async () => {
  const server = await start(makeFolder());
  await ask(server, "create table kept (number int)");
  for (let kill = 1; kill <= 3; kill += 1) {
    await ask(server, `insert into kept values (${kill})`);
    const before = postmaster(server);
    process.kill(before, "SIGKILL");
    await expect
      .poll(() => ask(server, "select count(*)::int as answer from kept").catch(() => null), {
        timeout: 20_000,
      })
      .toBe(kill);
    expect(postmaster(server)).not.toBe(before);
  }
  // Whoever leaves on purpose is not brought back.
  const last = postmaster(server);
  await started.pop()?.leave();
  await expect.poll(() => runs(last), { timeout: 5000 }).toBe(false);
}, 60_000);
