import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's root, the folder of package.json: found upward from this file, so that it holds for sources and for the build. */
export const projectFolder: string = findUpward(dirname(fileURLToPath(import.meta.url)));

function findUpward(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error("package.json was not found above the program");
  return findUpward(parent);
}
