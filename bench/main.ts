// Benchmarks: npm run --silent bench -- NAME [--rows N]. Each prints JSON lines with a ratio.
import { parseArgs } from "node:util";
import { benchImport } from "./import.bench.ts";
import { benchPage } from "./page.bench.ts";
import { benchReport } from "./report.bench.ts";

/** Every benchmark by name, with the rows it takes when none are given. */
const benches: Record<string, { rows: number; run(rows: number): Promise<object[]> }> = {
  import: { rows: 1_000_000, run: benchImport },
  page: { rows: 50, run: benchPage },
  report: { rows: 1_000_000, run: benchReport },
};

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { rows: { type: "string" } },
});
const bench = benches[positionals[0] ?? ""];
if (!bench) {
  process.stderr.write(
    `Usage: npm run --silent bench -- NAME [--rows N]\nNames: ${Object.keys(benches).join(", ")}\n`,
  );
  process.exit(64);
}
for (const line of await bench.run(Number(values.rows ?? bench.rows)))
  process.stdout.write(`${JSON.stringify(line)}\n`);
