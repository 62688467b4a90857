import { spawn } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { chmodSync, chownSync, existsSync, mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { readWrittenOnce } from "../files/written-once.ts";
import { createCluster, serverEnvironment } from "./create-cluster.ts";
import {
  findPrograms,
  findServerUser,
  ROOT_STATE_FOLDER,
  type ServerUser,
  userReaches,
} from "./server-programs.ts";
import { clearStalePidFile } from "./stale-pid-file.ts";

/** The name every Trellis connection carries, so that the last one to leave can tell that it is the last. */
export const APPLICATION_NAME = "trellis";

/** Unix socket paths have an end (107 bytes on Linux, 103 on macOS), so a deep data folder gets its socket elsewhere. */
const LONGEST_SOCKET_FOLDER = 80;

export interface EmbeddedServer {
  /** For node-postgres: the server's owner, who may create databases and roles. */
  owner: pg.ClientConfig;
  /** Where the data lies. */
  folder: string;
  /** What the person should know of where the server runs, or null. */
  note: string | null;
  /** Stops the server unless another Trellis process still uses it. Call it after closing every connection. */
  leave(): Promise<void>;
}

/**
 * Makes sure that the embedded PostgreSQL of `dataFolder` runs: makes it on the first call, starts it when it is down
 * (also after a crash or a kill), and joins it when another Trellis process, or an orphan, already runs it.
 * @param tuning further server settings, such as `{ max_connections: "200" }`.
 */
export async function startEmbeddedServer(
  dataFolder: string,
  tuning: Record<string, string> = {},
): Promise<EmbeddedServer> {
  const user = findServerUser();
  const programs = findPrograms(user);
  const { folder, elsewhere } = chooseFolder(dataFolder, user);
  const cluster = join(folder, "cluster");
  const password = ownerPassword(dataFolder);
  if (!existsSync(join(cluster, "PG_VERSION"))) createCluster(programs.bin, cluster, password, user);
  const socket = socketFolder(folder, user);
  const owner: pg.ClientConfig = {
    host: socket,
    port: 5432,
    user: "trellis_owner",
    password,
    database: "postgres",
    application_name: APPLICATION_NAME,
  };
  const server = { bin: programs.bin, cluster, socket, user, owner, tuning };
  await ensureRunning(server);
  const presence = await stayPresent(server);
  return {
    owner,
    folder,
    note: elsewhere
      ? `The database lies in ${folder}, because the server's own user cannot enter ${dataFolder}.`
      : null,
    leave: async () => {
      await presence.end();
      await stopUnlessUsed(server);
    },
  };
}

/** How long to wait before the next try to bring a server back that does not start, in milliseconds. */
const REVIVE_AGAIN = 1000;

/**
 * One connection that stays open while the pools are idle, so that nobody else takes himself for the last one. When it
 * breaks, the server was killed or stopped under us: it is started again, and requests find it when it has recovered.
 */
async function stayPresent(server: Startable): Promise<{ end(): Promise<void> }> {
  const leaving = new AbortController();
  let reviving = Promise.resolve();
  let client = await connect();
  async function connect(): Promise<pg.Client> {
    const made = new pg.Client({ ...server.owner, keepAlive: true });
    made.on("error", () => undefined);
    await made.connect();
    made.once("end", () => {
      reviving = revive();
    });
    return made;
  }
  async function revive(): Promise<void> {
    while (!leaving.signal.aborted) {
      try {
        await ensureRunning(server);
        client = await connect();
        return;
      } catch {
        await wait(REVIVE_AGAIN);
      }
    }
  }
  return {
    end: async () => {
      leaving.abort();
      // A start that is under way would bring back what is stopped next.
      await reviving;
      await client.end().catch(() => undefined);
    },
  };
}

function chooseFolder(dataFolder: string, user: ServerUser | null): { folder: string; elsewhere: boolean } {
  const near = join(dataFolder, "postgresql");
  mkdirSync(dataFolder, { recursive: true });
  if (!user) {
    mkdirSync(near, { recursive: true, mode: 0o700 });
    return { folder: near, elsewhere: false };
  }
  mkdirSync(near, { recursive: true });
  chownSync(near, user.uid, user.gid);
  if (userReaches(near, user, "write")) return { folder: near, elsewhere: false };
  rmSync(near, { recursive: true, force: true });
  const name = createHash("sha256").update(dataFolder).digest("hex").slice(0, 12);
  const far = join(ROOT_STATE_FOLDER, `postgresql-${name}`);
  mkdirSync(ROOT_STATE_FOLDER, { recursive: true, mode: 0o755 });
  mkdirSync(far, { recursive: true });
  chownSync(far, user.uid, user.gid);
  if (!userReaches(far, user, "write"))
    throw new Error(
      `The database server's user cannot write to ${far}. Set DATABASE_URL, or run Trellis as an ordinary user.`,
    );
  return { folder: far, elsewhere: true };
}

function ownerPassword(dataFolder: string): string {
  return readWrittenOnce(join(dataFolder, "database-password"), () => randomBytes(24).toString("hex"));
}

function socketFolder(folder: string, user: ServerUser | null): string {
  const near = join(folder, "socket");
  const name = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  const chosen = Buffer.byteLength(near) <= LONGEST_SOCKET_FOLDER ? near : join(tmpdir(), `trellis-${name}`);
  mkdirSync(chosen, { recursive: true, mode: 0o700 });
  if (user) chownSync(chosen, user.uid, user.gid);
  chmodSync(chosen, 0o700);
  return chosen;
}

interface Running {
  bin: string;
  cluster: string;
  user: ServerUser | null;
  owner: pg.ClientConfig;
}

type Startable = Running & { socket: string; tuning: Record<string, string> };

/** Start, join or recover, whichever it takes; another process may be starting or stopping the same server meanwhile. */
async function ensureRunning(server: Startable): Promise<void> {
  const settings = {
    listen_addresses: "",
    unix_socket_directories: server.socket,
    port: "5432",
    fsync: "on",
    shared_buffers: "256MB",
    max_wal_size: "4GB",
    checkpoint_timeout: "15min",
    max_connections: "100",
    // For the page of slow queries. Of statements that are no queries it keeps nothing: their values stand in their text.
    shared_preload_libraries: "pg_stat_statements",
    "pg_stat_statements.track_utility": "off",
    log_min_messages: "fatal",
    log_error_verbosity: "terse",
    log_min_error_statement: "panic",
    ...server.tuning,
  };
  const log = join(server.cluster, "..", "server.log");
  const flags = Object.entries(settings)
    .map(([name, value]) => `-c ${name}='${value}'`)
    .join(" ");
  let problem = "";
  for (let attempt = 0; attempt < 40; attempt++) {
    const answer = await knock(server.owner);
    if (answer === "ready") return;
    if (answer === "absent") {
      await clearStalePidFile(server.cluster);
      const run = await runAs(server.user, join(server.bin, "pg_ctl"), [
        "start",
        "-w",
        "-t",
        "120",
        "-s",
        "-D",
        server.cluster,
        "-l",
        log,
        "-o",
        flags,
      ]);
      problem = run.problem;
      if (run.status === 0) continue;
    }
    await wait(250);
  }
  throw new Error(
    `The database server did not start (${problem || "it does not answer"}). Its log is ${log}.`,
  );
}

async function knock(owner: pg.ClientConfig): Promise<"ready" | "absent" | "busy"> {
  const client = new pg.Client({ ...owner, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
    return "ready";
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === "ENOENT" || code === "ECONNREFUSED") return "absent";
    // 57P03: starting up, shutting down or recovering.
    if (code === "57P03" || code === undefined || code === "ECONNRESET") return "busy";
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function stopUnlessUsed(server: Running): Promise<void> {
  const client = new pg.Client(server.owner);
  client.on("error", () => undefined);
  try {
    await client.connect();
    const others = await client.query(
      "select 1 from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid() limit 1",
      [APPLICATION_NAME],
    );
    if (others.rowCount) return;
  } catch {
    return; // It is already down, or going down.
  } finally {
    await client.end().catch(() => undefined);
  }
  await runAs(server.user, join(server.bin, "pg_ctl"), [
    "stop",
    "-w",
    "-s",
    "-m",
    "fast",
    "-D",
    server.cluster,
  ]);
}

/** Runs one of the server's programs to its end, without holding up what else the process does. */
function runAs(
  user: ServerUser | null,
  program: string,
  options: string[],
): Promise<{ status: number | null; problem: string }> {
  const child = spawn(program, options, {
    cwd: "/",
    stdio: ["ignore", "ignore", "pipe"],
    env: serverEnvironment(),
    ...(user ?? {}),
  });
  let problem = "";
  child.stderr.on("data", (part: Buffer) => {
    problem += part.toString();
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    // Not "close": the server that pg_ctl leaves behind keeps the stream open.
    child.once("exit", (status) => {
      child.stderr.destroy();
      resolve({ status, problem: problem.trim() });
    });
  });
}
