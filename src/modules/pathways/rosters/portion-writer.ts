import { canonicalColumns } from "../roster-reading/roster-format.rules.ts";
import type { Finding, RosterRow } from "../roster-reading/roster-reading.types.ts";
import { RosterTotals } from "../roster-reading/roster-totals.ts";
import type { RosterOutcome } from "./roster.types.ts";
import { stagedLine } from "./staging.store.ts";

/** A run of rows as lines for the staging table. */
export interface Portion {
  lines: string;
  loaded: number;
  leftOut: number;
  /** Academic years of the loaded rows so far. */
  academicYears: ReadonlySet<string>;
}

/** Where portions go, one after the other. */
export interface Stage {
  take(portion: Portion): Promise<void>;
  /** Forgets all portions taken so far. */
  forget(): Promise<void>;
}

/** A stage for reading without storing. */
export const noStage: Stage = { take: async () => undefined, forget: async () => undefined };

/** What the rows of a file name. */
export interface RosterContents {
  /** Of the loaded rows. */
  academicYears: Set<string>;
  /** Programs as compared, by academic year; also of rows that were left out. */
  programs: Map<string, Set<string>>;
  /** Counties ("" where none is known) by the site's name, of the loaded rows. */
  sites: Map<string, Set<string>>;
}

/** So many rows go to the stage at a time: few enough to hold two portions in memory, enough to make a statement worth it. */
const ROWS_IN_PORTION = 2_500;

const positionOf = (name: string): number => canonicalColumns.findIndex((column) => column.name === name);
const SITE = positionOf("site_name");
const COUNTY = positionOf("site_county_fips");

function addTo(sets: Map<string, Set<string>>, key: string, member: string): void {
  const set = sets.get(key);
  if (set) set.add(member);
  else sets.set(key, new Set([member]));
}

/** Counts rows and hands them to a stage in portions. While one portion is being stored, the next is filled. */
export class PortionWriter {
  readonly rows = { total: 0, loaded: 0, rejected: 0, warned: 0 };
  readonly findings: Finding[] = [];
  readonly contents: RosterContents = {
    academicYears: new Set(),
    programs: new Map(),
    sites: new Map(),
  };
  readonly #byCode: Record<string, number> = {};
  readonly #totals = new RosterTotals();
  readonly #stage: Stage;
  readonly #mostFindings: number;
  #lines = "";
  #loaded = 0;
  #leftOut = 0;
  #storing: Promise<void> = Promise.resolve();

  constructor(stage: Stage, mostFindings = Number.POSITIVE_INFINITY) {
    this.#stage = stage;
    this.#mostFindings = mostFindings;
  }

  async add(batch: readonly RosterRow[]): Promise<void> {
    for (const row of batch) {
      this.#count(row);
      this.#lines += stagedLine(row);
      if (row.values) this.#loaded++;
      else this.#leftOut++;
    }
    if (this.#loaded + this.#leftOut >= ROWS_IN_PORTION) await this.#send();
  }

  /** Sends what is left and waits until all is stored. */
  async end(): Promise<void> {
    if (this.#lines !== "") await this.#send();
    await this.#storing;
  }

  /** What the rows add to the outcome. */
  outcome(): Pick<RosterOutcome, "rows" | "byCode" | "totals"> {
    return { rows: this.rows, byCode: this.#byCode, totals: this.#totals.result() };
  }

  #count(row: RosterRow): void {
    this.rows.total += 1;
    this.rows[row.status] += 1;
    if (row.warned) this.rows.warned += 1;
    for (const finding of row.findings) {
      this.#byCode[finding.code] = (this.#byCode[finding.code] ?? 0) + 1;
      if (this.findings.length < this.#mostFindings) this.findings.push(finding);
    }
    this.#totals.add(row);
    // Maps of sets: the texts come from the reader's memory, and a joined key would have to be made and hashed per row.
    const { academicYear, programKey, values } = row;
    const { academicYears, programs, sites } = this.contents;
    addTo(programs, academicYear, programKey);
    if (!values) return;
    academicYears.add(academicYear);
    const site = values[SITE];
    if (site) addTo(sites, site, values[COUNTY] ?? "");
  }

  async #send(): Promise<void> {
    const portion = {
      lines: this.#lines,
      loaded: this.#loaded,
      leftOut: this.#leftOut,
      academicYears: this.contents.academicYears,
    };
    this.#lines = "";
    this.#loaded = this.#leftOut = 0;
    await this.#storing;
    this.#storing = this.#stage.take(portion);
    // A failure is thrown where the portion is waited for; until then nobody listens.
    this.#storing.catch(() => undefined);
  }
}
