// Shortage designations from a file in HRSA's own layout.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import {
  getHubOrganization,
  importShortageDesignations,
  ShortageFileProblem,
} from "../src/modules/directory/index.ts";
import { system } from "../src/platform/database/actor.ts";
import { createTestHub } from "./support/test-hub.ts";

const FIVE_DIGITS = "State and County Federal Information Processing Standard Code";
const THREE_DIGITS = "County or County Equivalent Federal Information Processing Standard Code";
const FEW_COLUMNS = [
  "HPSA Name",
  "HPSA ID",
  "Designation Type",
  "HPSA Discipline Class",
  "HPSA Score",
  "HPSA Status",
  "HPSA Designation Date",
  "HPSA Designation Last Update Date",
  THREE_DIGITS,
  "HPSA Component Type Description",
  FIVE_DIGITS,
];
const official = new URL("../../shared/data/hpsa/HPSA_official_header_2026.txt", import.meta.url);
/** The header of 2026 where it is at hand, else its columns that are needed and the one beside them. */
const columns = existsSync(official)
  ? (readFileSync(official, "latin1").split(/\r?\n/)[0]?.split(",").filter(Boolean) ?? FEW_COLUMNS)
  : FEW_COLUMNS;

const folder = mkdtempSync(join(tmpdir(), "trellis-shortage-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;

type Row = Partial<Record<string, string>>;

function designation(id: string, county: string, more: Row = {}): Row {
  return {
    "HPSA ID": id,
    "HPSA Name": `Area ${id}`,
    "Designation Type": "Geographic HPSA",
    "HPSA Discipline Class": "Mental Health",
    "HPSA Score": "17",
    "HPSA Status": "Designated",
    "HPSA Designation Date": "08/31/2021",
    "HPSA Designation Last Update Date": "2023/02/01",
    "HPSA Component Type Description": "Single County",
    [THREE_DIGITS]: county.slice(2),
    [FIVE_DIGITS]: county,
    ...more,
  };
}

/** A file as HRSA writes it: Latin-1, a comma after the last value of every line. */
function writeFile(name: string, rows: Row[], header = columns): string {
  const quote = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = [header, ...rows.map((row) => header.map((column) => row[column] ?? ""))];
  const path = join(folder, name);
  writeFileSync(
    path,
    Buffer.from(lines.map((line) => `${line.map(quote).join(",")},\r\n`).join(""), "latin1"),
  );
  return path;
}

const load = (path: string) =>
  hub.services.performBulk(system, async (work, client) =>
    importShortageDesignations(work, client, path, (await getHubOrganization(work.trx)).id),
  );

async function stored(): Promise<
  {
    id: string;
    name: string;
    score: number | null;
    designated_on: string;
    updated_on: string;
    counties: string[];
  }[]
> {
  const { rows } = await ownerPool.query(
    `select d.id, d.name, d.score, d.designated_on, d.updated_on, array_agg(distinct c.county_fips::text order by c.county_fips::text) filter (where c.county_fips is not null) as counties
    from directory.shortage_designation d left join directory.shortage_county c on c.designation_id = d.id
    where d.discipline = 'Mental Health' group by d.id order by d.id`,
  );
  return rows;
}

const ROWS = [
  designation("7391", "39153"),
  designation("7391", "39103", { "HPSA Component Type Description": "Census Tract" }),
  designation("7391", "39103", { "HPSA Component Type Description": "Census Tract" }),
  designation("7402", "72127", { "HPSA Name": 'Clínica "Peña", San Juan', "HPSA Score": "" }),
  designation("7403", "39007", { "HPSA Status": "Withdrawn" }),
  designation("7404", "39009", { "HPSA Status": "Proposed For Withdrawal" }),
];

test("only what is designated is kept, with all counties of its components, whole", async () => {
  const counts = await load(writeFile("mental.csv", ROWS));
  expect(counts).toEqual({ designations: 2, counties: 3, leftOut: 2 });
  expect(await stored()).toEqual([
    {
      id: "7391",
      name: "Area 7391",
      score: 17,
      designated_on: "2021-08-31",
      updated_on: "2023-02-01",
      counties: ["39103", "39153"],
    },
    {
      id: "7402",
      name: 'Clínica "Peña", San Juan',
      score: null,
      designated_on: "2021-08-31",
      updated_on: "2023-02-01",
      counties: ["72127"],
    },
  ]);
});

test("a newer file replaces what the earlier one of the same discipline loaded, and leaves the others", async () => {
  const other =
    "select count(*) as count from directory.shortage_designation where discipline <> 'Mental Health'";
  const before = (await ownerPool.query<{ count: number }>(other)).rows[0]?.count;
  expect(before).toBeGreaterThan(0);
  await load(writeFile("newer.csv", [designation("7500", "39153")]));
  expect((await stored()).map(({ id }) => id)).toEqual(["7500"]);
  expect((await ownerPool.query<{ count: number }>(other)).rows[0]?.count).toBe(before);
});

test("it leaves one audit row with its counts, and the report's places follow it", async () => {
  const { rows } = await ownerPool.query<{ data: unknown }>(
    "select data from platform.audit where event = 'directory.shortage-designations-loaded' order by id desc limit 1",
  );
  expect(rows).toEqual([{ data: { designations: 1, counties: 1 } }]);
});

test("another file is refused with the columns that it lacks, and nothing is lost", async () => {
  const before = await stored();
  const lacking = columns.filter((column) => column !== "HPSA Status" && column !== FIVE_DIGITS);
  const error: unknown = await load(writeFile("lacking.csv", ROWS, lacking)).catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(ShortageFileProblem);
  expect(String(error)).toContain(`"HPSA Status", "${FIVE_DIGITS}"`);
  expect(String(error)).not.toContain('"HPSA ID"');
  expect(await stored()).toEqual(before);
});

test("an empty file and one with no designated row are refused or load nothing, and keep what is there", async () => {
  const before = await stored();
  const empty = join(folder, "empty.csv");
  writeFileSync(empty, "");
  await expect(load(empty)).rejects.toThrow();
  await load(writeFile("header-only.csv", []));
  expect(await stored()).toEqual(before);
});
