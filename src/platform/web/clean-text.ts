/** Text as the database can hold it: without NUL, without lone surrogates; everything else as typed. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}

/** Running text as somebody typed it: line ends as one character, no white space around it. */
export const typedProse = (text: string): string => text.trim().replaceAll(/\r\n?/g, "\n");

/** What was typed into a field of one line. A browser sends no line ends from there; where a program does, they are spaces. */
export const typedLine = (text: string): string => text.trim().replaceAll(/[\r\n]+/g, " ");
