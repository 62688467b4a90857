// Benchmarks: npm run --silent bench -- NAME [--rows N] [--times N] [--seconds N] [--people N] [--data FOLDER]. Each prints JSON lines.
import { parseArgs } from "node:util";
import { benchImport } from "./import.bench.ts";
import { benchKill } from "./kill.bench.ts";
import { benchPage } from "./page.bench.ts";
import { benchReport } from "./report.bench.ts";
import { benchSearch } from "./search.bench.ts";
import { benchSoak } from "./soak.bench.ts";

interface Sizes {
  rows: number;
  times: number;
  seconds: number;
  people: number;
  data: string | undefined;
}

/** Every benchmark by name, with the sizes it takes when none are given. */
const benches: Record<string, { sizes: Partial<Sizes>; run(sizes: Sizes): Promise<object[]> }> = {
  import: { sizes: { rows: 1_000_000 }, run: ({ rows }) => benchImport(rows) },
  kill: { sizes: { times: 200 }, run: ({ times }) => benchKill(times) },
  page: { sizes: {}, run: () => benchPage() },
  report: { sizes: { rows: 1_000_000 }, run: ({ rows }) => benchReport(rows) },
  search: { sizes: { rows: 100_000 }, run: ({ rows }) => benchSearch(rows) },
  soak: {
    sizes: { rows: 1_000_000, seconds: 60, people: 50 },
    run: benchSoak,
  },
};

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: {
    rows: { type: "string" },
    times: { type: "string" },
    seconds: { type: "string" },
    people: { type: "string" },
    data: { type: "string" },
  },
});
const bench = benches[positionals[0] ?? ""];
if (!bench) {
  const lines = Object.entries(benches).map(([name, { sizes }]) =>
    [name, ...Object.entries(sizes).map(([size, value]) => `[--${size} ${value}]`)].join(" "),
  );
  process.stderr.write(`Usage: npm run --silent bench -- NAME\n${lines.join("\n")}\n`);
  process.exit(64);
}
const given = (size: Exclude<keyof Sizes, "data">): number => Number(values[size] ?? bench.sizes[size] ?? 0);
const sizes: Sizes = {
  rows: given("rows"),
  times: given("times"),
  seconds: given("seconds"),
  people: given("people"),
  data: values.data,
};
for (const line of await bench.run(sizes)) process.stdout.write(`${JSON.stringify(line)}\n`);
