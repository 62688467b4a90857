// The way down: a figure of the report and the list that it opens say the same number.
import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const LINK = /<a href="(\/pathways\/enrollments\?[^"]*)"[^>]*>([^<]*)<\/a>/g;
const YEAR = "2024-25";

interface Link {
  href: string;
  shown: number;
}

/** The figures of a page that open records: address and number. Bars of a chart show theirs as text beside. */
async function linksOf(path: string, cookie: string): Promise<Link[]> {
  const html = await (await hub.get(path, cookie)).text();
  const links = [...html.matchAll(LINK)].map(([, href = "", text = ""]) => ({
    href: href.replaceAll("&amp;", "&"),
    shown: Number.parseFloat(text.replaceAll(/[,$]/g, "")),
  }));
  return links.filter(({ shown }) => Number.isFinite(shown));
}

/** What a list counts: enrollments by its heading, trainees and dollars by its download. */
async function listOf(
  href: string,
  cookie: string,
): Promise<{ rows: number; trainees: number; dollars: number }> {
  const page = await hub.get(href, cookie);
  expect(page.status, href).toBe(200);
  const heading = /<h1[^>]*>\s*([\d,]+)\s+enrollments?/.exec(await page.text())?.[1];
  const csv = await (await hub.get(`${href}&format=csv`, cookie)).text();
  const [, ...lines] = csv.trimEnd().split(/\r?\n/);
  const cells = lines.map((line) =>
    [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)].map((match) => match[1] ?? match[2] ?? ""),
  );
  return {
    rows: Number(heading?.replaceAll(",", "")),
    trainees: new Set(cells.map((record) => `${record[0]} ${record[1]}`)).size,
    dollars: Math.round(100 * cells.reduce((sum, record) => sum + Number(record[8]), 0)) / 100,
  };
}

async function expectLinksHold(path: string, cookie: string): Promise<void> {
  const links = await linksOf(path, cookie);
  const chosen = new Map(links.map((link) => [`${link.href} ${link.shown}`, link]));
  expect(chosen.size).toBeGreaterThan(15);
  // All headline figures, and every so many of the rest.
  const every = Math.ceil(chosen.size / 40);
  const wrong: unknown[] = [];
  for (const [at, { href, shown }] of [...chosen.values()].entries()) {
    if (at > 8 && at % every !== 0) continue;
    const list = await listOf(href, cookie);
    if (![list.rows, list.trainees, list.dollars].includes(shown)) wrong.push({ href, shown, list });
  }
  expect(wrong).toEqual([]);
}

test("of one organization's report", async () => {
  const organization = await organizationOfCode(hub, "G01");
  await expectLinksHold(`/reports/${organization}/${YEAR}`, await hub.signIn("ada@demo.example"));
});

test("of the portfolio's report", async () => {
  await expectLinksHold(`/reports/portfolio/${YEAR}`, await hub.signIn("theo@demo.example"));
});
