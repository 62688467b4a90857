// How fast a roster goes from the first byte read to the commit answered, against a bare COPY of the same file.
import { execFileSync } from "node:child_process";
import { createReadStream, createWriteStream, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { pipeline } from "node:stream/promises";
import { openServices, type Services } from "../src/app/services.ts";
import { createOrganization } from "../src/modules/directory/index.ts";
import { importRoster } from "../src/modules/pathways/index.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";
import { system } from "../src/platform/database/actor.ts";
import { copyCsv } from "../src/platform/database/copy.ts";

const MEGABYTE = 1024 * 1024;

interface Measured {
  rows: number;
  seconds: number;
  copySeconds: number;
  peakHeapMb: number;
  loaded: number;
}

const CODE = "G01";

/** Writes the synthetic portfolio of `rows` rows, then all of it as one grantee's, so that every row is imported. @returns its path. */
async function writeRoster(folder: string, rows: number): Promise<string> {
  execFileSync(
    process.execPath,
    [
      join(projectFolder, "tests/fixtures/rosters/tools/make-large-roster.mjs"),
      "--rows",
      String(rows),
      "--seed",
      "1",
      "--out",
      folder,
    ],
    { stdio: "ignore" },
  );
  const file = readdirSync(folder).find((name) => name.endsWith(".csv"));
  if (!file) throw new Error("the roster was not written");
  const path = join(folder, "one-grantee.csv");
  const lines = createInterface({
    input: createReadStream(join(folder, file)),
    crlfDelay: Number.POSITIVE_INFINITY,
  });
  const rewrite = async function* (): AsyncGenerator<string> {
    for await (const line of lines) yield `${line.replace(/^G\d+,/, `${CODE},`)}\n`;
  };
  await pipeline(rewrite(), createWriteStream(path, { highWaterMark: MEGABYTE }));
  rmSync(join(folder, file));
  return path;
}

async function timeImport(
  services: Services,
  path: string,
  code: string,
): Promise<{ seconds: number; peakHeapMb: number; total: number; loaded: number }> {
  const organizationId = await services.perform(system, (work) =>
    createOrganization(work, {
      name: `Bench ${code}`,
      organizationType: "other",
      state: null,
      granteeCodes: [code],
    }),
  );
  globalThis.gc?.();
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().heapUsed);
  }, 20);
  const started = performance.now();
  const result = await services.performBulk(system, (work, client) =>
    importRoster(work, client, {
      path,
      fileName: "large.csv",
      fileHash: "0".repeat(64),
      fileSize: statSync(path).size,
      organizationId,
      granteeCode: code,
      given: { answers: [], archive: [] },
      maxWorkbookBytes: services.config.maxWorkbookBytes,
    }),
  );
  const seconds = (performance.now() - started) / 1000;
  clearInterval(sampler);
  const rows = result.outcome.rows;
  if (!rows || result.questions.length > 0 || result.outcome.refusal)
    throw new Error("the roster did not load");
  return { seconds, peakHeapMb: peak / MEGABYTE, total: rows.total, loaded: rows.loaded };
}

/** The same file into a table of text columns without key, index or check: the least that a database can do with it. */
async function timeCopy(services: Services, path: string): Promise<number> {
  const client = await services.database.ownerPool.connect();
  try {
    const [header = ""] = (await firstLine(path)).split(/\r?\n/);
    await client.query(
      `create table public.bare_copy (${header
        .split(",")
        .map((name) => `"${name.replaceAll('"', "")}" text`)
        .join(", ")})`,
    );
    const started = performance.now();
    await copyCsv(client, "public.bare_copy", createReadStream(path, { highWaterMark: MEGABYTE }));
    const seconds = (performance.now() - started) / 1000;
    await client.query("drop table public.bare_copy");
    return seconds;
  } finally {
    client.release();
  }
}

async function firstLine(path: string): Promise<string> {
  for await (const chunk of createReadStream(path, { encoding: "utf8", end: 8191 })) return String(chunk);
  return "";
}

async function measure(rows: number): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-bench-"));
  const services = await openServices(
    readConfig({ TRELLIS_DATA: join(folder, "data"), LOG_LEVEL: "silent" }),
  );
  try {
    const path = await writeRoster(folder, rows);
    const { seconds, peakHeapMb, total, loaded } = await timeImport(services, path, CODE);
    return { rows: total, seconds, copySeconds: await timeCopy(services, path), peakHeapMb, loaded };
  } finally {
    await services.close();
    // As root the database lies elsewhere.
    rmSync(services.database.place, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Prints one line for the import against COPY, and one for how the time per row grows from ten thousand rows. */
export async function benchImport(rows: number): Promise<object[]> {
  const small = await measure(10_000);
  const large = rows === 10_000 ? small : await measure(rows);
  const perRow = (one: Measured): number => one.seconds / one.rows;
  const round = (value: number): number => Number(value.toPrecision(4));
  return [
    {
      bench: "import",
      name: "commit-vs-copy",
      rows: large.rows,
      loaded: large.loaded,
      seconds: round(large.seconds),
      copySeconds: round(large.copySeconds),
      rowsPerSecond: Math.round(large.rows / large.seconds),
      ratio: round(large.copySeconds / large.seconds),
      peakHeapMb: Math.round(large.peakHeapMb),
    },
    {
      bench: "import",
      name: "growth",
      rows: large.rows,
      from: small.rows,
      microsecondsPerRow: round(perRow(large) * 1e6),
      microsecondsPerRowSmall: round(perRow(small) * 1e6),
      ratio: round(perRow(large) / perRow(small)),
    },
  ];
}
