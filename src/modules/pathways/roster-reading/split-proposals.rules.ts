// Columns that hold two, or that are spread over several (Q_SPLIT), roster format v1, section 4.
import { isBlank } from "./blank.rules.ts";
import { cleanText, foldHeader, withoutBrackets } from "./cell-text.rules.ts";
import { readCode } from "./code.rules.ts";
import { monthNamed } from "./date.rules.ts";
import { knownColumn } from "./header-match.rules.ts";
import type { HeaderColumn } from "./header-rows.rules.ts";
import { codeList, columnOf } from "./roster-format.rules.ts";
import type { Split } from "./roster-reading.types.ts";
import { twoParts } from "./split-cells.rules.ts";

const MOST = 0.8;
const MONTHS_OF_A_YEAR = 12;
const DATE_PARTS: ReadonlyMap<string, number> = new Map([
  ["day", 0],
  ["dd", 0],
  ["month", 1],
  ["mm", 1],
  ["year", 2],
  ["yyyy", 2],
  ["yy", 2],
]);

const headerText = (column: HeaderColumn): string =>
  typeof column.header === "string" ? column.header : column.header.join(" ");

/** The two columns that a header such as "Sex / age" names. */
function twoNamed(column: HeaderColumn): [string, string] | null {
  const text = typeof column.header === "string" ? column.header : (column.header.at(-1) ?? "");
  for (const separator of [/\s*[/|;,&+]\s*/, /\s+and\s+/i, /\s+[-–]\s+/]) {
    const parts = withoutBrackets(text).trim().split(separator);
    const [first, second] = parts.map(knownColumn);
    if (parts.length === 2 && first && second && first !== second) return [first, second];
  }
  return null;
}

/** Whether most values are a sex and an age, and in which order. */
function sexAndAge(sample: Iterable<string>): [string, string] | null {
  const values = [...sample].map(cleanText).filter((text) => !isBlank(text));
  const sex = codeList("sex");
  const count = { first: 0, second: 0 };
  for (const text of values) {
    const [one, two] = twoParts(text) ?? ["", ""];
    const isSex = (part: string): boolean => readCode(part, sex, new Map()).kind === "code";
    if (isSex(one) && /^\d{1,2}$/.test(two)) count.first++;
    else if (isSex(two) && /^\d{1,2}$/.test(one)) count.second++;
  }
  if (values.length === 0 || Math.max(count.first, count.second) < values.length * MOST) return null;
  return count.first >= count.second ? ["sex", "age"] : ["age", "sex"];
}

/** The split of one column into two, or null. `taken` are the columns that the file has elsewhere. */
export function proposeTwo(
  column: HeaderColumn,
  sample: Iterable<string>,
  taken: ReadonlySet<string>,
): Split | null {
  const to = twoNamed(column) ?? sexAndAge(sample);
  if (to === null || to.some((name) => taken.has(name) && name !== column.to)) return null;
  return { kind: "one-to-two", index: column.index - 1, to };
}

function columnFor(rest: string, type: "date" | "hours"): string | null {
  const tries =
    type === "date"
      ? [rest, `${rest} date`, `date ${rest}`]
      : [rest, `${rest} hours`, `hours ${rest}`, rest === "" || rest === "hours" ? "total hours" : rest];
  for (const text of tries) {
    const name = knownColumn(text);
    if (name !== null && columnOf(name).type === type) return name;
  }
  return null;
}

function spreadDates(columns: readonly HeaderColumn[]): Split[] {
  const groups = new Map<string, number[]>();
  for (const column of columns) {
    const words = foldHeader(headerText(column)).split(" ");
    const at = words.findIndex((word) => DATE_PARTS.has(word));
    if (at < 0) continue;
    const part = DATE_PARTS.get(words[at] ?? "") ?? 0;
    const rest = words.filter((_, position) => position !== at).join(" ");
    const group = groups.get(rest) ?? [];
    if (group[part] === undefined) group[part] = column.index - 1;
    groups.set(rest, group);
  }
  return [...groups].flatMap(([rest, indexes]): Split[] => {
    const to = columnFor(rest, "date");
    const complete = [0, 1, 2].every((part) => indexes[part] !== undefined);
    return to !== null && complete ? [{ kind: "day-month-year", indexes, to }] : [];
  });
}

function spreadMonths(columns: readonly HeaderColumn[]): Split[] {
  const groups = new Map<string, Map<number, number>>();
  for (const column of columns) {
    const words = foldHeader(headerText(column)).split(" ");
    const at = words.findIndex((word) => monthNamed(word) !== null);
    const month = monthNamed(words[at] ?? "");
    if (month === null) continue;
    // "Jul 2024 hours" and "Jul hours" are the same column of the same year.
    const rest = words.filter((word, position) => position !== at && !/^\d{2,4}$/.test(word)).join(" ");
    const group = groups.get(rest) ?? new Map<number, number>();
    if (!group.has(month)) group.set(month, column.index - 1);
    groups.set(rest, group);
  }
  return [...groups].flatMap(([rest, months]): Split[] => {
    const to = columnFor(rest, "hours");
    if (to === null || months.size !== MONTHS_OF_A_YEAR) return [];
    return [{ kind: "months", indexes: [...months.values()].toSorted((one, other) => one - other), to }];
  });
}

/** Canonical columns spread over several of these unmatched ones. */
export function proposeSpread(unmatched: readonly HeaderColumn[], taken: ReadonlySet<string>): Split[] {
  return [...spreadDates(unmatched), ...spreadMonths(unmatched)].filter(
    (split) => split.kind !== "one-to-two" && !taken.has(split.to),
  );
}
