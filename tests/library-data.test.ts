// Practices as data for others: what was found out about them goes along, and nothing is cut off unsaid.
import { Client } from "pg";
import { beforeAll, expect, test, vi } from "vitest";
import { callApi } from "./support/api-client.ts";
import { openRatingDesk, type RatingDesk } from "./support/rating-desk.ts";
import { asObjects, readCsv, readWorkbook } from "./support/read-table.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true, config: { TRELLIS_MAX_PRACTICES_IN_FILE: "15" } });
const VIEW = "/library/practices?q=findings";
let desk: RatingDesk;
let told: string;
let quiet: string;

interface Told {
  slug: string;
  evidence: Record<string, unknown>[];
}
interface File {
  total: number;
  practices: Told[];
}

const jsonOf = async <Data>(path: string, cookie?: string): Promise<Data> =>
  (await (await hub.get(path, cookie)).json()) as Data;

beforeAll(async () => {
  desk = await openRatingDesk(hub);
  told = await desk.addPractice("Findings of all kinds");
  quiet = await desk.addPractice("Findings are missing");
  await desk.addEvidence(told, {
    kind: "local_result",
    direction: "against",
    outcome: "Staff who stay",
    participants: "7",
    sourceTitle: "Our own count",
    sourceYear: "2024",
    sourceUrl: "https://example.org/count",
    note: "Nobody stayed.",
  });
  await desk.addEvidence(told, { kind: "study", direction: "favors", participants: "8", sourceYear: "" });
  await desk.addEvidence(told, { outcome: "Read upside down", sourceYear: "2026" });
  const ways = await desk.textOf(told, desk.librarian.cookie);
  const archive = /href="([^"]*\/archive)"/.exec(ways)?.[1] ?? "";
  const because = { because: "It is about another program." };
  expect((await hub.post(archive, because, desk.librarian.cookie)).status).toBe(303);
});

const EVIDENCE = [
  {
    kind: "local_result",
    design: "randomized",
    setting: "Two clinics in Ohio",
    // Of one place's own people, few enough to be recognized.
    participants: "withheld",
    outcome: "Staff who stay",
    direction: "against",
    source: {
      title: "Our own count",
      publisher: "Journal of Tests",
      year: 2024,
      url: "https://example.org/count",
    },
    note: "Nobody stayed.",
  },
  {
    kind: "study",
    design: "randomized",
    setting: "Two clinics in Ohio",
    participants: 8,
    outcome: "Staff who stay two years",
    direction: "favors",
    source: { title: "A made-up trial", publisher: "Journal of Tests", year: null, url: "" },
    note: "",
  },
];

test("the data of a practice carries what was found, against it as for it, without what is no longer used", async () => {
  expect((await jsonOf<Told>(`${told}?format=json`)).evidence).toEqual(EVIDENCE);
  expect((await jsonOf<Told>(`${quiet}?format=json`)).evidence).toEqual([]);
  const { total, practices } = await jsonOf<File>(`${VIEW}&format=json`);
  expect(total).toBe(2);
  expect(new Map(practices.map(({ slug, evidence }) => [`/library/practices/${slug}`, evidence]))).toEqual(
    new Map([
      [told, EVIDENCE],
      [quiet, []],
    ]),
  );
});

test("a file is passed on: how few took part in one place stands in none, whoever of the hub asks for it", async () => {
  const page = await desk.textOf(told, desk.librarian.cookie);
  expect(page).toMatch(/took part<\/dt><dd>7</);
  expect((await jsonOf<Told>(`${told}?format=json`, desk.librarian.cookie)).evidence).toEqual(EVIDENCE);
});

test("the API gives it too", async () => {
  const { items } = (await (await callApi(hub, null, "/practices?q=findings")).json()) as { items: Told[] };
  expect(items.map(({ evidence }) => evidence).toSorted((one, other) => other.length - one.length)).toEqual([
    EVIDENCE,
    [],
  ]);
});

test("a table says in words what was found, in the language of the page", async () => {
  const inEnglish =
    "Did not work here: Staff who stay (Our own count, 2024); Found to work: Staff who stay two years (A made-up trial)";
  const inSpanish =
    "Aquí no funcionó: Staff who stay (Our own count, 2024); Se halló que funciona: Staff who stay two years (A made-up trial)";
  const csv = async (path: string) => asObjects(readCsv(await (await hub.get(path)).text()));
  const xlsx = asObjects(await readWorkbook(await (await hub.get(`${VIEW}&format=xlsx`)).arrayBuffer()));
  const read = (rows: Record<string, string>[]) =>
    rows
      .map(({ title, evidence_items, findings }) => [title, evidence_items, findings])
      .toSorted(([one = ""], [other = ""]) => other.localeCompare(one));
  for (const rows of [await csv(`${VIEW}&format=csv`), xlsx])
    expect(read(rows)).toEqual([
      ["Findings of all kinds", "2", inEnglish],
      ["Findings are missing", "0", ""],
    ]);
  expect(read(await csv(`/es${VIEW}&format=csv`))[0]).toEqual(["Findings of all kinds", "2", inSpanish]);
});

test("a file of many practices asks no more queries than one of a single one", async () => {
  const queries = async (path: string): Promise<number> => {
    const asked = vi.spyOn(Client.prototype, "query");
    try {
      expect((await hub.get(path)).status).toBe(200);
      expect(asked.mock.calls.length).toBeGreaterThan(0);
      return asked.mock.calls.length;
    } finally {
      asked.mockRestore();
    }
  };
  for (const format of ["json", "csv"]) {
    const all = `/library/practices?format=${format}`;
    await hub.get(all);
    expect(await queries(all)).toBeLessThanOrEqual(await queries(`${all}&q=quiet+missing`));
  }
});

test("a view of more than a table holds is refused with how many there are; JSON says it, and the API gives all of them", async () => {
  // The two of this file stand beside the thirteen that the library begins with.
  expect((await hub.get("/library/practices?format=csv")).status).toBe(200);
  expect(await desk.textOf("/library/practices")).toMatch(/format=csv.*format=xlsx.*format=json/s);
  await desk.addPractice("One too many");
  for (const format of ["csv", "xlsx"]) {
    const answer = await hub.get(`/library/practices?format=${format}`);
    expect(answer.status).toBe(422);
    expect(answer.headers.get("content-disposition")).toBeNull();
    const said = await answer.text();
    expect(said).toContain("These are 16 practices, and a table holds at most 15. Narrow the list");
    expect(said).toContain("/api");
  }
  expect(await desk.textOf("/es/library/practices?format=csv")).toContain(
    "Son 16 prácticas, y una tabla contiene como máximo 15.",
  );
  expect((await hub.get(`${VIEW}&format=csv`)).status).toBe(200);
  const page = await desk.textOf("/library/practices");
  expect(page).toContain("format=json");
  expect(page).not.toMatch(/format=(csv|xlsx)/);
  const { total, practices } = await jsonOf<File>("/library/practices?format=json");
  expect([total, practices.length]).toEqual([16, 15]);
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const path = `/practices?limit=5${cursor && `&cursor=${cursor}`}`;
    const part = (await (await callApi(hub, null, path)).json()) as { items: Told[]; next: string | null };
    seen.push(...part.items.map(({ slug }) => slug));
    cursor = part.next;
  }
  expect([seen.length, new Set(seen).size]).toEqual([16, 16]);
});
