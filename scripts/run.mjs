// Starts one of the built programs: `node scripts/run.mjs main` (the hub) or `cli` (the trellis command).
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder, sourceStamp } from "./source-stamp.mjs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Trellis runs on Node 22.18 or newer; this is ${process.versions.node}.\nIts own Node 24 comes with the package "node", whose install script did not run. Run it:\n  npm rebuild node\nthen try again. If your npm has scripts switched off: npm ci --ignore-scripts=false`,
  );
  process.exit(1);
}

const [program = "main", ...rest] = process.argv.slice(2);
const stampFile = join(projectFolder, "dist/stamp");
if (!existsSync(stampFile) || readFileSync(stampFile, "utf8") !== sourceStamp()) {
  process.stderr.write("Sources have changed: building …\n");
  execFileSync(process.execPath, [join(projectFolder, "scripts/build.mjs")], { stdio: ["ignore", 2, 2] });
}
// Errors name the place in the sources, not in the built file.
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0], program, ...rest];
await import(new URL(`../dist/server/${program}.js`, import.meta.url).href);
