// Following the library: feeds of any view, citations, and what pages tell programs.
import { beforeAll, expect, test } from "vitest";
import { changePractice, makePractice, takeOut } from "./support/made-practices.ts";
import { findAll, localName, readXml, textsOf, type XmlNode } from "./support/read-xml.ts";
import { createTestHub } from "./support/test-hub.ts";

const ADDRESS = "https://hub.example.org";
const clock = { now: new Date("2026-11-23T14:00:00Z") };
const hub = await createTestHub({
  demo: true,
  clock: () => clock.now,
  config: { TRELLIS_URL: ADDRESS },
});
const later = (seconds: number): void => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000);
};

/** What people, or those who mean harm, have typed. */
const HOSTILE =
  'A ]]> <b>"bold"</b> & \u202Eright to left\u202C {curly} 100% #1 $5 ~^_\\ 😀 \u0007\u001B end';
/** The same without what XML cannot hold. */
const IN_XML = HOSTILE.replaceAll(/\p{Cc}/gu, "");

const feedOf = async (path: string): Promise<XmlNode> => {
  const answer = await hub.get(path);
  expect(answer.status, path).toBe(200);
  expect(answer.headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
  return readXml(await answer.text());
};
const entriesOf = (feed: XmlNode): XmlNode[] => findAll(feed, "entry");
const titlesOf = (feed: XmlNode): string[] => entriesOf(feed).flatMap((entry) => textsOf(entry, "title"));
const linksOf = (node: XmlNode, rel: string): (string | undefined)[] =>
  node.children
    .filter((one) => localName(one) === "link" && one.attributes["rel"] === rel)
    .map(({ attributes }) => attributes["href"]);

let hostile: string;
beforeAll(async () => {
  hostile = await makePractice(hub, {
    title: HOSTILE,
    summary: HOSTILE,
    states: ["WY"],
    categories: ["recruitment"],
    mechanisms: ["legislation"],
    sources: [{ title: HOSTILE, publisher: "", year: 2020, url: "", supports: "", certainty: "found" }],
  });
});

test("a feed of any view is a valid Atom feed: ids that stay, moments, categories, links, the hub as its author", async () => {
  const feed = await feedOf("/library/feed.atom?state=WI&state=MT");
  expect(feed.name).toBe("{http://www.w3.org/2005/Atom}feed");
  expect(textsOf(feed, "id")[0]).toBe(`${ADDRESS}/library/feed.atom?state=WI&state=MT`);
  expect(linksOf(feed, "self")).toEqual([`${ADDRESS}/library/feed.atom?state=WI&state=MT`]);
  expect(linksOf(feed, "alternate")).toEqual([`${ADDRESS}/library/practices?state=WI&state=MT`]);
  expect(findAll(feed, "author")).toHaveLength(1);
  expect(titlesOf(feed)).toContain("Club Scrub");
  for (const entry of entriesOf(feed)) {
    expect(textsOf(entry, "id")[0]).toMatch(/^urn:uuid:[0-9a-f-]{36}$/);
    for (const name of ["published", "updated"])
      expect(textsOf(entry, name)[0]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);
    expect(textsOf(entry, "summary")[0]).not.toBe("");
    expect(linksOf(entry, "alternate")[0]).toMatch(/^https:\/\/hub\.example\.org\/library\/practices\//);
    const terms = findAll(entry, "category").map(({ attributes }) => attributes["term"]);
    expect(terms.some((term) => term === "WI" || term === "MT")).toBe(true);
  }
  const ids = entriesOf(feed).map((entry) => textsOf(entry, "id")[0]);
  expect(new Set(ids).size).toBe(ids.length);
});

test("states and categories have a feed with an address of its own; what is none is a 404", async () => {
  expect(titlesOf(await feedOf("/library/states/MT/feed.atom")).toSorted()).toEqual([
    "Heads Up Camp",
    "Montana Rural Mental Health Preparation/Practice Pathway",
  ]);
  expect(titlesOf(await feedOf("/library/categories/loan_repayment/feed.atom"))).toEqual(["HB 2949"]);
  expect((await hub.get("/library/states/XX/feed.atom")).status).toBe(404);
  expect((await hub.get("/library/categories/no_such/feed.atom")).status).toBe(404);
  expect(entriesOf(await feedOf("/library/feed.atom?q=zzzzqqq"))).toEqual([]);
});

test("hostile text comes out of a feed whole and as text, but for what XML cannot hold", async () => {
  const feed = await feedOf("/library/states/WY/feed.atom");
  expect(titlesOf(feed)).toEqual([IN_XML]);
  expect(textsOf(feed, "summary")).toEqual([IN_XML]);
  const searched = await feedOf(`/library/feed.atom?q=${encodeURIComponent(HOSTILE)}`);
  expect(textsOf(searched, "title")[0]).toContain("]]> <b>");
});

test("a feed shows the fifty newest changes first, and never a draft or what was taken out", async () => {
  later(60);
  for (let number = 1; number <= 52; number += 1) {
    later(1);
    await makePractice(hub, { title: `Row ${number}`, states: ["AK"] });
  }
  const titles = titlesOf(await feedOf("/library/states/AK/feed.atom"));
  expect(titles).toHaveLength(50);
  expect(titles[0]).toBe("Row 52");
  later(1);
  await changePractice(hub, "row-1", { summary: "Changed." });
  await takeOut(hub, "row-52");
  const after = titlesOf(await feedOf("/library/states/AK/feed.atom"));
  expect(after[0]).toBe("Row 1");
  expect(after).not.toContain("Row 52");
});

test("who has a feed already is told so in a few bytes, until something changes, also by what goes away", async () => {
  const path = "/library/states/VT/feed.atom";
  const slug = await makePractice(hub, { title: "Soon gone", states: ["VT"] });
  const first = await hub.get(path);
  const tag = first.headers.get("etag") ?? "";
  const modified = first.headers.get("last-modified") ?? "";
  expect(tag).toMatch(/^"[\w-]+"$/);
  for (const known of [tag, `W/${tag}`, `"other", ${tag}`, "*"])
    expect((await hub.get(path, undefined, { "if-none-match": known })).status, known).toBe(304);
  const same = await hub.get(path, undefined, { "if-modified-since": modified });
  expect(same.status).toBe(304);
  expect(await same.text()).toBe("");
  expect(
    (await hub.get(path, undefined, { "if-none-match": '"other"', "if-modified-since": modified })).status,
  ).toBe(200);
  later(5);
  await takeOut(hub, slug);
  expect((await hub.get(path, undefined, { "if-none-match": tag })).status).toBe(200);
  expect((await hub.get(path, undefined, { "if-modified-since": modified })).status).toBe(200);
  expect(entriesOf(await feedOf(path))).toEqual([]);
});

test("a list's page names its feed to people and to feed readers, in its language", async () => {
  const page = await (await hub.get("/library/practices?state=WI&q=rural")).text();
  expect(page).toMatch(
    /<link rel="alternate" type="application\/atom\+xml"[^>]* href="\/library\/feed\.atom\?q=rural&amp;state=WI"/,
  );
  expect(page).toContain('<a href="/library/feed.atom?q=rural&amp;state=WI">');
  const spanish = await (await hub.get("/es/library/states/WI?page=1")).text();
  expect(spanish).toMatch(/type="application\/atom\+xml"[^>]* href="\/es\/library\/states\/WI\/feed\.atom"/);
  const feed = await feedOf("/es/library/states/WI/feed.atom");
  expect(feed.attributes["xml:lang"]).toBe("es");
  expect(textsOf(feed, "title")[0]).toContain("Wisconsin");
  expect(linksOf(feed, "alternate")).toEqual([`${ADDRESS}/es/library/states/WI`]);
  expect(await (await hub.get("/library")).text()).toContain('href="/library/feed.atom"');
});

/** The blocks of data on a page. */
const dataOf = async (path: string): Promise<Record<string, unknown>[]> => {
  const page = await (await hub.get(path)).text();
  return [...page.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map(
    ([, text = ""]) => JSON.parse(text) as Record<string, unknown>,
  );
};

const graphOf = async (slug: string): Promise<Record<string, unknown>[]> =>
  (await dataOf(`/library/practices/${slug}`)).flatMap((data) => data["@graph"] as Record<string, unknown>[]);

test("a practice's page tells programs what it is: an article about a program where people are trained, else about a work", async () => {
  const typesOf = async (slug: string): Promise<unknown[]> => {
    return (await graphOf(slug)).map((one) => one["@type"]);
  };
  expect(await typesOf("crss-success-illinois")).toEqual(["Article", "EducationalOccupationalProgram"]);
  expect(await typesOf("hb-2949-oregon")).toEqual(["Article", "CreativeWork"]);
  const [article] = await graphOf(hostile);
  expect(article).toMatchObject({
    headline: HOSTILE,
    license: "https://creativecommons.org/licenses/by/4.0/",
    version: 1,
  });
  const [list] = await dataOf("/library/states/WY");
  expect(list).toMatchObject({
    "@type": "ItemList",
    numberOfItems: 1,
    itemListElement: [{ position: 1, name: HOSTILE, url: `${ADDRESS}/library/practices/${hostile}` }],
  });
  const page = await (await hub.get(`/library/practices/${hostile}`)).text();
  expect(page).not.toContain("<b>");
});

test("an entry is cited with its version, day and address, in a sentence and for reference managers", async () => {
  const path = `/library/practices/${hostile}`;
  const page = await (await hub.get(path)).text();
  expect(page).toContain("Cite this entry");
  expect(page).toContain(`Version 1, Nov 23, 2026. In the practice library. ${ADDRESS}${path}`);
  const ris = await hub.get(`${path}?format=ris`);
  expect(ris.headers.get("content-disposition")).toContain(`filename="${hostile}.ris"`);
  const lines = (await ris.text()).split("\r\n");
  expect(lines[0]).toBe("TY  - ELEC");
  expect(lines.slice(-2)).toEqual(["ER  - ", ""]);
  for (const line of lines.slice(0, -1)) expect(line).toMatch(/^[A-Z][A-Z0-9] {2}- [^\r\n\p{Cc}]*$/u);
  for (const line of ["PY  - 2026", "DA  - 2026/11/23", "ET  - 1", "LA  - en", `UR  - ${ADDRESS}${path}`])
    expect(lines).toContain(line);
});

test("a BibTeX entry is one that BibTeX can read, whatever was typed", async () => {
  const answer = await hub.get(`/es/library/practices/${hostile}?format=bibtex`);
  const text = await answer.text();
  // BibTeX counts braces without regard to anything else.
  let depth = 0;
  for (const [place, character] of text.split("").entries()) {
    if (character === "{") depth += 1;
    if (character === "}") depth -= 1;
    expect(depth, `at ${place}`).toBeGreaterThanOrEqual(0);
  }
  expect(depth).toBe(0);
  expect(text).toMatch(/^@misc\{[a-z0-9-]+-v1,\n/);
  expect(text).toContain("100\\% \\#1 \\$5 \\textasciitilde{}\\textasciicircum{}\\_\\textbackslash{}");
  expect(text).toContain("\\textbraceleft{}curly\\textbraceright{}");
  expect(text).toContain(`url = {${ADDRESS}/es/library/practices/${hostile}}`);
  expect(text).toContain("month = nov");
});

test("a hub without a mail server offers the feed, says that it sends no mail, and takes no address", async () => {
  expect(await (await hub.get("/library/states/WI")).text()).not.toContain('name="email"');
  const page = await (await hub.get("/library/follow?state=WI")).text();
  expect(page).toContain("This hub sends no e-mail.");
  expect(page).not.toContain('name="email"');
  const form = { email: "reader@example.org", often: "weekly", view: "state=WI" };
  expect((await hub.post("/library/follow", form)).status).toBe(422);
  const { rows } = await hub.services.database.ownerPool.query("select from library.subscription");
  expect(rows).toHaveLength(0);
});

test("the page of open data names the library's files, its feed and where harvesters ask, in both languages", async () => {
  for (const path of ["/data", "/es/data"]) {
    const page = await (await hub.get(path)).text();
    for (const place of ["practices?format=csv", "practices?format=json", "feed.atom", "oai?verb=Identify"])
      expect(page, path).toContain(`/library/${place}"`);
    const [data] = await dataOf(path);
    expect(data).toMatchObject({ "@type": "Dataset", isAccessibleForFree: true });
  }
});
