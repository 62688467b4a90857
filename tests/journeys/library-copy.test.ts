// A reader of a static copy, with the hub switched off: from a plain web server, with and without script, and from a disk.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { exportSite } from "../../src/app/static-site/export-site.tsx";
import { expectAccessible, expectNoSidewaysScroll, openBrowser } from "../support/browser.ts";
import { fillLibrary } from "../support/full-library.ts";
import { serveFolder } from "../support/static-site.ts";
import { createTestHub } from "../support/test-hub.ts";

const MOST_BYTES = 100 * 1024;

const browser = await openBrowser();
const hub = browser ? await createTestHub({ demo: true }) : null;
const folder = mkdtempSync(join(tmpdir(), "trellis-copy-walk-"));
const site = join(folder, "site");
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const filled = hub ? await fillLibrary(hub) : null;
if (hub) await exportSite(hub.services, { folder: site, date: "2026-11-22", address: null });
// The hub listens nowhere: nothing but files answers from here on.
const server = await serveFolder(site);

const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();

describe.skipIf(!browser || !filled)("in the browser", () => {
  if (!browser || !filled) return;

  async function open(
    options: { script?: boolean; width?: number } = {},
  ): Promise<{ page: Page; complaints: string[] }> {
    const context = await browser?.newContext({
      baseURL: server.address,
      javaScriptEnabled: options.script ?? true,
      viewport: { width: options.width ?? 1280, height: 900 },
      reducedMotion: "reduce",
    });
    if (!context) throw new Error("there is no browser");
    onTestFinished(() => context.close());
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url()) && !request.url().startsWith(`${server.address}/`))
        complaints.push(`asked elsewhere: ${request.url()}`);
    });
    return { page, complaints };
  }

  test("with script: by state, by category, by words with a typing error, by filters, and in Spanish", async () => {
    const { page, complaints } = await open();
    await page.goto("/library/");
    await heading(page, /What has been tried/);
    await page.locator(".map-list").getByRole("link", { name: "Nebraska" }).click();
    await heading(page, /Nebraska: \d+ practices/);
    await page.getByRole("link", { name: "BHECN Ambassador Program" }).click();
    await heading(page, "BHECN Ambassador Program");

    await page.goto("/library/");
    await page.getByRole("searchbox", { name: "Search practices" }).fill("scholrship -wisconsin");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await heading(page, /\d+ practices? for “scholrship -wisconsin”/);
    await page.getByText("is not a word of the library").waitFor();
    await page.getByRole("link", { name: "HB 2949" }).waitFor();
    expect(await page.getByRole("link", { name: "Aspirus Scholars Program" }).count()).toBe(0);
    expect(await page.locator("mark").count()).toBeGreaterThan(0);
    await expectNoSidewaysScroll(page);
    await expectAccessible(page);

    await page.goto("/library/practices/");
    const facet = page.locator(".facet", { hasText: "Grade 8" });
    await page.locator("summary", { hasText: "Career stage" }).click({ trial: true });
    const promised = Number(await facet.locator(".count").textContent());
    await facet.click();
    await heading(page, `Grade 8: ${promised} practices`);
    expect(await page.locator(".practice-list > li").count()).toBe(promised);
    await page.locator(".facet", { hasText: "Wisconsin" }).click();
    await heading(page, "1 practice");
    await page.locator(".chosen").getByRole("link", { name: "Remove Grade 8" }).click();
    await heading(page, "Wisconsin: 2 practices");
    // What somebody wrote to break pages is only text here, too.
    await page.goto("/library/practices/?q=quoted");
    await page.getByText("alert(1)").first().waitFor();

    await page.goto("/es/library/practices/?q=becas&state=OR");
    await heading(page, "1 práctica para “becas”");
    await page.getByRole("link", { name: "Quitar Oregón" }).waitFor();
    expect(complaints).toEqual([]);
    expect(server.missing).toEqual([]);
  });

  test("without script: by state, by category and the whole list, and what needs a script is not shown", async () => {
    const { page } = await open({ script: false, width: 390 });
    await page.goto("/library/");
    expect(await page.getByRole("button", { name: "Search", exact: true }).isVisible()).toBe(false);
    await page.getByRole("link", { name: "Loan repayment", exact: true }).click();
    await page.getByRole("link", { name: "HB 2949" }).waitFor();
    await page.goto("/library/practices/");
    await page.locator("noscript p", { hasText: "need a script" }).waitFor();
    expect(await page.locator(".facet:visible", { hasText: "Grade 8" }).count()).toBe(0);
    await page.getByRole("link", { name: "Next" }).click();
    await heading(page, /\d+ practices/);
    await page.getByRole("link", { name: "Previous" }).click();
    await page.getByRole("link", { name: "Español" }).click();
    await heading(page, /\d+ prácticas/);
    await expectNoSidewaysScroll(page);
  });

  test("every kind of page is accessible and weighs less than 100 KB over the line", async () => {
    const { page, complaints } = await open({ width: 390 });
    const session = await page.context().newCDPSession(page);
    // Whoever comes for the first time has nothing yet.
    await session.send("Network.enable");
    await session.send("Network.setCacheDisabled", { cacheDisabled: true });
    for (const path of [
      "/",
      "/library/",
      "/library/practices/",
      "/library/practices/club-scrub-wisconsin/",
      `/library/practices/${filled.hostile}/`,
      `/library/practices/${filled.withdrawn}/`,
      `/library/practices/${filled.merged}/history/`,
      "/library/states/NE/",
      "/library/evidence/",
      "/library/materials/",
      `/library/materials/${filled.material}/`,
      `/library/materials/${filled.recording}/`,
      "/careers/",
      "/careers/stage/grade_8/",
      "/careers/peer_support/",
      "/results/2024-25/",
      "/data/",
      "/es/about/",
    ]) {
      server.sent.clear();
      await page.goto(path);
      const bytes = [...server.sent.values()].reduce((sum, one) => sum + one, 0);
      expect(bytes, path).toBeLessThan(MOST_BYTES);
      await expectNoSidewaysScroll(page);
      await expectAccessible(page);
    }
    expect(complaints).toEqual([]);
    expect(server.missing).toEqual([]);
  }, 120_000);

  test("from a disk, styled, from page to page, and its search works", async () => {
    const { page, complaints } = await open();
    await page.goto(pathToFileURL(join(site, "index.html")).href);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Library" }).click();
    await heading(page, /What has been tried/);
    expect(
      await page.evaluate("getComputedStyle(document.querySelector('.site-header')).borderBottomStyle"),
    ).toBe("solid");
    await page.getByRole("searchbox", { name: "Search practices" }).fill("rural");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await heading(page, /\d+ practices for “rural”/);
    await page.getByRole("link", { name: "Club Scrub" }).click();
    await heading(page, "Club Scrub");
    await page.getByRole("link", { name: "Español" }).click();
    expect(await page.locator("html").getAttribute("lang")).toBe("es");
    expect(complaints).toEqual([]);
  });
});
