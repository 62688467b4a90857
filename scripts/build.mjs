// Builds dist/: the browser's styles and behaviors, and the server. Runs at `npm ci`, and again when a source is newer.
import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliCompress, createGzip } from "node:zlib";
import { projectFolder, sourceStamp } from "./source-stamp.mjs";

/** Vite's programs under the Node that runs this script. */
function vite(...options) {
  execFileSync(
    process.execPath,
    [join(projectFolder, "node_modules/vite/bin/vite.js"), "build", "--logLevel", "warn", ...options],
    { cwd: projectFolder, stdio: ["ignore", 2, 2] },
  );
}

const stamp = sourceStamp();
rmSync(join(projectFolder, "dist"), { recursive: true, force: true });
vite();
vite("--config", "vite.server.config.ts");
const assets = join(projectFolder, "dist/client/assets");
for (const name of readdirSync(assets)) {
  if (!/\.(css|js|svg|json)$/.test(name)) continue;
  for (const [ending, compress] of [
    [".gz", createGzip({ level: 9 })],
    [".br", createBrotliCompress()],
  ]) {
    await pipeline(
      createReadStream(join(assets, name)),
      compress,
      createWriteStream(join(assets, name + ending)),
    );
  }
}
writeFileSync(join(projectFolder, "dist/stamp"), stamp);
