// How fast the whole annual report is read, as the application with row-level security, against the same aggregates
// written by hand as plain SQL (bench/report-by-hand.sql) and run by the owner, whom no policy concerns.
import { deepStrictEqual } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openServices, type Services } from "../src/app/services.ts";
import { type ReportFigures, type ReportScope, readReportFigures } from "../src/modules/reports/index.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { system } from "../src/platform/database/actor.ts";
import { fill, readSql } from "./fill.ts";

type Row = Record<string, string | number | null>;
/** Rows of each query of report-by-hand.sql, by its name. */
type ByHand = Map<string, Row[]>;

const RUNS = 3;
const PORTFOLIO: ReportScope = { academicYear: null, organizationId: null };

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const round = (value: number): number => Number(value.toPrecision(4));

async function runByHand(services: Services): Promise<ByHand> {
  const queries = readSql("report-by-hand.sql")
    .split(/^-- (?=[a-z0-9_ ]+$)/m)
    .slice(1);
  const results: ByHand = new Map();
  const client = await services.database.ownerPool.connect();
  try {
    // The same memory as the report takes; neither is compiled just in time.
    await client.query("begin; set local work_mem = '128MB'; set local jit = off");
    for (const query of queries) {
      const end = query.indexOf("\n");
      const { rows } = await client.query<Row>(query.slice(end));
      results.set(query.slice(0, end), rows);
    }
    await client.query("rollback");
  } finally {
    client.release();
  }
  return results;
}

async function timed<T>(task: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = performance.now();
  const result = await task();
  return { seconds: (performance.now() - start) / 1000, result };
}

/** Rows of figures as they are compared: what they are of, then their numbers. */
function lines(rows: readonly Row[], keys: readonly string[], numbers: readonly string[]): string[] {
  return rows
    .map((row) =>
      [...keys.map((key) => row[key] ?? ""), ...numbers.map((name) => Number(row[name] ?? 0))].join("|"),
    )
    .toSorted();
}

/** Throws where the report and the queries by hand differ. */
function compare(figures: ReportFigures, byHand: ByHand): void {
  const hand = (name: string): Row[] => byHand.get(name) ?? [];
  const years = [["", figures.all] as const, ...Object.entries(figures.byYear)];
  const same = (name: string, made: string[], keys: readonly string[], numbers: readonly string[]): void =>
    deepStrictEqual(made.toSorted(), lines(hand(name), keys, numbers), name);
  const count = (key: string, { rows, trainees }: { rows: number; trainees: number }): string[] =>
    rows === 0 ? [] : [`${key}|${rows}|${trainees}`];
  const counts = ["rows", "trainees"];
  same(
    "all",
    years.flatMap(([year, year_]) => count(year, year_)),
    ["year"],
    counts,
  );
  for (const dimension of Object.keys(figures.all.by) as (keyof typeof figures.all.by)[])
    same(
      `by ${dimension}`,
      years.flatMap(([year, { by }]) =>
        Object.entries(by[dimension]).flatMap(([code, one]) => count(`${year}|${code}`, one)),
      ),
      ["year", "code"],
      counts,
    );
  for (const [name, kind] of [
    ["race any", "any"],
    ["race alone", "alone"],
    ["race in combination", "in_combination"],
  ] as const) {
    const given = years.flatMap(([year, { race }]) =>
      Object.entries(race.categories).flatMap(([code, one]) => count(`${year}|${code}`, one[kind])),
    );
    const missing =
      kind === "in_combination"
        ? []
        : years.flatMap(([year, { race }]) => count(`${year}|not_reported`, race.not_reported));
    same(name, [...given, ...missing], ["year", "code"], counts);
  }
  same(
    "race several",
    years.flatMap(([year, { race }]) => count(year, race.two_or_more)),
    ["year"],
    counts,
  );
  const races1997 = years.flatMap(([year, { race1997 }]) =>
    Object.entries(race1997.categories).flatMap(([code, { any, alone }]) =>
      any.rows === 0 ? [] : [`${year}|${code}|${any.trainees}|${alone.trainees}`],
    ),
  );
  same("race 1997", races1997, ["year", "code"], ["any_trainees", "alone_trainees"]);
  const awards = Object.keys(figures.all.awards) as (keyof typeof figures.all.awards)[];
  const hours = Object.keys(figures.all.hours) as (keyof typeof figures.all.hours)[];
  const sums = years.map(([year, one]) =>
    [year, ...awards.map((name) => one.awards[name].usd), ...hours.map((name) => one.hours[name])].join("|"),
  );
  same(
    "sums",
    sums,
    ["year"],
    [...awards.map((name) => `award_${name}`), ...hours.map((name) => `hours_${name}`)],
  );
  same(
    "paid",
    years.map(([year, one]) => [year, ...awards.map((name) => one.awards[name].trainees)].join("|")),
    ["year"],
    awards,
  );
  const employment = years.map(([year, { employmentAtCompletion: first, employmentOneYearLater: later }]) =>
    [year, first.completed, first.known, first.employed, later.known, later.employed].join("|"),
  );
  same("employment", employment, ["year"], ["completed", "known", "employed", "known_1y", "employed_1y"]);
  const crossed = years.flatMap(([year, one]) =>
    Object.entries(one.outcomesByProgramType).flatMap(([type, outcomes]) =>
      Object.entries(outcomes).map(([outcome, n]) => [year, type, outcome, n].join("|")),
    ),
  );
  same("outcomes by program type", crossed, ["year", "program_type", "outcome"], ["rows"]);
  same(
    "reasons for leaving",
    years.flatMap(([year, one]) =>
      Object.entries(one.leftReasons).map(([code, n]) => [year, code, n].join("|")),
    ),
    ["year", "code"],
    ["rows"],
  );
  same(
    "counties",
    [
      ...figures.counties.flatMap((county) => count(county.fips, county)),
      ...count("", figures.countyNotKnown),
    ],
    ["code"],
    counts,
  );
  const sites = figures.sites.flatMap((site) =>
    count([site.organizationId, site.name.toLowerCase(), site.countyFips ?? ""].join("|"), site),
  );
  same("sites", sites, ["organization_id", "site_key", "site_county_fips"], counts);
  const exp2 = figures.exp2.map((row) =>
    [
      row.academicYear,
      row.organizationId,
      row.programName.toLowerCase(),
      row.siteName?.toLowerCase() ?? "",
      row.profession,
      row.principal,
    ].join("|"),
  );
  same("exp2", exp2, ["year", "organization_id", "program_key", "site_key", "profession"], ["trainees"]);
  same(
    "credentials",
    figures.credentials.flatMap((one) => count(one.credential, one)),
    ["credential"],
    counts,
  );
}

/** One line: the report over all years of a portfolio of `rows` enrollments, its seconds over those by hand. */
export async function benchReport(rows: number): Promise<object[]> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
  const services = await openServices(readConfig({ TRELLIS_DATA: folder, LOG_LEVEL: "silent" }));
  try {
    await fill(services, rows);
    const product: number[] = [];
    const byHand: number[] = [];
    for (let run = 0; run < RUNS; run++) {
      // In turn, so that a busy machine slows both.
      const report = await timed(() =>
        services.perform(system, (work) => readReportFigures(work.trx, PORTFOLIO)),
      );
      const written = await timed(() => runByHand(services));
      if (run === 0) compare(report.result, written.result);
      product.push(report.seconds);
      byHand.push(written.seconds);
    }
    const [seconds, byHandSeconds] = [median(product), median(byHand)];
    return [
      {
        bench: "report",
        name: "portfolio-vs-by-hand",
        rows,
        seconds: round(seconds),
        byHandSeconds: round(byHandSeconds),
        ratio: round(seconds / byHandSeconds),
        runs: RUNS,
        equal: true,
      },
    ];
  } finally {
    await services.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
