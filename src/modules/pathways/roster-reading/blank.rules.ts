import type { Cell } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import { cleanText } from "./cell-text.rules.ts";
import { blankSpellings } from "./roster-format.rules.ts";

const LONGEST = Math.max(...[...blankSpellings].map((spelling) => spelling.length));

/** Whether a cleaned text is nothing, or exactly one of the spellings of nothing; roster format v1, section 5. */
export function isBlank(text: string): boolean {
  return text === "" || (text.length <= LONGEST && blankSpellings.has(text.toLowerCase()));
}

/** The same of a cell as it stands in the file. A typed cell is never blank. */
export function isBlankCell(cell: Cell | undefined): boolean {
  if (cell === undefined || cell === "") return true;
  if (typeof cell !== "string") return cell.kind !== "error" && isBlank(cleanText(cell.text));
  const first = cell.charCodeAt(0);
  // Long texts that begin with a visible sign need no closer look.
  if (cell.length > LONGEST && first > 32 && first < 127) return false;
  return isBlank(cleanText(cell));
}
