/** Text as the database can hold it: without NUL, without lone surrogates; everything else as typed. */
export function cleanText(text: string): string {
  return text.replaceAll("\0", "").toWellFormed();
}
