import type pg from "pg";
import { copyLine } from "../../../platform/database/copy.ts";
import type { Work } from "../../../platform/events/work.ts";
import { openSpreadsheet } from "../../../platform/spreadsheets/open-spreadsheet.ts";
import type { Cell } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { shortageDesignationsLoaded } from "../events.ts";
import { replaceShortages, stageShortages } from "./shortage.store.ts";

/** The file is not in HRSA's layout; the message names what is missing. */
export class ShortageFileProblem extends Error {}

/** Columns of HRSA's BCD_HPSA_FCT_DET files that are kept (header of 2026). */
const NEEDED = {
  id: "HPSA ID",
  name: "HPSA Name",
  type: "Designation Type",
  discipline: "HPSA Discipline Class",
  score: "HPSA Score",
  status: "HPSA Status",
  designatedOn: "HPSA Designation Date",
  updatedOn: "HPSA Designation Last Update Date",
  component: "HPSA Component Type Description",
  // The five-digit code: "County … Standard Code" holds the last three digits only.
  county: "State and County Federal Information Processing Standard Code",
} as const;

export interface ShortageCounts {
  designations: number;
  counties: number;
  leftOut: number;
}

/**
 * Loads shortage designations from a file in HRSA's own layout: several component rows per designation, a trailing
 * comma, Latin-1. Rows of other statuses (Withdrawn, Proposed For Withdrawal, …) are left out.
 * @throws ShortageFileProblem when columns are missing.
 */
export async function importShortageDesignations(
  work: Work,
  client: pg.ClientBase,
  path: string,
  hubOrganizationId: string,
): Promise<ShortageCounts> {
  const spreadsheet = await openSpreadsheet(path);
  try {
    const counts: ShortageCounts = { designations: 0, counties: 0, leftOut: 0 };
    const sheet = spreadsheet.sheets[0];
    if (!sheet) throw new ShortageFileProblem("The file is empty.");
    await stageShortages(client, designatedLines(sheet.batches(), counts));
    Object.assign(counts, await replaceShortages(client));
    await work.record(shortageDesignationsLoaded, {
      organizationId: hubOrganizationId,
      subject: ["reference", "shortage"],
      data: { designations: counts.designations, counties: counts.counties },
    });
    return counts;
  } finally {
    await spreadsheet.close();
  }
}

async function* designatedLines(
  batches: AsyncIterable<{ cells: Cell[] }[]>,
  counts: ShortageCounts,
): AsyncGenerator<string> {
  let positions: Record<keyof typeof NEEDED, number> | null = null;
  for await (const batch of batches) {
    for (const { cells } of batch) {
      const texts = cells.map((cell) => (typeof cell === "string" ? cell : cell.text).trim());
      if (!positions) {
        positions = findColumns(texts);
        continue;
      }
      const at = (column: keyof typeof NEEDED): string => texts[positions?.[column] ?? -1] ?? "";
      if (at("id") === "") continue;
      if (at("status") !== "Designated") {
        counts.leftOut += 1;
        continue;
      }
      yield copyLine([
        at("id"),
        at("name"),
        at("discipline"),
        at("type"),
        /^\d+$/.test(at("score")) ? at("score") : null,
        isoDate(at("designatedOn")),
        isoDate(at("updatedOn")),
        at("component"),
        at("county"),
      ]);
    }
  }
}

function findColumns(header: readonly string[]): Record<keyof typeof NEEDED, number> {
  const positions = Object.fromEntries(
    Object.entries(NEEDED).map(([key, name]) => [key, header.indexOf(name)]),
  ) as Record<keyof typeof NEEDED, number>;
  const missing = Object.entries(NEEDED)
    .filter(([key]) => positions[key as keyof typeof NEEDED] < 0)
    .map(([, name]) => name);
  if (missing.length > 0)
    throw new ShortageFileProblem(
      `This is not HRSA's designation file: its first row lacks ${missing.map((name) => `"${name}"`).join(", ")}. Download BCD_HPSA_FCT_DET_MH from HRSA's data site as CSV.`,
    );
  return positions;
}

/** HRSA writes 08/31/2021 or 2021/08/31. */
function isoDate(text: string): string | null {
  const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4})/.exec(text);
  if (american) return `${american[3]}-${american[1]?.padStart(2, "0")}-${american[2]?.padStart(2, "0")}`;
  const iso = /^(\d{4})[/-](\d{2})[/-](\d{2})/.exec(text);
  return iso ? `${iso[1]}-${iso[2]}-${iso[3]}` : null;
}
