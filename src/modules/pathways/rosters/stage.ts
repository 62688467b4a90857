import type pg from "pg";
import type { Trx } from "../../../platform/database/database.ts";
import type { Portion, RosterContents, Stage } from "./portion-writer.ts";
import type { Roster } from "./roster.types.ts";
import {
  type ChangeCounts,
  copyStaged,
  countMissing,
  forgetStaged,
  hasStored,
  listChanged,
  MOST_LISTED_CHANGES,
  matchStaged,
  mergeStaged,
} from "./staging.store.ts";

/** What happens to a portion once it is compared: its changes are listed for the page, or it is merged. */
export type StageWork = "list" | "merge";

/** Compares the rows of a roster with what is stored, portion by portion, in one transaction. */
export class RosterStage implements Stage {
  readonly #trx: Trx;
  readonly #client: pg.ClientBase;
  readonly #roster: Roster;
  readonly #work: StageWork;
  readonly #lockedYears: ReadonlySet<string>;
  readonly #meetsStored: boolean;
  #staged = 0;
  #matched = 0;
  #changed = 0;
  #listed = 0;

  private constructor(
    trx: Trx,
    client: pg.ClientBase,
    roster: Roster,
    work: StageWork,
    lockedYears: ReadonlySet<string>,
    meetsStored: boolean,
  ) {
    this.#trx = trx;
    this.#client = client;
    this.#roster = roster;
    this.#work = work;
    this.#lockedYears = lockedYears;
    this.#meetsStored = meetsStored;
  }

  /** Sets the stage up for a roster; needs createStaging. Rows of a locked year end all merging: the file will be refused. */
  static async open(
    trx: Trx,
    client: pg.ClientBase,
    roster: Roster,
    work: StageWork,
    lockedYears: ReadonlySet<string>,
  ): Promise<RosterStage> {
    return new RosterStage(trx, client, roster, work, lockedYears, await hasStored(trx, roster));
  }

  async take(portion: Portion): Promise<void> {
    if ([...this.#lockedYears].some((year) => portion.academicYears.has(year))) return;
    await copyStaged(this.#client, portion.lines, portion.leftOut);
    await this.compare(portion.loaded);
  }

  /** Compares what is staged now. @param staged how many rows that is. */
  async compare(staged: number): Promise<void> {
    const { matched, changed } = this.#meetsStored
      ? await matchStaged(this.#trx, this.#roster)
      : { matched: 0, changed: 0 };
    this.#staged += staged;
    this.#matched += matched;
    this.#changed += changed;
    if (this.#work === "merge")
      await mergeStaged(this.#trx, this.#roster, this.#roster.id, { matched, changed });
    else if (changed > 0 && this.#listed < MOST_LISTED_CHANGES)
      this.#listed += await listChanged(this.#trx, this.#roster, this.#roster.id, this.#listed);
  }

  async forget(): Promise<void> {
    await forgetStaged(this.#client);
    this.#staged = this.#matched = this.#changed = this.#listed = 0;
  }

  /** What the whole file changes, once all of it was taken. */
  async changes({ programs }: Pick<RosterContents, "programs">): Promise<ChangeCounts> {
    return {
      new: this.#staged - this.#matched,
      changed: this.#changed,
      unchanged: this.#matched - this.#changed,
      missing: this.#meetsStored ? await countMissing(this.#trx, this.#roster, this.#roster.id, programs) : 0,
    };
  }
}
