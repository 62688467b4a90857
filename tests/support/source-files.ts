// The project's sources as the architecture test reads them: paths and imports, found by pattern, so that it is fast.
import { globSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { projectFolder } from "../../src/platform/config/project-folder.ts";

export interface SourceFile {
  /** From the project's folder: "src/app/loop.ts". */
  path: string;
  text: string;
  imports: { path: string; typeOnly: boolean }[];
}

const IMPORT = /^(?:import|export)\s+(type\s)?(?:[^"';]*?\sfrom\s+)?"(\.[^"]+)"|\bimport\("(\.[^"]+)"\)/gm;

function importsOf(path: string, text: string): SourceFile["imports"] {
  return [...text.matchAll(IMPORT)].map(([, type, fixed, dynamic]) => ({
    path: posix.normalize(posix.join(dirname(path), fixed ?? dynamic ?? "")),
    // Imported when it is called, not at load time.
    typeOnly: type !== undefined || dynamic !== undefined,
  }));
}

/** Every source below the folders, in a fixed order. */
export function readSources(...folders: string[]): SourceFile[] {
  const paths = globSync(
    folders.map((folder) => `${folder}/**/*.{ts,tsx}`),
    { cwd: projectFolder },
  );
  return paths.toSorted().map((path) => {
    const text = readFileSync(join(projectFolder, path), "utf8");
    return { path, text, imports: importsOf(path, text) };
  });
}

/** Tests beside the source, and what only they use. */
export const isTest = (path: string): boolean =>
  /\.(test|test-support)\.tsx?$|\/test-[a-z-]+\.ts$/.test(path);

/** The first circle of imports that are followed at load time, as a list of paths, or null. */
export function findCycle(files: readonly SourceFile[]): string[] | null {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const visit = (path: string, trail: string[]): string[] | null => {
    if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
    if (done.has(path)) return null;
    for (const next of byPath.get(path)?.imports ?? []) {
      const cycle = next.typeOnly ? null : visit(next.path, [...trail, path]);
      if (cycle) return cycle;
    }
    done.add(path);
    return null;
  };
  for (const file of files) {
    const cycle = visit(file.path, []);
    if (cycle) return cycle;
  }
  return null;
}

/** Lines that are neither blank nor comment. */
export function countLines(text: string): number {
  const withoutBlocks = text.replaceAll(/^\s*\/\*[\s\S]*?\*\//gm, "");
  return withoutBlocks.split("\n").filter((line) => line.trim() !== "" && !line.trim().startsWith("//"))
    .length;
}
