// Texts that are known to break things go into the library through its forms, and come out of everything that it shows and writes:
// intact (read back, each is what was kept of it) and inert (a page has the same elements as for harmless words).
import { beforeAll, expect, test } from "vitest";
import {
  attribute,
  byTag,
  type Element,
  elementsOf,
  fieldsOf,
  firstOf,
  hasClass,
  particularsOf,
  sectionOf,
  textOf,
} from "./support/read-page.ts";
import { asObjects, readCsv, readWorkbook } from "./support/read-table.ts";
import { findAll, readXml, shapeOfXml, textsOf, type XmlNode } from "./support/read-xml.ts";
import { createTestHub } from "./support/test-hub.ts";
import { openTortureLibrary, type TorturedPractice, type TortureLibrary } from "./support/torture-library.ts";
import { asPrinted, inCsv, inLists, inOneLine, inXml, readTortureTexts } from "./support/torture-texts.ts";

const hub = await createTestHub({ demo: true });
const { texts, names, notes } = readTortureTexts();
for (const note of notes) console.warn(`SKIPPED: ${note}`);

let library: TortureLibrary;
let all: TorturedPractice[];
beforeAll(async () => {
  library = await openTortureLibrary(hub, [...texts, ...names]);
  all = library.all;
}, 120_000);

/** Texts as paragraphs show them. */
const inParagraphs = (text: string): string[] => text.split(/\n\s*\n/);

test("there is something to torture with", () => {
  expect(all.length).toBeGreaterThan(10);
});

test("a practice's page shows every text as it was kept, in the elements of any other page, and tells it to programs", async () => {
  for (const practice of all) {
    const { text, path } = practice;
    const page = await library.openTortured(path);
    expect(firstOf(page, "h1")).toBe(text("title"));
    expect(firstOf(page, "title")).toContain(text("title"));
    expect(page.filter((one) => hasClass(one, "lead")).map(textOf)).toEqual([text("summary")]);
    const description = page.find((one) => attribute(one, "name") === "description");
    expect(description && attribute(description, "content")).toBe(text("summary"));
    const prose = byTag(page, "p").filter((one) => hasClass(one, "prose"));
    const expected = ["description", "funding-note", "costToRun", "staffing"].flatMap((field) =>
      inParagraphs(text(field)),
    );
    expect(prose.map(textOf)).toEqual([...expected, practice.word]);
    expect(particularsOf(page)["Sponsor"]).toBe(text("sponsor"));
    expect(textOfSection(page, "funding-heading")).toContain(`${text("amounts-label")}: $5 per person`);
    for (const field of ["obligation-siteRule", "obligation-buyOut"])
      expect(textOfSection(page, "obligation-heading")).toContain(text(field));
    expect(byTag(sectionOf(page, "contacts-heading"), "li").map(textOf)).toEqual(
      [0, 1].map((row) =>
        ["name", "role", "organization"].map((column) => text(`contacts-${column}`, row)).join(", "),
      ),
    );
    expect(byTag(sectionOf(page, "links-heading"), "a").map(textOf)).toEqual([text("links-label")]);
    const sources = sectionOf(page, "sources-heading");
    expect(firstOf(sources, "a")).toBe(text("sources-title"));
    expect(firstOf(sources, "cite")).toBe(text("sources-title", 1));
    for (const row of [0, 1])
      for (const column of ["publisher", "supports"])
        expect(textOf(byTag(sources, "li")[row] as Element)).toContain(text(`sources-${column}`, row));
    expect(page.filter((one) => hasClass(one, "citation")).map(textOf)[0]).toContain(text("title"));
    const data = JSON.parse(firstOf(page, "script")) as { "@graph": Record<string, unknown>[] };
    expect(data["@graph"]).toMatchObject([
      {
        headline: text("title"),
        abstract: text("summary"),
        citation: [0, 1].map((row) => ({
          name: text("sources-title", row),
          publisher: text("sources-publisher", row),
        })),
      },
      { name: text("title"), description: text("summary"), creator: { name: text("sponsor") } },
    ]);
  }
});

test("in Spanish too a page is made of the elements of any other, and leads nowhere else", async () => {
  for (const { path, text } of all.slice(0, library.inSpanish))
    expect(firstOf(await library.openTortured(`/es${path}`), "h1")).toBe(text("title"));
});

const textOfSection = (page: readonly Element[], heading: string): string => {
  const section = page.find((one) => attribute(one, "aria-labelledby") === heading);
  return section ? textOf(section) : "";
};

test("a list shows titles and summaries as they were kept, and what lists say of themselves to programs too", async () => {
  for (const state of library.states) {
    const paths = library.listPaths().filter((path) => path.startsWith(`/library/states/${state}?`));
    const shown: string[][] = [];
    for (const path of paths) {
      const page = await library.openTortured(path);
      const cards = byTag(page, "li").filter((one) => hasClass(one, "practice-card"));
      shown.push(...cards.map(cardOf));
      const data = JSON.parse(firstOf(page, "script")) as { itemListElement: { name: string }[] };
      expect(data.itemListElement.map(({ name }) => name)).toEqual(cards.map((card) => cardOf(card)[0]));
    }
    expect(shown).toEqual(
      library
        .ofState(state)
        .toReversed()
        .map(({ text }) => [inLists(text("title")), inLists(text("summary"))]),
    );
  }
});

/** The title and the summary on a card. */
const cardOf = (card: Element): string[] => {
  const within = elementsOf(card);
  return [firstOf(within, "a"), firstOf(within, "p")];
};

test("a search shows what it finds as it was kept, and finds names with marks and apostrophes", async () => {
  for (const { word, text } of all) {
    const page = await library.open(`/library/practices?q=${word}`);
    const cards = byTag(page, "li").filter((one) => hasClass(one, "practice-card"));
    expect(cards.map(cardOf), word).toEqual([[inLists(text("title")), inLists(text("summary"))]]);
    expect(byTag(page, "mark").map(textOf)).toEqual([]);
  }
  for (const name of names) {
    const { total } = JSON.parse(
      await library.read(`/library/practices?format=json&q=${encodeURIComponent(`"${name}"`)}`),
    ) as { total: number };
    expect(total, name).toBeGreaterThan(0);
  }
});

test("side by side, practices are shown as they were kept", async () => {
  for (const { path, practices } of library.comparePaths()) {
    const page = await library.openTortured(path);
    const table = byTag(page, "table").flatMap(elementsOf);
    const head = byTag(byTag(table, "thead").flatMap(elementsOf), "a");
    expect(head.map(textOf)).toEqual(practices.map(({ text }) => text("title")));
    const rows = byTag(table, "tr").map((row) =>
      elementsOf(row)
        .filter(({ tagName }) => tagName === "td" || tagName === "th")
        .map(textOf),
    );
    const rowOf = (term: string) => rows.find(([first]) => first === term)?.slice(1);
    expect(rowOf("In short")).toEqual(practices.map(({ text }) => text("summary")));
    expect(rowOf("Sponsor")).toEqual(practices.map(({ text }) => text("sponsor")));
    expect(rowOf("Staffing")).toEqual(practices.map(({ text }) => inParagraphs(text("staffing")).join("")));
  }
});

test("the history says what was there and what is there now, to the letter", async () => {
  const fields: Record<string, string> = {
    Title: "title",
    "In short": "summary",
    "What it is": "description",
    Sponsor: "sponsor",
    Cost: "costToRun",
    Staffing: "staffing",
  };
  for (const { path, text, calm } of all) {
    const page = await library.open(`${path}/history`);
    expect(firstOf(page, "h1")).toContain(text("title"));
    const dl = byTag(page, "dl").flatMap(elementsOf);
    const told = new Map(
      byTag(dl, "dt").map((dt, at) => [textOf(dt), byTag(dl, "dd")[at]?.childNodes as Element[]]),
    );
    const sides = (term: string): string[] =>
      ["ins", "del"].map((left) =>
        (told.get(term) ?? [])
          .filter(({ tagName }) => tagName !== left)
          .map(textOf)
          .join(""),
      );
    for (const [term, field] of Object.entries(fields))
      if (text(field) !== calm[field]?.[0])
        expect(sides(term), term).toEqual([calm[field]?.[0], text(field)]);
    const contacts = (of: (column: string, row: number) => string | undefined): string =>
      [0, 1]
        .map((row) => `${["name", "role", "organization"].map((column) => of(column, row)).join(", ")}\n`)
        .join("");
    expect(sides("Whom to ask")).toEqual([
      contacts((column, row) => calm[`contacts-${column}`]?.[row]),
      contacts((column, row) => text(`contacts-${column}`, row)),
    ]);
    const tags = new Set(byTag(dl, "dd").flatMap((dd) => elementsOf(dd).map(({ tagName }) => tagName)));
    expect([...tags].toSorted()).toEqual(["del", "ins", "span"].filter((tag) => tags.has(tag)));
  }
});

test("opening the form and saving it changes nothing: every field holds what is kept", async () => {
  for (const { path } of all) {
    const fields = fieldsOf(await library.open(`${path}/edit`, library.librarian), `${path}/edit`);
    const answer = await hub.post(
      `${path}/edit`,
      { ...fields, reason: "Looked at again" },
      library.librarian,
    );
    expect(answer.status, path).toBe(303);
    const { version } = JSON.parse(await library.read(`${path}?format=json`)) as { version: number };
    expect(version, path).toBe(2);
  }
});

test("JSON holds every text to the letter", async () => {
  for (const { path, text } of all)
    expect(JSON.parse(await library.read(`${path}?format=json`))).toMatchObject({
      title: text("title"),
      summary: text("summary"),
      description: text("description"),
      sponsor: text("sponsor"),
      costToRun: text("costToRun"),
      staffing: text("staffing"),
      funding: { note: text("funding-note"), amounts: [{ label: text("amounts-label") }] },
      obligation: { siteRule: text("obligation-siteRule"), buyOut: text("obligation-buyOut") },
      contacts: [0, 1].map((row) => ({
        name: text("contacts-name", row),
        role: text("contacts-role", row),
        organization: text("contacts-organization", row),
      })),
      links: [{ label: text("links-label") }],
      sources: [0, 1].map((row) => ({
        title: text("sources-title", row),
        publisher: text("sources-publisher", row),
        supports: text("sources-supports", row),
      })),
    });
});

test("CSV disarms what could be a formula and nothing else; a workbook holds every text to the letter", async () => {
  for (const state of library.states) {
    const csv = asObjects(readCsv(await library.read(`/library/states/${state}?format=csv&sort=newest`)));
    const answer = await hub.get(`/library/states/${state}?format=xlsx&sort=newest`);
    const workbook = asObjects(await readWorkbook(await answer.arrayBuffer()));
    const expected = library
      .ofState(state)
      .toReversed()
      .map(({ slug, text }) => ({
        slug,
        title: text("title"),
        summary: text("summary"),
        description: text("description"),
        sponsor: text("sponsor"),
        funding: text("funding-note"),
        obligation_site: text("obligation-siteRule"),
        obligation_buy_out: text("obligation-buyOut"),
        sources: [0, 1]
          .map((row) => `${text("sources-title", row)} (${text("sources-publisher", row)})`)
          .join("; "),
      }));
    expect(workbook).toMatchObject(expected);
    const disarmed = expected.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, text]) => [name, inCsv(text)])),
    );
    expect(csv).toMatchObject(disarmed);
    for (const row of csv)
      for (const cell of Object.values(row)) expect(cell).not.toMatch(/^(?!-?[\d.]+$)[=+\-@\t\r]/);
  }
});

const bySlug = (nodes: readonly XmlNode[], addressOf: (node: XmlNode) => string): Map<string, XmlNode> =>
  new Map(nodes.map((node) => [addressOf(node).split("/").at(-1) ?? "", node]));

test("feeds and harvested records are well-formed, and hold what XML can hold of every text", async () => {
  for (const state of library.states) {
    const feed = readXml(await library.read(`/library/states/${state}/feed.atom`));
    const entries = bySlug(
      findAll(feed, "entry"),
      (entry) => findAll(entry, "link")[0]?.attributes["href"] ?? "",
    );
    const answer = readXml(
      await library.read(`/library/oai?verb=ListRecords&metadataPrefix=oai_dc&set=state:${state}`),
    );
    const records = bySlug(
      findAll(answer, "record"),
      (record) => findAll(record, "identifier")[1]?.text ?? "",
    );
    expect([entries.size, records.size]).toEqual([
      library.ofState(state).length,
      library.ofState(state).length,
    ]);
    for (const { slug, text } of library.ofState(state)) {
      const xml = (field: string, row = 0): string => inXml(text(field, row));
      const entry = entries.get(slug) as XmlNode;
      const record = records.get(slug) as XmlNode;
      expect(textsOf(entry, "title")).toEqual([xml("title")]);
      expect(textsOf(entry, "summary")).toEqual([xml("summary")]);
      expect(textsOf(record, "title")).toEqual([xml("title")]);
      expect(textsOf(record, "contributor")).toEqual([xml("sponsor")]);
      expect(textsOf(record, "description")).toEqual([xml("summary"), xml("description")]);
      expect(textsOf(record, "source")).toEqual([
        `${xml("sources-title")} <https://example.org/source>`,
        xml("sources-title", 1),
      ]);
      expect(shapeOfXml(entry)).toEqual(shapeOfXml(entries.values().next().value as XmlNode));
      expect(shapeOfXml(record)).toEqual(shapeOfXml(records.values().next().value as XmlNode));
    }
  }
});

test("citations hold title and summary in one line, with as many lines as those of harmless words", async () => {
  for (const { path, text } of all) {
    const ris = (await library.read(`${path}?format=ris`)).split("\r\n");
    expect(ris.map((line) => line.slice(0, 6))).toEqual([
      ..."TY AU TI AB PB PY DA ET N1 LA UR ID ER".split(" ").map((tag) => `${tag}  - `),
      "",
    ]);
    expect(ris[2]).toBe(`TI  - ${inOneLine(text("title"))}`);
    expect(ris[3]).toBe(`AB  - ${inOneLine(text("summary"))}`);
    const bibtex = (await library.read(`${path}?format=bibtex`)).split("\n");
    expect(
      bibtex.map(
        (line) => /^ {2}(\w+) = (?:\{.*\}|[a-z]{3}),?$|^@misc\{[a-z0-9-]+,$|^\}?$/.exec(line)?.[1] ?? "",
      ),
    ).toEqual([..." title author publisher year month version note language url".split(" "), "", ""]);
    const printed = asPrinted(/^ {2}title = \{\{(.*)\}\},$/.exec(bibtex[1] ?? "")?.[1] ?? "");
    expect(printed).toBe(inOneLine(text("title")));
  }
});
