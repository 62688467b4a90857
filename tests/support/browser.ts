// A Chromium and a real server for the journeys: the demonstration on a port of this machine, jobs worked as they come.
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { createAdaptorServer } from "@hono/node-server";
import type { Browser, Page } from "playwright-core";
import { afterAll, expect, onTestFinished } from "vitest";
import { demoPassword } from "../../src/app/demo/demo-people.ts";
import { jobs } from "../../src/app/modules.ts";
import { createLog } from "../../src/platform/log/log.ts";
import { launchBrowser } from "./launch-browser.ts";
import { collectLogMarks, findPersonalData } from "./personal-log.ts";
import { createTestHub, type TestHub } from "./test-hub.ts";

/** One browser for a test file, or null where none can be had: the journeys are skipped then, and it is said. */
export async function openBrowser(): Promise<Browser | null> {
  try {
    const browser = await launchBrowser();
    afterAll(() => browser.close());
    return browser;
  } catch (error) {
    console.warn(
      `NO BROWSER: the journeys are skipped. Install chromium, or name one in TEST_CHROMIUM. (${error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error)})`,
    );
    return null;
  }
}

export interface LiveHub extends TestHub {
  address: string;
}

/** The demonstration, or an empty hub, behind a real port. */
export async function openLiveHub({
  demo = true,
  config = {},
}: {
  demo?: boolean;
  config?: Record<string, string>;
} = {}): Promise<LiveHub> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-journey-log-"));
  const file = join(folder, "hub.log");
  // Hooks run in the reverse of this order: the log is searched when the server is closed and the hub still there.
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const log = createLog("debug", { write: (line) => appendFileSync(file, line) });
  const hub = await createTestHub({ demo, config, log });
  afterAll(() => expectNobodyInLog(hub, file));
  await hub.services.jobs.work(hub.services, jobs);
  const server = createAdaptorServer({ fetch: hub.app.fetch });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  );
  const address = server.address();
  return { ...hub, address: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}` };
}

/** Of every journey's hub: its log tells of requests, and of nobody. */
async function expectNobodyInLog(hub: TestHub, file: string): Promise<void> {
  const log = existsSync(file) ? readFileSync(file, "utf8") : "";
  expect(log.split("\n").length, "lines in the log of the journeys").toBeGreaterThan(10);
  expect(log).toContain('"route":"/sign-in"');
  expect(
    findPersonalData(log, await collectLogMarks(hub)),
    "personal data in the log of the journeys",
  ).toEqual([]);
}

export interface Visit {
  page: Page;
  /** What the page complained of: refused scripts and styles, failed requests, errors. */
  complaints: string[];
}

/** A window of its own, as somebody of the demonstration or as nobody; it closes with the test. */
export async function visitAs(
  browser: Browser,
  hub: LiveHub,
  email: string | null,
  options: { script?: boolean; width?: number } = {},
): Promise<Visit> {
  const context = await browser.newContext({
    baseURL: hub.address,
    javaScriptEnabled: options.script ?? true,
    viewport: { width: options.width ?? 1280, height: 900 },
    reducedMotion: "reduce",
  });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !/status of (403|404|409|422|429)/.test(message.text()))
      complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  if (email) await signInOn(page, email);
  return { page, complaints };
}

/** Through the sign-in page, with its own fields and button. */
export async function signInOn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/work");
}

/** Rules of WCAG 2.2 AA and good practice; axe runs in the page, so script must be on. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    // Without a second window for each look: no page of ours holds one of another site.
    .setLegacyMode(true)
    // Of what is good, nothing is listed: large pages take half the time.
    .options({ resultTypes: ["violations"] })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"])
    .analyze();
  const found = violations.map(
    (violation) =>
      `${violation.id}: ${violation.nodes
        .slice(0, 3)
        .map((node) => node.html.slice(0, 160))
        .join(" | ")}`,
  );
  expect(
    found.length,
    `${new URL(page.url()).pathname} at ${page.viewportSize()?.width} px: ${found.join("\n")}`,
  ).toBe(0);
}

/** Nothing reaches beyond the screen's edge. Asked of the browser, so that it works without script too. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  let width = 0;
  let screen = 0;
  // A page that has just changed its size may still be laying itself out, or fading in.
  for (let attempt = 0; attempt < 30; attempt++) {
    const { cssContentSize, cssLayoutViewport } = await session.send("Page.getLayoutMetrics");
    width = cssContentSize.width;
    screen = cssLayoutViewport.clientWidth;
    if (width <= screen) break;
    await page.waitForTimeout(100);
  }
  await session.detach();
  const where = `${new URL(page.url()).pathname} is ${width} px wide on a screen of ${screen} px`;
  expect(width, where).toBeLessThanOrEqual(screen);
}

/** One heading that says what the page is, and nothing beyond the edge of the narrowest screen and of a small desktop's. */
export async function expectNarrowPage(page: Page): Promise<void> {
  expect(await page.locator("h1").count(), `${page.url()} has one heading of the first rank`).toBe(1);
  for (const width of [1024, 320]) {
    await page.setViewportSize({ width, height: 800 });
    await expectNoSidewaysScroll(page);
  }
}

/** Everything that a page must be, on a phone and, where its tables unfold, on a desk. */
export async function expectGoodPage(page: Page): Promise<void> {
  await expectNarrowPage(page);
  for (const width of [390, 1280]) {
    // What a page without tables and charts is to a screen reader is the same at every width.
    if (width > 390 && (await page.locator("main table, main svg").count()) === 0) continue;
    await page.setViewportSize({ width, height: 900 });
    await expectAccessible(page);
  }
}
