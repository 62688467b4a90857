// What somebody types into the search: words, "phrases in quotes", and -words that must not be there.

/** Around a match. Neither is a character that the texts contain in which matches are marked (unmarked, search.store.ts). */
export const MATCH_START = "\uE000";
export const MATCH_END = "\uE001";

export interface SearchTerm {
  text: string;
  isPhrase: boolean;
  isWithout: boolean;
  /** It is the last one, and may still be in the writing. */
  begins: boolean;
  /** Other words that may have been meant. */
  meant: readonly string[];
}

const MOST_TERMS = 12;
/** What stands around words and is none: library.words_of leaves the same marks out. */
const MARKS = /["¡¿“”„‘’‚«»‹›…—–•·\uE000\uE001]/g;

/** Reads a search. What is too much is left out, from the end. */
export function readTerms(typed: string): SearchTerm[] {
  const found = [...typed.matchAll(/(-?)"([^"]*)"|(\S+)/g)].flatMap(
    ([, minus, phrase, word]): SearchTerm[] => {
      const isWithout = minus === "-" || (word?.startsWith("-") ?? false);
      const text = (phrase ?? word?.replace(/^-+/, "") ?? "").replaceAll(MARKS, " ").trim();
      return /[\p{L}\p{N}]/u.test(text)
        ? [{ text, isPhrase: phrase !== undefined, isWithout, begins: false, meant: [] }]
        : [];
    },
  );
  const terms = found.slice(0, MOST_TERMS);
  const last = terms.at(-1);
  return terms.map((term) => ({
    ...term,
    begins: term === last && !term.isPhrase && term.text.length >= 3 && !/\s$/.test(typed),
  }));
}

/** Single words of a search that could be mistyped. */
export const wordsToCheck = (terms: readonly SearchTerm[]): string[] =>
  terms
    .filter(({ text, isPhrase, isWithout }) => !isPhrase && !isWithout && /^\p{L}{4,40}$/u.test(text))
    .map(({ text }) => text);

/** The terms, with what may have been meant. A word that only begins here is not taken for a mistake where words begin so. */
export const withMeantWords = (
  terms: readonly SearchTerm[],
  meant: ReadonlyMap<string, readonly string[]>,
): SearchTerm[] => terms.map((term) => ({ ...term, meant: meant.get(term.text) ?? [] }));

/** A text with marks, as pieces: every second one is a match. */
export const splitMatches = (marked: string): string[] => marked.split(/\uE000([^\uE001]*)\uE001/);
