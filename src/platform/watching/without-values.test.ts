import { expect, test } from "vitest";
import { withoutValues } from "./without-values.ts";

test.each([
  ["select a from t where b = $1 limit $2", "select a from t where b = $1 limit $2"],
  [
    "select  a\n from t where name = 'Ada O''Neil' and n > 41.5",
    "select a from t where name = '…' and n > …",
  ],
  [String.raw`select E'it\'s' || 'x', v2, "t1".c3`, `select '…' || '…', v2, "t1".c3`],
  ["select 'cut off in the mid", "select '…'"],
  ["select $tag$Ada$tag$, $1", "select '…', $1"],
  ["select $$Ada$$", "select '…'"],
])("%s", (query, expected) => {
  expect(withoutValues(query)).toBe(expected);
});
