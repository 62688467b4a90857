import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync, linkSync, readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/**
 * After a crash the number in postmaster.pid may belong to another program by now, and the server would refuse to start.
 * The file is taken away under another name and read again there: meanwhile somebody else may have started the server, and
 * one that finds its file gone stops within the minute.
 */
export async function clearStalePidFile(cluster: string): Promise<void> {
  const file = join(cluster, "postmaster.pid");
  if (!existsSync(file) || namesServer(file)) return;
  const taken = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
  try {
    renameSync(file, taken);
    // A server that has just made it writes its number into it next.
    if (readFileSync(taken, "utf8") === "") await wait(200);
    if (namesServer(taken)) linkSync(taken, file);
  } catch (error) {
    // Somebody else was first, with taking it away or with starting.
    if (!["ENOENT", "EEXIST"].includes((error as { code?: string }).code ?? "")) throw error;
  } finally {
    rmSync(taken, { force: true });
  }
}

/** Whether the number in a postmaster.pid is that of a database server that runs. */
function namesServer(file: string): boolean {
  let pid = "";
  try {
    pid = readFileSync(file, "utf8").split("\n")[0]?.trim() ?? "";
  } catch {
    return false;
  }
  if (!/^\d+$/.test(pid)) return false;
  const command = spawnSync("ps", ["-o", "args=", "-p", pid], { encoding: "utf8" });
  const running = existsSync(`/proc/${pid}/cmdline`)
    ? readFileSync(`/proc/${pid}/cmdline`, "utf8")
    : (command.stdout ?? "");
  return running.includes("postgres");
}
