import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * The text of a file that is written once and never again; made on the first call, readable by its owner only. Whole or
 * not there, and the same for processes that start at once.
 */
export function readWrittenOnce(path: string, make: () => string): string {
  const known = readIfThere(path);
  if (known !== null) return known;
  const half = `${path}.${process.pid}`;
  writeFileSync(half, make(), { mode: 0o600 });
  try {
    linkSync(half, path);
  } catch (error) {
    // Another process was first; its text holds.
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  } finally {
    rmSync(half, { force: true });
  }
  return readFileSync(path, "utf8").trim();
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8").trim();
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return null;
    throw error;
  }
}
