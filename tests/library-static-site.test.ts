// A static copy of the public site: made whole or not at all, without a broken link, the same each time, and inert.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { routes } from "../src/app/modules.ts";
import { exportSite } from "../src/app/static-site/export-site.tsx";
import { LIVING_ONLY, routeOf, targetOf } from "../src/app/static-site/site-addresses.ts";
import { fillLibrary } from "./support/full-library.ts";
import { firstOf, hasClass, particularsOf, textOf } from "./support/read-page.ts";
import { asObjects, readCsv } from "./support/read-table.ts";
import { readXml, textsOf } from "./support/read-xml.ts";
import { findActive, findBrokenLinks, hashFolder, listFiles, readPages } from "./support/static-site.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const folder = mkdtempSync(join(tmpdir(), "trellis-copy-"));
const site = join(folder, "site");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ADDRESS = "https://copy.example.org/kept";
const DAY = { date: "2026-11-22", address: ADDRESS };
const read = (file: string): string => readFileSync(join(site, file), "utf8");
let filled: Awaited<ReturnType<typeof fillLibrary>>;
let pages: ReturnType<typeof readPages>;
beforeAll(async () => {
  filled = await fillLibrary(hub);
  await exportSite(hub.services, { folder: site, ...DAY });
  pages = readPages(site);
});

test("every address that the public site has is in the copy, at its own place, in both languages", () => {
  const { published, withdrawn, merged, material } = filled;
  const english = [
    "",
    "library/",
    "library/practices/",
    ...[...published, withdrawn, merged].flatMap((slug) => [
      `library/practices/${slug}/`,
      `library/practices/${slug}/history/`,
    ]),
    "library/states/NE/",
    // Nothing is told of it yet: its address answers all the same.
    "library/states/AK/",
    "library/categories/pipeline/",
    "library/evidence/",
    `library/materials/${material}/`,
    "careers/",
    "careers/peer_support/",
    "results/",
    "results/2024-25/",
    "data/",
    "about/",
  ];
  for (const place of [...english, ...english.map((one) => `es/${one}`)])
    expect(existsSync(join(site, place, "index.html")), place).toBe(true);
  for (const file of ["library/feed.atom", "library/states/NE/feed.atom", "library/practices/practices.csv"])
    expect(existsSync(join(site, file)), file).toBe(true);
  expect(read(`library/practices/${withdrawn}/index.html`)).toContain("is no longer in the library");
  for (const unseen of [filled.draft, filled.mergedDraft])
    expect(listFiles(site).filter((file) => file.includes(unseen))).toEqual([]);
});

test("every public page of the route table is copied, or named with the reason why it is not", () => {
  const asked = routes.filter((route) => route.method === "GET" && route.who === "public" && !route.api);
  expect(asked.length).toBeGreaterThan(25);
  const sample = (path: string): string => path.replaceAll(/:\w+/g, "x");
  const left = asked
    .filter(({ path }) => targetOf(routes, sample(path), "").kind === "living")
    .map(({ path }) => path);
  const below = (path: string): boolean => /^\/(library|careers|results|data|about)(\/|$)/.test(path);
  expect(left.filter(below).toSorted()).toEqual(Object.keys(LIVING_ONLY).toSorted());
  expect(
    asked.filter(({ path }) => routeOf(routes, sample(path))?.path !== path).map(({ path }) => path),
  ).toEqual([]);
});

test("no link of the copy is broken, and none leads to the hub", () => {
  const { checked, broken } = findBrokenLinks(site, pages);
  expect(checked).toBeGreaterThan(10_000);
  expect(broken).toEqual([]);
  const whole = pages.flatMap(({ elements }) =>
    elements.flatMap(({ attrs }) => attrs.map(({ value }) => value)),
  );
  expect(whole.filter((value) => value.includes("localhost"))).toEqual([]);
});

test("nothing in the copy acts: hostile text is text, and what would be a page of its own is plain text", () => {
  expect(findActive(pages)).toEqual([]);
  const page = read(`library/practices/${filled.hostile}/index.html`);
  expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(page).toContain(`content="default-src 'none'`);
  const index = read("library/practices/search-index.js");
  expect(index).toContain("</script>");
  // Read as a script, it gives the same text back.
  const given: { trellisLibrary?: { t: string }[] } = {};
  runInNewContext(index, given);
  expect(given.trellisLibrary?.map(({ t }) => t)).toContain(filled.hostileTitle);
  const files = listFiles(site).filter(
    (file) => file.includes(filled.htmlMaterial) && !file.endsWith("index.html"),
  );
  expect(files).toContain(`library/materials/${filled.htmlMaterial}/file/1/page.html.txt`);
  expect(listFiles(site).filter((file) => file.endsWith(".html") && !file.endsWith("index.html"))).toEqual(
    [],
  );
});

test("hostile text is whole in the copy: on its pages in both languages, in the list, the feed and the files", () => {
  const { hostile, hostileTitle } = filled;
  const elementsOf = (file: string) => pages.find((page) => page.file === file)?.elements ?? [];
  for (const language of ["", "es/"]) {
    const page = elementsOf(`${language}library/practices/${hostile}/index.html`);
    expect(firstOf(page, "h1")).toBe(hostileTitle);
    expect(firstOf(page, "title")).toContain(hostileTitle);
    expect(page.filter((one) => hasClass(one, "lead")).map(textOf)).toEqual(['=HYPERLINK("http://evil")']);
    expect(Object.values(particularsOf(page))).toContain("<script>alert(1)</script>");
    const history = elementsOf(`${language}library/practices/${hostile}/history/index.html`);
    expect(firstOf(history, "h1")).toContain(hostileTitle);
  }
  const cards = listFiles(site)
    .filter((file) => /^library\/practices\/(page\/\d+\/)?index\.html$/.test(file))
    .flatMap((file) => elementsOf(file).filter((one) => hasClass(one, "practice-card-title")));
  expect(cards.map(textOf)).toContain(hostileTitle);
  expect(textsOf(readXml(read("library/feed.atom")), "title")).toContain(hostileTitle);
  const row = {
    title: hostileTitle,
    summary: `'=HYPERLINK("http://evil")`,
    sponsor: "<script>alert(1)</script>",
  };
  expect(asObjects(readCsv(read("library/practices/practices.csv")))).toContainEqual(
    expect.objectContaining(row),
  );
  const told = JSON.parse(read("library/practices/practices.json")) as { practices: { title: string }[] };
  expect(told.practices.map(({ title }) => title)).toContain(hostileTitle);
});

test("forms, signing in and sending are taken out, and each page says that it is a copy, and of when", () => {
  for (const { file, elements } of pages) {
    const text = read(file);
    expect(text, file).not.toMatch(/\/sign-in|\/submit|>Sign in<|Iniciar sesión</);
    if (elements.some(({ tagName }) => tagName === "header"))
      expect(text, file).toMatch(/This is a copy of Nov 22, 2026\.|Esta es una copia del 22 nov 2026\./);
  }
  expect(read("library/practices/index.html")).not.toContain("Compare the chosen");
});

test("a file has its own name, and its address leads to it; the same bytes are kept once", () => {
  const place = `library/materials/${filled.material}/file/1`;
  expect(
    readFileSync(join(site, place, "hand_book.pdf"))
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-");
  expect(read(`${place}/index.html`)).toContain('content="0; url=hand_book.pdf"');
  expect(read(`es/${place}/index.html`)).toContain("../../hand_book.pdf".slice(6));
  expect(listFiles(site).filter((file) => file.endsWith("hand_book.pdf"))).toHaveLength(1);
});

test("a long list goes on from page to page without a query", () => {
  expect(read("library/practices/index.html")).toContain('href="page/2/index.html"');
  expect(read("library/practices/page/2/index.html")).toContain('href="../../index.html"');
});

test("the same library gives the same bytes, and an earlier copy is replaced as a whole", async () => {
  const before = hashFolder(site);
  writeFileSync(join(site, "about/index.html"), "changed by hand");
  await exportSite(hub.services, { folder: site, ...DAY });
  expect(hashFolder(site)).toBe(before);
  expect(listFiles(folder).filter((file) => !file.startsWith("site/"))).toEqual([]);
});

test("downloads are not counted, and nothing else is written, by making a copy", async () => {
  const { rows } = await hub.services.database.ownerPool.query("select from library.material_download");
  expect(rows).toEqual([]);
});

test("a folder with somebody's files in it is left alone, and a copy that fails leaves nothing", async () => {
  const mine = join(folder, "mine");
  mkdirSync(mine);
  writeFileSync(join(mine, "thesis.txt"), "years of work");
  await expect(exportSite(hub.services, { folder: mine, ...DAY })).rejects.toThrow("thesis.txt");
  expect(readFileSync(join(mine, "thesis.txt"), "utf8")).toBe("years of work");
  writeFileSync(join(site, "CNAME"), "library.example.org");
  await expect(exportSite(hub.services, { folder: site, ...DAY })).rejects.toThrow("CNAME");
  rmSync(join(site, "CNAME"));
  const nowhere = join(folder, "no", "such");
  await expect(exportSite(hub.services, { folder: nowhere, ...DAY })).rejects.toThrow("There is no folder");
  const empty = await createTestHub();
  await expect(exportSite(empty.services, { folder: join(folder, "new"), ...DAY })).rejects.toThrow(
    "not been set up",
  );
  expect(listFiles(folder).filter((file) => !/^(site|mine)\//.test(file))).toEqual([]);
});

test("where the copy's address is given, feeds and pages name it", () => {
  const feed = read("library/feed.atom");
  expect(feed).toContain(`${ADDRESS}/library/practices/`);
  expect(feed).not.toContain("localhost");
  const page = read("library/index.html");
  expect(page).toContain(`rel="canonical" href="${ADDRESS}/library"`);
});
