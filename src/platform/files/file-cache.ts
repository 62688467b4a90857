import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isHash, pathBelow } from "./files.ts";

/** Files of a store elsewhere, kept on this machine for reading. Every one of them may be fetched again. */
export interface FileCache {
  folder: string;
  /** The path of a file that is here, which counts as used now; else null. */
  find(hash: string): Promise<string | null>;
  /** Takes a complete file in under its hash. @returns its new path. */
  keep(path: string, hash: string): Promise<string>;
  drop(hash: string): Promise<void>;
}

const HOUR = 3_600_000;
/** Somebody may be reading what was used in the last hour. */
const IN_USE_FOR = HOUR;
const LONGEST_UNUSED = 30 * 24 * HOUR;
const CLEANED_EVERY = 60_000;

/** At most `limit` bytes, unless more than that were used in the last hour. */
export function createFileCache(folder: string, limit: number): FileCache {
  let cleanedAt = 0;
  const clean = async (): Promise<void> => {
    const now = Date.now();
    if (now - cleanedAt < CLEANED_EVERY) return;
    cleanedAt = now;
    await cleanCache(folder, limit, now);
  };
  return {
    folder,
    find: async (hash) => {
      const path = pathBelow(folder, hash);
      if (!existsSync(path)) return null;
      const now = new Date();
      // Another process may be cleaning at this moment.
      return utimes(path, now, now).then(
        () => path,
        () => null,
      );
    },
    keep: async (from, hash) => {
      const path = pathBelow(folder, hash);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await rename(from, path);
      await clean().catch(() => undefined);
      return path;
    },
    drop: (hash) => rm(pathBelow(folder, hash), { force: true }),
  };
}

/** Removes what was not used for long, then the longest unused until the rest fits. */
export async function cleanCache(folder: string, limit: number, now: number): Promise<void> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const files: { path: string; usedAt: number; bytes: number; isWhole: boolean }[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const found = await stat(path).catch(() => null);
    if (!found?.isFile()) continue;
    const isWhole = isHash(name.split("/").at(-1) ?? "");
    files.push({ path, usedAt: found.mtimeMs, bytes: found.size, isWhole });
  }
  let total = files.reduce((sum, file) => sum + file.bytes, 0);
  for (const file of files.toSorted((a, b) => a.usedAt - b.usedAt)) {
    const unused = now - file.usedAt;
    // What a killed process left half written is of no use to anybody after a day.
    const isOld = unused > (file.isWhole ? LONGEST_UNUSED : 24 * HOUR);
    if (!isOld && (total <= limit || unused < IN_USE_FOR || !file.isWhole)) continue;
    await rm(file.path, { force: true });
    total -= file.bytes;
  }
}
