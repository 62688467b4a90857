// Text as the parts of a workbook store it (ECMA-376, ST_Xstring).

/** More than this no cell holds. */
const LONGEST_CELL_TEXT = 32_767;

/**
 * What XML cannot hold, or what readers and writers of XML change or leave out: control characters but tab and line feed,
 * the replacement character, and code points that are no characters.
 */
const UNSAFE = /(?![\t\n\u0085])[\p{Cc}\uFFFD]|\p{Noncharacter_Code_Point}/gu;

/** A character as _xHHHH_, which spreadsheet programs read as that character; one beyond the first plane has two parts. */
const written = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `_x${character.charCodeAt(at).toString(16).toUpperCase().padStart(4, "0")}_`,
  ).join("");

/**
 * A text so that it is read back as it is: characters that XML cannot hold are written as _xHHHH_, and what looks like that
 * is marked as text. What is too long for a cell ends in "…".
 */
export const workbookText = (text: string): string =>
  (text.length > LONGEST_CELL_TEXT ? `${text.slice(0, LONGEST_CELL_TEXT - 1)}…` : text)
    .toWellFormed()
    .replaceAll(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_")
    .replaceAll(UNSAFE, written);
