import { createHash } from "node:crypto";
import { readdirSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

export const projectFolder = dirname(dirname(fileURLToPath(import.meta.url)));

/** Changes when a source that the build reads is added, removed or edited. */
export function sourceStamp() {
  const hash = createHash("sha256");
  for (const place of [
    "src",
    "client",
    "bench",
    "vite.config.ts",
    "vite.server.config.ts",
    "package-lock.json",
  ])
    visit(join(projectFolder, place));
  return hash.digest("hex");

  function visit(path) {
    const stat = statSync(path);
    if (stat.isDirectory()) for (const name of readdirSync(path).toSorted()) visit(join(path, name));
    else hash.update(`${relative(projectFolder, path)} ${stat.size} ${Math.round(stat.mtimeMs)}\n`);
  }
}
