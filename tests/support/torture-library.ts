// Practices whose every text is torture: first written with harmless words of the same length and breaks, then edited.
import { expect } from "vitest";
import { type Element, readElements, shapeOf } from "./read-page.ts";
import type { TestHub } from "./test-hub.ts";
import { harmless, inFields, kept } from "./torture-texts.ts";

type Form = Record<string, string[]>;

/** The fields that take free text: how long it may be, and whether it is of one line. `rows`: as many of each. */
const FIELDS: Readonly<Record<string, { most: number; form: "prose" | "line"; rows?: number }>> = {
  title: { most: 200, form: "line" },
  summary: { most: 500, form: "prose" },
  description: { most: 1500, form: "prose" },
  sponsor: { most: 300, form: "line" },
  "funding-note": { most: 1500, form: "prose" },
  "obligation-siteRule": { most: 1000, form: "prose" },
  "obligation-buyOut": { most: 1000, form: "prose" },
  costToRun: { most: 1500, form: "prose" },
  staffing: { most: 1500, form: "prose" },
  "amounts-label": { most: 200, form: "line", rows: 1 },
  "contacts-name": { most: 200, form: "line", rows: 2 },
  "contacts-role": { most: 200, form: "line", rows: 2 },
  "contacts-organization": { most: 200, form: "line", rows: 2 },
  "links-label": { most: 200, form: "line", rows: 1 },
  "sources-title": { most: 500, form: "line", rows: 2 },
  "sources-publisher": { most: 300, form: "line", rows: 2 },
  "sources-supports": { most: 1000, form: "line", rows: 2 },
};

/** States of which the library tells nothing at its beginning; a feed holds fifty entries. */
const STATES = ["AK", "DE", "HI", "ME", "VT"];

export interface TorturedPractice {
  slug: string;
  path: string;
  state: string;
  /** A word that only this one has, in a field that lists do not show. */
  word: string;
  calm: Form;
  wild: Form;
  /** What is kept of the wild texts: one of a field, or of a row's field. */
  text: (field: string, row?: number) => string;
}

/** The forms of as many practices as hold every text in every field that is long enough. */
function planPractices(texts: readonly string[]): Omit<TorturedPractice, "slug" | "path">[] {
  const lists = Object.entries(FIELDS).map(([name, { most, form, rows = 1 }], place) => ({
    name,
    form,
    rows,
    place,
    list: inFields(texts, most, form),
  }));
  const count = Math.max(...lists.map(({ list, rows }) => Math.ceil(list.length / rows)));
  return Array.from({ length: count }, (_, at) => {
    const state = STATES[at % STATES.length] ?? "";
    const word = `zebra${String(at).padStart(4, "0")}`;
    const wild: Form = {};
    const calm: Form = {};
    const told: Form = {};
    for (const { name, form, rows, place, list } of lists) {
      // Each field begins elsewhere, so that the same text does not stand in all of them.
      wild[name] = Array.from(
        { length: rows },
        (_each, row) => list[(at * rows + row + place * 7) % list.length] ?? "",
      );
      told[name] = wild[name].map((text) => kept(text, form));
      calm[name] = told[name].map(harmless);
    }
    const plain = {
      language: [at % 2 === 0 ? "en" : "es"],
      states: [state],
      categories: ["pipeline"],
      status: ["operating"],
      license: ["CC-BY-4.0"],
      "has-obligation": ["yes"],
      adaptation: [word],
      "amounts-low": ["5"],
      "amounts-high": ["5"],
      "amounts-per": ["person"],
      "links-url": ["https://example.org/"],
      "sources-year": ["2020", ""],
      "sources-url": ["https://example.org/source", ""],
      "sources-certainty": ["found", "found"],
      "contacts-email": ["", ""],
      "contacts-phone": ["", ""],
    };
    const text = (field: string, row = 0): string => told[field]?.[row] ?? "";
    return { state, word, calm: { ...calm, ...plain }, wild: { ...wild, ...plain }, text };
  });
}

/** Writes and publishes them, with harmless words. */
async function makePractices(
  hub: TestHub,
  librarian: string,
  plans: ReturnType<typeof planPractices>,
): Promise<TorturedPractice[]> {
  const made: TorturedPractice[] = [];
  for (const plan of plans) {
    const answer = await hub.post("/library/desk/new", { ...plan.calm, reason: "Calm" }, librarian);
    expect(answer.status).toBe(303);
    const path = answer.headers.get("location") ?? "";
    expect((await hub.post(`${path}/publish`, {}, librarian)).status).toBe(303);
    made.push({ ...plan, path, slug: path.split("/").at(-1) ?? "" });
  }
  return made;
}

const COMPARED = 4;
const ON_A_PAGE = 20;
/** Of so many practices the Spanish page is looked at as well. */
const IN_SPANISH = 20;

/** Where the practices are seen, by address. */
function placesOf(all: readonly TorturedPractice[]) {
  const states = [...new Set(all.map(({ state }) => state))];
  const ofState = (state: string) => all.filter((one) => one.state === state);
  const comparePaths = () =>
    Array.from({ length: Math.floor(all.length / COMPARED) }, (_, part) => {
      const practices = all.slice(part * COMPARED, (part + 1) * COMPARED);
      const chosen = practices.map(({ slug }) => `practice=${slug}`).join("&");
      return { path: `/library/compare?${chosen}`, practices };
    });
  /** In the order in which they were published, so that what is edited stays in its place. */
  const listPaths = () =>
    states.flatMap((state) =>
      Array.from(
        { length: Math.ceil(ofState(state).length / ON_A_PAGE) },
        (_, page) => `/library/states/${state}?sort=newest${page > 0 ? `&page=${page + 1}` : ""}`,
      ),
    );
  return { states, ofState, comparePaths, listPaths };
}

/** Writes the practices with harmless words, looks at their pages, then edits them into what they are tortured with. */
export async function openTortureLibrary(hub: TestHub, texts: readonly string[]) {
  const librarian = await hub.signIn("lena@demo.example");
  const all = await makePractices(hub, librarian, planPractices(texts));
  const places = placesOf(all);
  const read = async (path: string, cookie?: string): Promise<string> => {
    const answer = await hub.get(path, cookie);
    expect(answer.status, path).toBe(200);
    return answer.text();
  };
  const open = async (path: string, cookie?: string): Promise<Element[]> =>
    readElements(await read(path, cookie));
  const calmShapes = new Map<string, string[]>();
  for (const path of [
    ...all.map((one) => one.path),
    ...all.slice(0, IN_SPANISH).map((one) => `/es${one.path}`),
    ...places.listPaths(),
    ...places.comparePaths().map((one) => one.path),
  ])
    calmShapes.set(path, shapeOf(await open(path)));
  for (const { path, wild } of all) {
    const answer = await hub.post(`${path}/edit`, { ...wild, version: "1", reason: "Wild" }, librarian);
    expect(answer.status, path).toBe(303);
  }
  /** Reads a page that must be made of the same elements as with harmless words, and lead to pages only. */
  const openTortured = async (path: string): Promise<Element[]> => {
    const elements = await open(path);
    expect(shapeOf(elements), path).toEqual(calmShapes.get(path));
    for (const one of elements)
      for (const { name, value } of one.attrs)
        if (/^(href|src|action|formaction)$/.test(name)) expect(value).toMatch(/^(https?:|mailto:|[/?#])/);
    return elements;
  };
  return { librarian, all, ...places, inSpanish: IN_SPANISH, read, open, openTortured };
}
export type TortureLibrary = Awaited<ReturnType<typeof openTortureLibrary>>;
