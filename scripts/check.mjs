// Everything that must hold before a change is taken: `npm test`, `npm run check`. The last line counts the tests.
// With --database-tests only the tests that open a hub, for a second run on another server (see .ci/run).
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, relative } from "node:path";
import { projectFolder, sourceStamp } from "./source-stamp.mjs";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `Trellis runs on Node 22.18 or newer; this is ${process.versions.node}.\nIts own Node 24 comes with the package "node", whose install script did not run. Run it:\n  npm rebuild node\nthen try again. If your npm has scripts switched off: npm ci --ignore-scripts=false`,
  );
  process.exit(1);
}

const program = (path) => join(projectFolder, "node_modules", path);
const environment = { ...process.env, PATH: `${program(".bin")}${delimiter}${process.env.PATH ?? ""}` };
const isBuilt = () => {
  const stamp = join(projectFolder, "dist/stamp");
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourceStamp();
};

const steps = [
  { name: "format", task: () => run(program("@biomejs/biome/bin/biome"), "check", ".") },
  { name: "lint", task: () => run(program("oxlint/bin/oxlint"), "--type-aware", "--deny-warnings") },
  { name: "types", task: () => run(program("typescript/bin/tsc"), "-p", ".") },
  { name: "types of client", task: () => run(program("typescript/bin/tsc"), "-p", "client") },
  { name: "build", task: () => isBuilt() || run(join(projectFolder, "scripts/build.mjs")) },
];

/** Runs one of the project's programs under this Node. @returns whether it succeeded. */
function run(script, ...options) {
  const { status, signal } = spawnSync(process.execPath, [script, ...options], {
    cwd: projectFolder,
    env: environment,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (signal) console.error(`${relative(projectFolder, script)} was ended by ${signal}`);
  return status === 0;
}

/** Runs the tests once. @returns vitest's counts, and what was skipped by name. */
function runTests(files) {
  const folder = mkdtempSync(join(tmpdir(), "trellis-check-"));
  const report = join(folder, "report.json");
  try {
    const succeeded = run(
      program("vitest/vitest.mjs"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...files,
    );
    const tests = existsSync(report)
      ? countTests(JSON.parse(readFileSync(report, "utf8")))
      : { passed: 0, failed: 0, skipped: [] };
    // An error outside any test, or a run that broke off, is a failure too.
    if (!succeeded && tests.failed === 0) tests.failed = 1;
    return tests;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function countTests(report) {
  const tests = { passed: 0, failed: 0, skipped: [] };
  for (const file of report.testResults) {
    const failedHere = file.assertionResults.filter((test) => test.status === "failed").length;
    tests.passed += file.assertionResults.filter((test) => test.status === "passed").length;
    tests.failed += failedHere === 0 && file.status === "failed" ? 1 : failedHere;
    for (const test of file.assertionResults) {
      if (test.status !== "passed" && test.status !== "failed")
        tests.skipped.push(`${relative(projectFolder, file.name)}: ${test.fullName}`);
    }
  }
  return tests;
}

function databaseTests() {
  const files = globSync(["src/**/*.test.{ts,tsx}", "tests/*.test.{ts,tsx}"], { cwd: projectFolder });
  return files.filter((file) => readFileSync(join(projectFolder, file), "utf8").includes("createTestHub"));
}

/** One step with its name and seconds. */
function step(name, task) {
  console.log(`\n== ${name}`);
  const started = performance.now();
  const result = task();
  console.log(
    `== ${name}: ${result ? "" : "FAILED, "}${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
  return result;
}

const onlyDatabase = process.argv.includes("--database-tests");
const failedSteps = onlyDatabase
  ? []
  : steps.filter(({ name, task }) => !step(name, task)).map(({ name }) => name);
const tests = { passed: 0, failed: 0, skipped: [] };
step("tests", () => Object.assign(tests, runTests(onlyDatabase ? databaseTests() : [])).failed === 0);

console.log("");
for (const name of tests.skipped) console.log(`SKIPPED  ${String(name)}`);
for (const name of failedSteps) console.log(`FAILED   the step "${name}"`);
const failed = tests.failed + failedSteps.length;
console.log(`${tests.passed} passed, ${failed} failed, ${tests.skipped.length} skipped`);
process.exitCode = failed > 0 ? 1 : 0;
