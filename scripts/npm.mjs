import { spawnSync } from "node:child_process";
import { projectFolder } from "./source-stamp.mjs";

/** Runs npm: the one that runs this script, else the one on the path. What it says on the side goes to the same place. */
export function runNpm(...options) {
  const { npm_execpath: own } = process.env;
  const [program, first] = own && /\.c?js$/.test(own) ? [process.execPath, [own]] : ["npm", []];
  return spawnSync(program, [...first, ...options], {
    cwd: projectFolder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
