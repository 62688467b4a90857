import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../config/project-folder.ts";

/** Addresses of the built styles and behaviors, with hashes in their names. */
export interface Assets {
  css: string[];
  /** A behavior's address by its file name: "poll-progress". */
  script(name: string): string;
}

export const assetsFolder: string = join(projectFolder, "dist/client");

/** Reads the manifest that the client build wrote. */
export function readAssets(): Assets {
  const file = join(assetsFolder, "manifest.json");
  if (!existsSync(file)) throw new Error("The styles are not built yet: npm run build");
  const manifest = JSON.parse(readFileSync(file, "utf8")) as Record<string, { file: string }>;
  const find = (source: string): string => {
    const entry = manifest[source];
    if (!entry) throw new Error(`${source} is not part of the client build`);
    return `/${entry.file}`;
  };
  return { css: [find("client/styles/trellis.scss")], script: (name) => find(`client/${name}.ts`) };
}
