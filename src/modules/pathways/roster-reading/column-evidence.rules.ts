// What pass 1 learns about a column from all its data rows, roster format v1, sections 4 and 5.
import type { Cell } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { isBlank } from "./blank.rules.ts";
import { cleanText, foldCode, holdsSocialSecurityNumber, isErrorText } from "./cell-text.rules.ts";
import { readCode } from "./code.rules.ts";
import { isSingleYear, orderEvidence } from "./date.rules.ts";
import { commaEvidence, readPercent } from "./number.rules.ts";
import { type ColumnDefinition, codeList } from "./roster-format.rules.ts";
import { twoParts } from "./split-cells.rules.ts";
import { TEXT_SLOTS, textSlot } from "./text-slot.rules.ts";

const SEEN_LIMIT = 20_000;
const UNKNOWN_LIMIT = 200;
const NO_ANSWERS: ReadonlyMap<string, string> = new Map();

/** Whether a column's rows must be looked at before it can be read. */
export function needsEvidence(column: ColumnDefinition): boolean {
  return ["date", "usd", "hours", "percent", "integer", "code", "ay"].includes(column.type);
}

export class ColumnEvidence {
  readonly column: ColumnDefinition;
  /** Dates readable as m/d only, as d/m only, or both ways. */
  monthFirst = false;
  dayFirst = false;
  bothWays = false;
  /** Commas in numbers, and whether all of them fit a rule. */
  commas = false;
  allThousands = true;
  allDecimal = true;
  percentNumbers = false;
  percentAboveOne = false;
  percentSigned = false;
  singleYear = false;
  blank = false;
  yesSpellings = new Set<string>();
  no = false;
  /** Spellings that may be answered: as compared, to as first written. */
  asked = new Map<string, string>();
  /** Other spellings outside the list; an SSN is never kept. */
  unknown = new Map<string, string>();
  /** Cells such as "F / 34", and all cells that are not blank, by distinct text. */
  inTwoParts = 0;
  distinct = 0;

  #seen = new Set<string>();
  #recent: (string | null)[] = Array.from({ length: TEXT_SLOTS }, () => null);
  readonly #look: (text: string, percentCell: boolean, typed: boolean) => void;

  constructor(column: ColumnDefinition) {
    this.column = column;
    this.#look = this.#lookFor(column);
  }

  see(cell: Cell): void {
    if (typeof cell !== "string") {
      if (cell.kind !== "error" && cell.kind !== "date") {
        this.#lookOnce(cell.text, cell.kind === "number" && cell.percent, true);
      }
      return;
    }
    const { type } = this.column;
    // Numbers hardly repeat, and without a comma they prove nothing.
    if ((type === "usd" || type === "hours") && !cell.includes(",")) return;
    // An ISO date proves nothing either.
    if (type === "date" && cell.length === 10 && cell.charCodeAt(4) === 45) return;
    this.#lookOnce(cell, false, false);
  }

  #lookOnce(raw: string, percentCell: boolean, typed: boolean): void {
    const place = percentCell ? `%${raw}` : raw;
    const slot = textSlot(place);
    if (this.#recent[slot] === place) return;
    this.#recent[slot] = place;
    if (this.#seen.has(place)) return;
    if (this.#seen.size < SEEN_LIMIT) this.#seen.add(place);
    const text = cleanText(raw);
    if (isBlank(text)) {
      this.blank = true;
      if (this.column.list === null) return;
    } else this.distinct++;
    if (!isErrorText(text)) this.#look(text, percentCell, typed);
  }

  #lookFor(column: ColumnDefinition): (text: string, percentCell: boolean, typed: boolean) => void {
    switch (column.type) {
      case "date":
        return (text) => {
          const order = orderEvidence(text);
          if (order === "mdy") this.monthFirst = true;
          else if (order === "dmy") this.dayFirst = true;
          else if (order === "both") this.bothWays = true;
        };
      case "ay":
        return (text) => {
          if (isSingleYear(text)) this.singleYear = true;
        };
      case "usd":
      case "hours":
      case "integer":
      case "percent":
        return (text, percentCell, typed) => this.#lookAtNumber(text, percentCell, typed);
      default:
        return (text) => this.#lookAtCode(text);
    }
  }

  #lookAtNumber(text: string, percentCell: boolean, typed: boolean): void {
    const { type } = this.column;
    if (type === "integer" && twoParts(text) !== null) this.inTwoParts++;
    const kind = type === "usd" || type === "hours" || type === "percent" ? type : "integer";
    const commas = typed ? null : commaEvidence(text, kind);
    if (commas !== null) {
      this.commas = true;
      this.allThousands &&= commas.thousands;
      this.allDecimal &&= commas.decimal;
    }
    if (type !== "percent") return;
    const read = readPercent(text, "point") ?? readPercent(text, "comma");
    if (read === null) return;
    if (read.signed || percentCell) this.percentSigned = true;
    else if (read.percent > 1) this.percentAboveOne = true;
    else if (read.percent > 0) this.percentNumbers = true;
  }

  #lookAtCode(text: string): void {
    const list = codeList(this.column.list ?? "");
    const reading = readCode(text, list, NO_ANSWERS);
    if (reading.kind === "code") {
      if (reading.code === "yes") this.yesSpellings.add(foldCode(text));
      else if (reading.code === "no") this.no = true;
    } else if (reading.kind === "unknown") {
      const folded = foldCode(text);
      if (list.ask.has(folded)) {
        if (!this.asked.has(folded)) this.asked.set(folded, text);
        return;
      }
      if (twoParts(text) !== null && /\d/.test(text)) this.inTwoParts++;
      const keep = this.unknown.size < UNKNOWN_LIMIT && !holdsSocialSecurityNumber(text);
      if (keep && !this.unknown.has(folded)) this.unknown.set(folded, text);
    }
  }
}
