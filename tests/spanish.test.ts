// The public site in Spanish, through the front door.
import { expect, test } from "vitest";
import { isTranslated, publicMenu } from "../src/app/public-addresses.ts";
import { listWords } from "../src/ui/words.tsx";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true, config: { TRELLIS_URL: "https://hub.example.org" } });
const YEAR = "2024-25";
const organization = await organizationOfCode(hub, "G01");

/** Every public page that is built, in English. */
const pages = [
  "/",
  "/results",
  `/results/${YEAR}`,
  `/results/${YEAR}/${organization}`,
  "/data",
  "/about",
  "/sign-in",
  "/sign-in/link",
  "/sign-in/new-password",
  "/sign-in/link/no-such-token",
];
const spanishOf = (path: string): string => (path === "/" ? "/es" : `/es${path}`);

/** What English left-overs would look like. */
const ENGLISH =
  /Skip to|Sign in\b|Sign out|Switch\b|Results\b|Demonstration hub|About this|open-source|withheld\b(?!» \(reservado\))|Withheld|Trainees|Grantees?\b|The year|people in|Open data|Breadcrumbs|The same as a table|All other states|Not known|not known|Not reported|Other ways in|Password|E-mail|optional|Choose\b|Go to the|Start again|Reference\b|Error: [A-Z]?[a-z]+ing|the learning loop|Certificate\b|Registered apprenticeship|Peer support|Completed|Continuing|Female|Rural background|Hispanic or|New York|North Carolina|Published\b|Release\b|Reporting year/;

/** A page's own words: without what says that it is in another language, and names of the demonstration. */
const wordsOf = (html: string): string =>
  html
    .replaceAll(/<head>[\s\S]*?<\/head>/g, (head) => (/<title>.*?<\/title>/.exec(head) ?? [""])[0])
    .replaceAll(/<(?!html)(\w+)[^>]*\slang="en"[^>]*>[\s\S]*?<\/\1>/g, " ")
    .replaceAll(/<code\b[^>]*>[\s\S]*?<\/code>/g, " ")
    .replaceAll(/<[^>]*?\b(?:title|aria-label|alt|data-label|content)="([^"]*)"[^>]*>/g, " $1 ")
    .replaceAll(/<[^>]*>/g, " ");

const linksOf = (html: string): string[] =>
  [
    ...html.matchAll(/<(?:a|form|button)\b(?![^>]*\shreflang=)[^>]*?\s(?:href|action|formaction)="([^"]*)"/g),
  ].map(([, address = ""]) => address);

test("every word says the same values in Spanish as in English, and none is empty", () => {
  const [english, spanish] = [listWords("en"), listWords("es")];
  const valuesOf = (text: string): string[] =>
    [...text.matchAll(/\{+\w+\}+/g)].map(([value]) => value).toSorted();
  const parts = Object.keys(english);
  expect(parts.length).toBeGreaterThan(20);
  for (const part of parts)
    for (const [key, text] of Object.entries(english[part] ?? {})) {
      const said = spanish[part]?.[key];
      expect(said?.trim(), `${part}.${key}`).toBeTruthy();

      expect(valuesOf(said ?? ""), `${part}.${key}`).toEqual(valuesOf(text));
    }
});

test("every public page is there in Spanish, says so, and has no English left over", async () => {
  for (const path of pages) {
    const english = await hub.get(path);
    const answer = await hub.get(spanishOf(path));
    expect(answer.status, path).toBe(english.status);
    const html = await answer.text();
    expect(html, path).toContain('<html lang="es">');
    expect(wordsOf(html).match(ENGLISH)?.[0], path).toBeUndefined();
    const englishHtml = await english.text();
    expect(englishHtml, path).toContain('<html lang="en">');
    // The list of words finds what it is there to find.
    expect(wordsOf(englishHtml), path).toMatch(ENGLISH);
  }
});

test("links and forms of a Spanish page stay in Spanish where there is a Spanish page", async () => {
  for (const path of pages) {
    const html = await (await hub.get(spanishOf(path))).text();
    const links = linksOf(html).filter((address) => address.startsWith("/"));
    expect(links.length, path).toBeGreaterThan(3);
    expect(
      links.filter((address) => isTranslated(address.replace(/[?#].*/, ""))),
      path,
    ).toEqual([]);
    expect(html, path).toMatch(/rel="stylesheet" href="\/assets\//);
  }
});

test("every page of the public menu exists in both languages, and leads to the other one and back with its query", async () => {
  for (const { href } of publicMenu) {
    const switchOf = async (path: string): Promise<string | undefined> =>
      /<a class="language" href="([^"]*)"/.exec(await (await hub.get(path)).text())?.[1];
    expect(await switchOf(`${href}?a=1`)).toBe(`/es${href}?a=1`);
    expect(await switchOf(`/es${href}?a=1`)).toBe(`${href}?a=1`);
  }
  const html = await (await hub.get("/es/results")).text();
  expect(html).toContain('<a class="language" href="/results" lang="en" hreflang="en">English</a>');
});

test("search engines learn of both languages, of a problem's page nothing", async () => {
  const html = await (await hub.get("/es/results?format=none")).text();
  for (const link of [
    '<link rel="canonical" href="https://hub.example.org/es/results"/>',
    '<link rel="alternate" hreflang="en" href="https://hub.example.org/results"/>',
    '<link rel="alternate" hreflang="es" href="https://hub.example.org/es/results"/>',
    '<link rel="alternate" hreflang="x-default" href="https://hub.example.org/results"/>',
  ])
    expect(html).toContain(link);
  const missing = await hub.get("/es/results/1999-00");
  expect(missing.status).toBe(404);
  const page = await missing.text();
  expect(page).toContain('<html lang="es">');
  expect(page).toContain("El informe de este año no existe");
  expect(wordsOf(page).match(ENGLISH)?.[0]).toBeUndefined();
  expect(page).not.toContain('rel="canonical"');
});

test("a refused form says in Spanish what is wrong, keeps what was typed and goes to the Spanish address again", async () => {
  const empty = await hub.post("/es/sign-in", { email: "", password: "" });
  expect(empty.status).toBe(422);
  const html = await empty.text();
  expect(html).toContain("Hay 2 cosas que corregir");
  expect(html).toContain("Escriba su correo electrónico.");
  expect(html).toContain('action="/es/sign-in"');
  const wrong = await hub.post("/es/sign-in", { email: "ada@demo.example", password: "no es esta" });
  expect(wrong.status).toBe(422);
  const page = await wrong.text();
  expect(page).toContain("El correo electrónico o la contraseña no son correctos.");
  expect(page).toContain('value="ada@demo.example"');
  expect(await (await hub.post("/es/sign-in/link", { email: "nadie" })).text()).toContain(
    "por ejemplo ada@example.org",
  );
});

test("signing in leads into the hub, whose pages are English; signing out leads to the Spanish site again", async () => {
  const signedIn = await hub.post("/es/sign-in", {
    email: "ada@demo.example",
    password: "trellis-grows-here",
    to: "/work",
  });
  expect(signedIn.headers.get("location")).toBe("/work");
  const cookie = signedIn.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const work = await (await hub.get("/work", cookie)).text();
  expect(work).toContain('<html lang="en">');
  expect(work).not.toContain('class="language"');
  const results = await (await hub.get("/es/results", cookie)).text();
  expect(results).toContain('<a href="/work" lang="en" hreflang="en">My work</a>');
  expect(results).toContain('action="/es/sign-out"');
  const signedOut = await hub.post("/es/sign-out", {}, cookie);
  expect(signedOut.headers.get("location")).toBe("/es");
  const flash = signedOut.headers.getSetCookie().find((one) => one.includes("trellis_flash="));
  expect(decodeURIComponent(flash ?? "")).toContain("Cerr");
});

test("what is not translated leads to the page that there is; nothing leads to another site", async () => {
  const cases: [string, string][] = [
    ["/es/directory/organizations?sort=name", "/directory/organizations?sort=name"],
    ["/es/api/v1/results", "/api/v1/results"],
    ["/es/about/design", "/about/design"],
    ["/es/icon.svg", "/icon.svg"],
    ["/es/results/feed.atom", "/results/feed.atom"],
    ["/es/library/oai?verb=Identify", "/library/oai?verb=Identify"],
  ];
  for (const [from, to] of cases) {
    const answer = await hub.get(from);
    expect(answer.status, from).toBe(308);
    expect(answer.headers.get("location"), from).toBe(to);
    expect(answer.headers.get("x-content-type-options"), from).toBe("nosniff");
  }
  for (const path of ["/es//evil.example", "/es/%5Cevil.example", "/%65s/directory", "/es/%2Fevil.example"]) {
    const location = (await hub.get(path)).headers.get("location");
    // A redirect, if any, stays on this site.
    if (location) expect(new URL(location, "http://localhost").host, path).toBe("localhost");
  }
  expect((await hub.get("/es//evil.example")).status).toBe(404);
  expect((await hub.get("/%65s/directory")).status).toBe(404);
  // A form is not sent on.
  expect((await hub.post("/es/switch", { membership: organization })).status).toBe(404);
});

test("two pages that are written at a time keep their languages apart", async () => {
  const answers = await Promise.all(
    Array.from({ length: 8 }, async (_, index) =>
      (await hub.get(index % 2 === 0 ? `/results/${YEAR}` : `/es/results/${YEAR}`)).text(),
    ),
  );
  for (const [index, html] of answers.entries())
    expect(html).toContain(index % 2 === 0 ? "Training program type" : "Tipo de programa de formación");
});

test("figures, files and codes are the same in both languages; only their words differ", async () => {
  const csv = await (await hub.get(`/results/${YEAR}?format=csv`)).text();
  expect(await (await hub.get(`/es/results/${YEAR}?format=csv`)).text()).toBe(csv);
  const numbersOf = (html: string): string[] =>
    [...html.matchAll(/<td class="n">(.*?)<\/td>/g)].map(([, cell = ""]) => cell.replaceAll(/<[^>]*>/g, ""));
  const [english, spanish] = await Promise.all(
    [`/results/${YEAR}`, `/es/results/${YEAR}`].map(async (path) =>
      numbersOf(await (await hub.get(path)).text()),
    ),
  );
  expect(english?.length).toBeGreaterThan(40);
  expect(spanish?.map((cell) => cell.replace("reservado", "withheld"))).toEqual(english);
});

test("every code that public figures use has a label in Spanish", async () => {
  const { rows } = await hub.services.database.ownerPool.query<{ list_id: string; code: string }>(
    "select list_id, code from platform.code where labels ->> 'es' is null order by 1, 2",
  );
  expect(rows).toEqual([]);
});

test("the page of open data offers every year's files, and each of its links opens", async () => {
  const html = await (await hub.get("/data")).text();
  expect(html).toContain(`href="/results/${YEAR}?format=csv"`);
  const own = linksOf(html).filter((address) => /^\/(results|api|data|about)/.test(address));
  expect(own.length).toBeGreaterThan(10);
  for (const address of own)
    expect((await hub.get(address.replaceAll("&amp;", "&"))).status, address).toBe(200);
});
