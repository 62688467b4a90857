import { execFileSync } from "node:child_process";
import { chownSync, existsSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ServerUser } from "./server-programs.ts";

/**
 * initdb into a folder beside, then one rename: a killed first start leaves nothing that looks like a database, and of
 * two processes that start at once one makes it.
 */
export function createCluster(bin: string, cluster: string, password: string, user: ServerUser | null): void {
  clearHalves(cluster);
  const half = `${cluster}.half-${process.pid}`;
  const passwordFile = `${half}.password`;
  rmSync(half, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (user) chownSync(passwordFile, user.uid, user.gid);
  try {
    const options = [
      "-D",
      half,
      "-U",
      "trellis_owner",
      `--pwfile=${passwordFile}`,
      "-A",
      "scram-sha-256",
      "-E",
      "UTF8",
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--data-checksums",
    ];
    runAs(user, join(bin, "initdb"), options, half);
    renameSync(half, cluster);
  } catch (error) {
    // Another process was first; its database holds.
    if (!existsSync(join(cluster, "PG_VERSION"))) throw error;
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(half, { recursive: true, force: true });
  }
}

/** Removes what killed first starts left. */
function clearHalves(cluster: string): void {
  for (const name of readdirSync(dirname(cluster))) {
    const pid = /^cluster\.half-(\d+)/.exec(name)?.[1];
    if (pid && !isRunning(Number(pid)))
      rmSync(join(dirname(cluster), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

/** What the server's programs see of the environment. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env["PATH"], LC_ALL: "C", TZ: "UTC" };
}

function runAs(user: ServerUser | null, program: string, options: string[], place: string): void {
  try {
    execFileSync(program, options, { cwd: "/", stdio: "pipe", env: serverEnvironment(), ...(user ?? {}) });
  } catch (error) {
    const { stderr } = error as { stderr?: Buffer };
    throw new Error(
      `The database in ${place} could not be made: ${stderr?.toString().trim() ?? String(error)}`,
      { cause: error },
    );
  }
}
