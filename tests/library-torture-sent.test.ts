// Texts that are known to break things, as evidence and as what people without an account send: they come out of every page and file
// of it intact and inert, as those of practices do (library-torture.test.ts).
import { beforeAll, expect, test } from "vitest";
import { callApi } from "./support/api-client.ts";
import {
  attribute,
  byTag,
  type Element,
  elementsOf,
  fieldsOf,
  firstOf,
  hasClass,
  particularsOf,
  readElements,
  sectionOf,
  shapeOf,
  textOf,
} from "./support/read-page.ts";
import { asObjects, readCsv, readWorkbook } from "./support/read-table.ts";
import { readXml } from "./support/read-xml.ts";
import { send } from "./support/submissions.ts";
import { createTestHub } from "./support/test-hub.ts";
import { harmless, inCsv, inFields, kept, readTortureTexts } from "./support/torture-texts.ts";

const clock = { now: new Date("2026-11-23T15:00:00Z") };
const hub = await createTestHub({ demo: true, clock: () => clock.now });
const { texts, names, notes } = readTortureTexts();
for (const note of notes) console.warn(`SKIPPED: ${note}`);
const all = [...texts, ...names];
const lines = {
  200: inFields(all, 200, "line"),
  300: inFields(all, 300, "line"),
  500: inFields(all, 500, "line"),
};
const prose = inFields(all, 1500, "prose");
const at = (list: readonly string[], place: number): string => list[place % list.length] ?? "";

const read = async (path: string, cookie?: string): Promise<string> => {
  const answer = await hub.get(path, cookie);
  expect(answer.status, path).toBe(200);
  return answer.text();
};
const open = async (path: string, cookie?: string): Promise<Element[]> =>
  readElements(await read(path, cookie));
let librarian: string;
beforeAll(async () => {
  librarian = await hub.signIn("lena@demo.example");
});

/** A published practice of harmless words. @returns its path. */
async function makePractice(title: string): Promise<string> {
  const form = {
    title,
    summary: "Calm.",
    language: "en",
    status: "operating",
    license: "CC-BY-4.0",
    reason: "Calm",
  };
  const path = (await hub.post("/library/desk/new", form, librarian)).headers.get("location") ?? "";
  expect((await hub.post(`${path}/publish`, {}, librarian)).status).toBe(303);
  return path;
}

interface Item {
  outcome: string;
  note: string;
  setting: string;
  participants: number;
  source: { title: string; publisher: string; year: number };
}

test("evidence comes out of page, data, API, CSV and workbook as it was kept", async () => {
  const ITEMS = 20;
  const count = Math.max(lines[300].length, prose.length);
  for (let first = 0; first < count; first += ITEMS) {
    const path = await makePractice(`Findings ${first}`);
    const items: Item[] = [];
    for (let place = first; place < Math.min(count, first + ITEMS); place += 1) {
      const sent = {
        outcome: at(lines[500], place),
        note: at(prose, place),
        setting: at(lines[500], place + 3),
        sourceTitle: at(lines[500], place + 5),
        sourcePublisher: at(lines[300], place),
      };
      const told = Object.fromEntries(
        Object.entries(sent).map(([name, text]) => [name, kept(text, name === "note" ? "prose" : "line")]),
      ) as typeof sent;
      // The newest source stands first; the first of all is harmless, to compare the others with.
      const year = 2200 - place;
      const shown = place === first ? mapped(told, harmless) : told;
      const answer = await hub.post(
        `${path}/evidence/new`,
        {
          ...(place === first ? shown : sent),
          kind: "local_result",
          design: "case_report",
          direction: "against",
          participants: "120",
          sourceYear: String(year),
        },
        librarian,
      );
      expect(answer.status, await answer.text()).toBe(303);
      items.push({
        outcome: shown.outcome,
        note: shown.note,
        setting: shown.setting,
        participants: 120,
        source: { title: shown.sourceTitle, publisher: shown.sourcePublisher, year },
      });
    }
    await expectItems(path, `"Findings ${first}"`, items);
  }
});

const mapped = <Texts extends Record<string, string>>(of: Texts, change: (text: string) => string): Texts =>
  Object.fromEntries(Object.entries(of).map(([name, text]) => [name, change(text)])) as Texts;

async function expectItems(path: string, words: string, items: readonly Item[]): Promise<void> {
  const cards = byTag(sectionOf(await open(path), "evidence-heading"), "li");
  expect(cards.length).toBe(items.length);
  for (const [place, item] of items.entries()) {
    const card = elementsOf(cards[place] as Element);
    expect(shapeOf(card)).toEqual(shapeOf(elementsOf(cards[0] as Element)));
    expect(firstOf(card, "h3")).toBe(`Did not work here ${item.outcome}`);
    expect(card.filter((one) => hasClass(one, "prose")).map(textOf)).toEqual([item.note]);
    expect(particularsOf(card)["Where and with whom"]).toBe(item.setting);
    const { title, publisher, year } = item.source;
    expect(particularsOf(card)["Source"]).toBe(`${title}, ${publisher}, ${year}`);
  }
  expect(await (await hub.get(`${path}?format=json`)).json()).toMatchObject({ evidence: items });
  const q = encodeURIComponent(words);
  const answer = await (await callApi(hub, null, `/practices?q=${q}`)).json();
  expect(answer).toMatchObject({ items: [{ evidence: items }] });
  const findings = items
    .map(({ outcome, source }) => `Did not work here: ${outcome} (${source.title}, ${source.year})`)
    .join("; ");
  const csv = await (await hub.get(`/library/practices?q=${q}&format=csv`)).text();
  const workbook = await (await hub.get(`/library/practices?q=${q}&format=xlsx`)).arrayBuffer();
  for (const rows of [readCsv(csv), await readWorkbook(workbook)])
    expect(asObjects(rows)).toMatchObject([{ evidence_items: String(items.length), findings }]);
}

interface SentText {
  id: string;
  receipt: string;
  text: Record<"title" | "what" | "sponsor" | "known" | "name" | "reason", string>;
}

/** What is like it in the library depends on its words: the parts of the page that are about that. */
const ABOUT_OTHERS = ["similar-heading", "duplicate-heading"];

/** The shape of what a librarian is shown of a submission alone. */
function shapeOfOwn(page: readonly Element[]): string[] {
  const main = byTag(page, "main").flatMap(elementsOf);
  const others = new Set(
    main
      .filter((one) => one.attrs.some(({ value }) => ABOUT_OTHERS.includes(value)))
      .flatMap((section) => [section, ...elementsOf(section)]),
  );
  return shapeOf(main.filter((one) => !others.has(one)));
}

async function sendPractice(form: Record<string, string>): Promise<{ id: string; receipt: string }> {
  const answer = await send(hub, clock, "/library/submit", { language: "en", other: "yes", ...form });
  expect(answer.status, form["title"]).toBe(303);
  const { rows } = await hub.services.database.ownerPool.query<{ id: string }>(
    "select id from library.submission order by sent_at desc limit 1",
  );
  return { id: rows[0]?.id ?? "", receipt: answer.headers.get("location") ?? "" };
}

test("what people send is read as it was kept: by its sender, at triage, in the draft's form, in the decisions", async () => {
  const sent: SentText[] = [];
  for (const [place, title] of lines[200].entries()) {
    const form = {
      title,
      what: at(prose, place),
      sponsor: at(lines[300], place),
      known: at(prose, place + 7),
      name: at(lines[200], place + 3),
    };
    const text = Object.fromEntries(
      Object.entries({ ...form, reason: at(prose, place + 11) }).map(([name, typed]) => [
        name,
        kept(typed, name === "title" || name === "sponsor" || name === "name" ? "line" : "prose"),
      ]),
    ) as SentText["text"];
    sent.push({ ...(await sendPractice(form)), text });
  }
  const said = { title: "Calm", sponsor: "Calm", known: "Calm.", name: "Calm" };
  const calm = await sendPractice({ ...said, what: "Calm." });
  // What has many web addresses lies among what is probably spam, and can be taken from there.
  const links = await sendPractice({ ...said, what: "https://example.org/ ".repeat(6) });
  librarian = await hub.signIn("lena@demo.example");
  const triage = (id: string): string => `/library/desk/submissions/${id}`;
  const calmShapes = {
    receipt: shapeOf(await open(calm.receipt)),
    triage: shapeOfOwn(await open(triage(calm.id), librarian)),
    probablySpam: shapeOfOwn(await open(triage(links.id), librarian)),
  };
  for (const [place, { id, receipt, text }] of sent.entries()) {
    const own = await open(receipt);
    expect(particularsOf(own)).toMatchObject({ "What you sent": text.title });
    expect(shapeOf(own)).toEqual(calmShapes.receipt);
    const page = await open(triage(id), librarian);
    const isSuspect = page.some((one) => textOf(one) === "It is not spam");
    expect(shapeOfOwn(page), triage(id)).toEqual(isSuspect ? calmShapes.probablySpam : calmShapes.triage);
    expect(firstOf(page, "h1")).toBe(text.title);
    expect(particularsOf(page)).toMatchObject({
      Title: text.title,
      "What it is": text.what,
      Sponsor: text.sponsor,
      "How they know": text.known,
    });
    expect(firstOf(sectionOf(page, "sender-heading"), "p")).toContain(text.name);
    const draft = fieldsOf(await open(`${triage(id)}/draft`, librarian), `${triage(id)}/draft`);
    expect(draft).toMatchObject({
      title: [text.title],
      description: [text.what.replaceAll("\n", "\r\n")],
      sponsor: [text.sponsor],
    });
    expect(draft["sources-supports"]?.[0]).toBe(
      kept(text.known.slice(0, 1000).replace(/[\uD800-\uDBFF]$/, ""), "line"),
    );
    const refused = await hub.post(
      `${triage(id)}/refuse`,
      { version: "1", reason: at(prose, place + 11) },
      librarian,
    );
    expect(refused.status).toBe(303);
    expect(particularsOf(await open(receipt))).toMatchObject({ "The answer": text.reason });
  }
  await expectDecisions(sent);
});

async function expectDecisions(sent: readonly SentText[]): Promise<void> {
  const path = "/library/desk/decisions";
  const expected = sent.map(({ id, text }) => ({ submission: id, about: text.title, reason: text.reason }));
  const sorted = <Row extends { submission?: string }>(rows: Row[]): Row[] =>
    rows.toSorted((one, other) => (one.submission ?? "").localeCompare(other.submission ?? ""));
  const json = (await (await hub.get(`${path}?format=json`, librarian)).json()) as {
    decisions: { submission: string }[];
  };
  expect(sorted(json.decisions)).toMatchObject(sorted(expected));
  const csv = asObjects(readCsv(await (await hub.get(`${path}?format=csv`, librarian)).text()));
  expect(sorted(csv)).toMatchObject(sorted(expected.map((row) => mapped(row, inCsv))));
  const page = await open(path, librarian);
  const rows = byTag(byTag(page, "tbody").flatMap(elementsOf), "tr");
  const shapes = new Set(rows.map((row) => shapeOf(elementsOf(row)).join("")));
  expect([rows.length, shapes.size]).toEqual([Math.min(100, sent.length), 1]);
  const told = new Map(expected.map(({ submission, about, reason }) => [submission, [about, reason]]));
  for (const row of rows) {
    const [link] = byTag(elementsOf(row), "a");
    const id =
      link?.attrs
        .find(({ name }) => name === "href")
        ?.value.split("/")
        .at(-1) ?? "";
    const cells = elementsOf(row).filter(({ tagName }) => tagName === "td" || tagName === "th");
    expect([link ? textOf(link) : "", cells[3] ? textOf(cells[3]) : ""]).toEqual(told.get(id));
  }
}

test("a correction is read as it was kept", async () => {
  const path = await makePractice("To be corrected");
  for (const [place, right] of prose.entries()) {
    const source = at(prose, place + 5);
    const answer = await send(hub, clock, `${path}/correct`, { part: "sponsor", right, source });
    expect(answer.status).toBe(303);
  }
  librarian = await hub.signIn("lena@demo.example");
  const seen: string[][] = [];
  const shapes = new Set<string>();
  for (const view of ["waiting", "probably_spam"])
    for (let page = 1, found = 1; found > 0; page += 1) {
      const list = await open(
        `/library/desk/submissions?view=${view}&kind=correction&page=${page}`,
        librarian,
      );
      const links = byTag(byTag(list, "tbody").flatMap(elementsOf), "a");
      found = links.length;
      for (const link of links) {
        const one = await open(link.attrs.find(({ name }) => name === "href")?.value ?? "", librarian);
        const told = particularsOf(one);
        seen.push([told["What is right"] ?? "", told["Source"] ?? ""]);
        if (view === "waiting") shapes.add(shapeOfOwn(one).join(""));
      }
    }
  const expected = prose.map((right, place) => [kept(right, "prose"), kept(at(prose, place + 5), "prose")]);
  const inOrder = (pairs: string[][]): string[] => pairs.map((pair) => JSON.stringify(pair)).toSorted();
  expect(inOrder(seen)).toEqual(inOrder(expected));
  expect(shapes.size).toBe(1);
});

test("a draft's summary begins with what was sent also where no spaces stand between words", async () => {
  const what = "田中さんの家で🏠".repeat(80);
  const { id } = await sendPractice({ title: "Without spaces", what });
  const path = `/library/desk/submissions/${id}/draft`;
  const { summary } = fieldsOf(await open(path, librarian), path);
  expect(what.startsWith(summary?.[0] ?? "-")).toBe(true);
  expect(summary?.[0]?.length).toBeGreaterThan(490);
});

test("what somebody searches or asks for is said again as it was typed", async () => {
  for (const text of texts.filter((one) => one.length <= 200).slice(0, 100)) {
    const q = encodeURIComponent(text.toWellFormed());
    const page = await open(`/library/practices?q=${q}`);
    const field = page.find((one) => one.tagName === "input" && attribute(one, "name") === "q");
    const typed = text.replaceAll("\0", "").toWellFormed().trim();
    expect((field && attribute(field, "value")) ?? "").toBe(typed.replaceAll(/\r\n?/g, "\n"));
    if (typed !== "")
      expect(firstOf(page, "h1").replaceAll("\r", "")).toContain(typed.replaceAll(/\r\n?/g, "\n"));
    readXml(await read(`/library/feed.atom?q=${q}`));
    readXml(await read(`/library/oai?verb=GetRecord&metadataPrefix=oai_dc&identifier=${q}`));
  }
});
