import { expect, test } from "vitest";
import { readTerms } from "../practices/search-terms.ts";
import {
  distance,
  markWords,
  type SearchEntry,
  type SearchView,
  searchEntries,
  stemOf,
} from "./static-search.rules.ts";

const entry = (s: string, t: string, f: string[], more: Partial<SearchEntry> = {}): SearchEntry => ({
  s,
  t,
  m: "",
  l: "en",
  f,
  p: 0,
  c: 0,
  k: "",
  d: "",
  ...more,
});
const LIBRARY = [
  entry("aprendices", "Aprendices del corazón", ["state:NE", "stage:grade_8"], { l: "es", p: 3 }),
  entry("camp", "Heads Up Camp", ["state:MT", "stage:grade_8"], {
    m: "A camp for rural students",
    p: 1,
    c: 9,
  }),
  entry("club", "Club Scrub", ["state:WI", "stage:grade_8"], {
    d: "rural wisconsin students apprenticeship",
    p: 2,
  }),
  entry("law", "HB 2949", ["state:OR", "stage:graduate"], { m: "Scholarships for those who serve" }),
];
const look = (q: string, more: Partial<SearchView> = {}) =>
  searchEntries(LIBRARY, { terms: readTerms(q), chosen: {}, order: q ? "relevance" : "title", ...more });
const slugs = (q: string, more: Partial<SearchView> = {}) => look(q, more).entries.map(({ s }) => s);

test("all words must be there, in whatever form, and the best match comes first", () => {
  expect(slugs("rural students")).toEqual(["camp", "club"]);
  expect(slugs("apprenticeships")).toEqual(["club"]);
  expect(slugs("scholarship")).toEqual(["law"]);
  expect(slugs("CORAZON")).toEqual(["aprendices"]);
  expect(slugs("rural -wisconsin")).toEqual(["camp"]);
  expect(slugs("camp -")).toEqual(["camp"]);
});

test("where no entry has all the words, those that have some are shown, and it is said", () => {
  expect(look("rural zzzzqqq")).toMatchObject({ isAny: true });
  expect(slugs("rural zzzzqqq")).toEqual(["camp", "club"]);
  expect(look("zzzzqqq")).toMatchObject({ isAny: false, entries: [] });
});

test("a word that the library does not know is taken for its nearest, and it is said which", () => {
  expect(slugs("scholraship")).toEqual(["law"]);
  expect([...look("scholraship").meant]).toEqual([["scholraship", ["scholarships"]]]);
  expect(look("rural").meant.size).toBe(0);
});

test("choices of one group mean any of them, and each other choice says how many it leaves", () => {
  const { entries, counts } = look("", { chosen: { stage: ["grade_8"], state: ["MT", "WI"] } });
  expect(entries.map(({ s }) => s)).toEqual(["camp", "club"]);
  expect(counts.get("state:NE")).toBe(1);
  expect(counts.get("state:OR")).toBeUndefined();
  expect(counts.get("stage:grade_8")).toBe(2);
});

test("lists are in the order that is asked for", () => {
  expect(slugs("", { order: "newest" }).slice(0, 3)).toEqual(["aprendices", "club", "camp"]);
  expect(slugs("", { order: "changed" })[0]).toBe("camp");
  expect(slugs("", { order: "title" })).toEqual(LIBRARY.map(({ s }) => s));
});

test("what was searched for is marked where it stands, and nothing else", () => {
  expect(markWords("Rural camps, <b>rurality</b>", ["rural", "camp"])).toEqual([
    "",
    "Rural",
    " ",
    "camps",
    ", <b>",
    "rurality",
    "</b>",
  ]);
  expect(markWords("Corazón", ["corazon"])).toEqual(["", "Corazón", ""]);
  expect(markWords("nothing", [])).toEqual(["nothing"]);
});

test.each([
  ["scholarships", "scholarship", 1],
  ["teh", "the", 1],
  ["camp", "comp", 1],
  ["camp", "campus", 2],
  ["abcdef", "ghijkl", 3],
])("%s and %s are %i apart, as far as it is counted", (a, b, apart) => {
  expect(distance(a, b, 2)).toBe(apart);
});

test.each([
  ["apprenticeships", "apprenticeship"],
  ["trained", "train"],
  ["bus", "bus"],
  ["rural", "rural"],
])("%s is sought as %s", (word, stem) => {
  expect(stemOf(word)).toBe(stem);
});
