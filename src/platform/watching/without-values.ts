/**
 * A query's text with every value it may quote replaced. The server does that itself, but not always: under pressure it
 * keeps the text of a query as it came.
 */
export function withoutValues(query: string): string {
  return query
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[eE]?'(?:[^'\\]|''|\\.)*(?:'|$)/g, "'…'")
    .replaceAll(/\$([a-z_]*)\$.*?(?:\$\1\$|$)/gi, "'…'")
    .replaceAll(/(?<![\w$".])\d+(?:\.\d+)?(?!\w)/g, "…")
    .trim();
}
