// Searching a static copy of the library in the browser, without a database: the same grammar, facets and order as the hub's,
// with simpler rules for words. Pure, and small: it is a part of what the browser loads.
import type { SearchTerm } from "../practices/search-terms.ts";

/** A practice as a copy's search knows it. The names are short: there is one of these for each practice. */
export interface SearchEntry {
  /** Its place in the address. */
  s: string;
  /** Title, summary, and the language that they are in. */
  t: string;
  m: string;
  l: string;
  /** What it is filed under: "state:NE". */
  f: string[];
  /** When it was published and last changed, in seconds. */
  p: number;
  c: number;
  /** Further words: of the sponsor and of what it is filed under, and of everything else. */
  k: string;
  d: string;
}

/** What the search page of a copy says, in the language of the page. */
export interface SearchPageData {
  labels: Record<string, Record<string, string>>;
  groups: { key: string; label: string }[];
  orders: { key: string; label: string }[];
  /** The look of a rating. */
  tones: Readonly<Record<string, string>>;
  /** Sentences with "{words}", "{place}", "{label}", "{typed}", "{meant}" and "{count}" in them. */
  words: Record<string, string>;
}

/** What a search asks for. */
export interface SearchView {
  terms: readonly SearchTerm[];
  chosen: Readonly<Record<string, readonly string[]>>;
  order: "relevance" | "title" | "newest" | "changed";
}

export interface SearchResult {
  entries: SearchEntry[];
  /** How many each choice leads to, by "group:code"; a group's own choices do not narrow it. */
  counts: Map<string, number>;
  /** No entry has all the words: these have some. */
  isAny: boolean;
  /** Words that the library does not know, with those that were searched for instead. */
  meant: Map<string, string[]>;
}

/** Small letters without accents. */
export const plain = (text: string): string => text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toLowerCase();

/** A text's words, each as it is compared. */
export const wordsOf = (text: string): string[] => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A word without the ending that only says how many or when. */
export function stemOf(word: string): string {
  if (word.length < 5) return word;
  const bare = word.replace(/(?:ings?|ed|es|s)$/, "");
  return bare.length >= 4 ? bare : word;
}

const WEIGHTS = { t: 8, m: 4, k: 4, d: 1 } as const;
type Field = keyof typeof WEIGHTS;
const FIELDS = Object.keys(WEIGHTS) as Field[];

type Words = Record<Field, string[]>;

/** How well an entry's words answer a piece of a search; 0: not at all. */
function weigh(words: Words, pieces: readonly string[]): number {
  let sum = 0;
  for (const piece of pieces) {
    const stem = stemOf(piece);
    const field = FIELDS.find((one) => words[one].some((word) => word.startsWith(stem)));
    if (!field) return 0;
    sum += WEIGHTS[field];
  }
  return sum;
}

/** How many letters apart two words are, swapped neighbors counted once; more than `most` is not counted out. */
export function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return most + 1;
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

const MOST_MEANT = 3;

/** The library's words that are nearest to one that it does not know. */
function nearest(word: string, known: ReadonlySet<string>): string[] {
  const most = word.length < 8 ? 1 : 2;
  return [...known]
    .map((one) => ({ one, apart: distance(word, one, most) }))
    .filter(({ apart }) => apart <= most)
    .toSorted((a, b) => a.apart - b.apart || (a.one < b.one ? -1 : 1))
    .slice(0, MOST_MEANT)
    .map(({ one }) => one);
}

const isFiled = (entry: SearchEntry, chosen: SearchView["chosen"], without?: string): boolean =>
  Object.entries(chosen).every(
    ([group, codes]) =>
      group === without || codes.length === 0 || codes.some((code) => entry.f.includes(`${group}:${code}`)),
  );

/** What a view of the list shows. */
export function searchEntries(entries: readonly SearchEntry[], view: SearchView): SearchResult {
  const words = new Map(
    view.terms.length === 0
      ? []
      : entries.map((entry): [SearchEntry, Words] => [
          entry,
          { t: wordsOf(entry.t), m: wordsOf(entry.m), k: wordsOf(entry.k), d: wordsOf(entry.d) },
        ]),
  );
  const known = new Set([...words.values()].flatMap((one) => FIELDS.flatMap((field) => one[field])));
  const meant = new Map<string, string[]>();
  const wanted = view.terms.filter(({ isWithout }) => !isWithout);
  /** Each wanted term, as the ways in which it may be fulfilled. */
  const ways = wanted.map((term) => {
    const pieces = wordsOf(term.text);
    const [only = ""] = pieces;
    const isUnknown =
      pieces.length === 1 &&
      !term.isPhrase &&
      /^\p{L}{4,40}$/u.test(only) &&
      ![...known].some((word) => word.startsWith(stemOf(only)));
    const others = isUnknown ? nearest(only, known) : [];
    if (others.length > 0) meant.set(term.text, others);
    return [pieces, ...others.map((other) => [other])];
  });
  const unwanted = view.terms.filter(({ isWithout }) => isWithout).map(({ text }) => wordsOf(text));
  const scoreOf = (entry: SearchEntry, isAny: boolean): number => {
    const own = words.get(entry);
    if (!own) return 1;
    if (unwanted.some((pieces) => weigh(own, pieces) > 0)) return 0;
    const scores = ways.map((way) => Math.max(...way.map((pieces) => weigh(own, pieces))));
    if (isAny ? scores.every((one) => one === 0) && scores.length > 0 : scores.includes(0)) return 0;
    return 1 + scores.reduce((sum, one) => sum + one, 0);
  };
  const select = (isAny: boolean) => {
    const scored = entries
      .map((entry) => ({ entry, score: scoreOf(entry, isAny) }))
      .filter(({ score }) => score > 0);
    return { scored, hits: scored.filter(({ entry }) => isFiled(entry, view.chosen)) };
  };
  let { scored, hits } = select(false);
  const isAny = hits.length === 0 && wanted.length > 1 && select(true).hits.length > 0;
  if (isAny) ({ scored, hits } = select(true));
  if (view.order === "relevance") hits = hits.toSorted((a, b) => b.score - a.score);
  if (view.order === "newest") hits = hits.toSorted((a, b) => b.entry.p - a.entry.p);
  if (view.order === "changed") hits = hits.toSorted((a, b) => b.entry.c - a.entry.c);
  return {
    entries: hits.map(({ entry }) => entry),
    counts: countChoices(
      scored.map(({ entry }) => entry),
      view.chosen,
    ),
    isAny,
    meant,
  };
}

function countChoices(entries: readonly SearchEntry[], chosen: SearchView["chosen"]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const isIn = isFiled(entry, chosen);
    for (const facet of entry.f) {
      const group = facet.slice(0, facet.indexOf(":"));
      const counted = (chosen[group] ?? []).length > 0 ? isFiled(entry, chosen, group) : isIn;
      if (counted) counts.set(facet, (counts.get(facet) ?? 0) + 1);
    }
  }
  return counts;
}

/** A text in pieces: every second one is a word that was searched for. */
export function markWords(text: string, sought: readonly string[]): string[] {
  const stems = sought.flatMap(wordsOf).map(stemOf);
  const pieces: string[] = [""];
  for (const part of text.split(/([\p{L}\p{N}\p{M}]+)/u)) {
    const isMatch = wordsOf(part).some((word) => stems.some((stem) => word.startsWith(stem)));
    if (isMatch) pieces.push(part, "");
    else pieces[pieces.length - 1] += part;
  }
  return pieces;
}
