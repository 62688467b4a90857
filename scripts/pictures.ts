// Takes the pictures of docs/pictures, which README.md shows, from the demonstration in a folder of its own: npm run pictures
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { demoPassword } from "../src/app/demo/demo-people.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";
import { launchBrowser } from "../tests/support/launch-browser.ts";

const FOLDER = join(projectFolder, "docs/pictures");
const LARGEST = 200_000;
const ALL_TOGETHER = 1_500_000;
const YEAR = "2024-25";

interface Picture {
  name: string;
  /** Who looks; null is the public. */
  as: string | null;
  show: (page: Page) => Promise<unknown>;
  phone?: boolean;
  dark?: boolean;
  height?: number;
}

const PICTURES: readonly Picture[] = [
  { name: "home", as: null, show: (page) => page.goto("/") },
  { name: "results", as: null, show: (page) => page.goto(`/results/${YEAR}`), height: 1240 },
  { name: "library", as: null, show: (page) => page.goto("/library") },
  {
    name: "practice-phone",
    as: null,
    show: (page) => page.goto("/library/practices/hb-2949-oregon"),
    phone: true,
  },
  { name: "careers", as: null, show: (page) => page.goto("/careers?stage=high_school&state=NE") },
  { name: "sign-in-phone", as: null, show: (page) => page.goto("/sign-in"), phone: true },
  {
    name: "roster",
    as: "ada@demo.example",
    show: (page) => bringInRoster(page, "g01-oh-roster.csv", "G01"),
    height: 1240,
  },
  { name: "enrollments", as: "theo@demo.example", show: (page) => page.goto("/pathways/enrollments") },
  { name: "report-phone", as: "ada@demo.example", show: showReport, phone: true },
  { name: "organization", as: "marisol@demo.example", show: showOrganization },
  { name: "status-dark", as: "marisol@demo.example", show: (page) => page.goto("/status"), dark: true },
];

/** A sample roster, changed in a few rows so that there is a difference; it is read, not committed. */
async function bringInRoster(page: Page, name: string, code: string): Promise<void> {
  const sample = readFileSync(join(projectFolder, "tests/fixtures/rosters/a", name), "utf8");
  const buffer = Buffer.from(sample.replaceAll("6750.00", "7000.00").replaceAll("LA-25-9", "LA-25-1"));
  await page.goto("/pathways/rosters/new");
  await page.getByLabel("The file").setInputFiles({ name, mimeType: "text/csv", buffer });
  await page.getByLabel("Whose trainees are in it?").selectOption(code);
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.getByRole("heading", { level: 1, name: /rows read/ }).waitFor();
}

async function showReport(page: Page): Promise<void> {
  await page.goto("/reports");
  await page.locator(`main a[href^="/reports/"][href$="${YEAR}"]`).first().click();
  await page.waitForURL(/\/reports\/[^/]+\/\d{4}-\d{2}$/);
}

async function showOrganization(page: Page): Promise<void> {
  await page.goto("/directory/organizations");
  await page
    .getByRole("main")
    .getByRole("link", { name: /^Larkenshaw/ })
    .first()
    .click();
  await page.waitForURL(/\/directory\/organizations\/[0-9a-f-]{36}$/);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== "object" || !address) throw new Error("No port is free.");
  return address.port;
}

/** The hub as `npm start` runs it, without the settings of whoever takes the pictures. */
async function startHub(data: string, port: number): Promise<ChildProcess> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(TRELLIS_|DATABASE_URL$|HOST$)/.test(name));
  const hub = spawn(process.execPath, [join(projectFolder, "scripts/run.mjs"), "main"], {
    cwd: projectFolder,
    env: { ...Object.fromEntries(kept), TRELLIS_DATA: data, PORT: String(port) },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise<void>((resolve, reject) => {
    hub.stdout?.on("data", (text: Buffer) => text.includes("Trellis is ready") && resolve());
    hub.once("exit", () => reject(new Error("The hub did not start.")));
  });
  return hub;
}

async function stop(hub: ChildProcess): Promise<void> {
  if (hub.exitCode !== null) return;
  const ended = new Promise((resolve) => hub.once("exit", resolve));
  hub.kill("SIGTERM");
  await ended;
}

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(demoPassword);
  await page.getByRole("main").getByRole("button", { name: "Sign in", exact: true }).click();
  await page.waitForURL("**/work");
}

/** What differs from one run or machine to the next, and what the pictures show instead. */
const EVENED_OUT: readonly [string, string][] = [
  [String.raw`\w{3}, \w{3} \d{1,2}, \d{4}, \d{1,2}:\d{2} [AP]M E[SD]T`, "Mon, Sep 15, 2025, 9:30 AM EDT"],
  [String.raw`published \w{3} \d{1,2}, \d{4}`, "published Sep 15, 2025"],
  // The demonstration was made today.
  [new Date().toISOString().slice(0, 10), "2025-09-15"],
  [String.raw`/\S*trellis-pictures-\w+`, "/var/lib/trellis"],
  [String.raw`\d+ GB of \d+ GB`, "70 GB of 250 GB"],
  [String.raw`running for [^.]+? on Node`, "running for 3 days on Node"],
  [String.raw`\d+ of 100 connections`, "12 of 100 connections"],
  [String.raw`\d+ (entries wait|entry waits)`, "2 entries wait"],
];

/** As text, because it runs in the page. */
const evenOut = `
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode())
    for (const [pattern, same] of ${JSON.stringify(EVENED_OUT)})
      text.nodeValue = text.nodeValue.replace(new RegExp(pattern, "g"), same);
`;

/** The browser itself writes WebP, half as large as PNG; its protocol has it, Playwright's own call has not. */
async function take(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send("Page.captureScreenshot", { format: "webp", quality: 82 });
  await session.detach();
  return Buffer.from(data, "base64");
}

async function takePicture(browser: Browser, baseURL: string, picture: Picture): Promise<number> {
  const context = await browser.newContext({
    baseURL,
    viewport: picture.phone ? { width: 390, height: 800 } : { width: 1280, height: picture.height ?? 860 },
    deviceScaleFactor: picture.phone ? 2 : 1,
    reducedMotion: "reduce",
    colorScheme: picture.dark ? "dark" : "light",
    locale: "en-US",
    timezoneId: "America/New_York",
  });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    if (picture.as) await signIn(page, picture.as);
    await picture.show(page);
    await page.waitForLoadState("networkidle");
    await page.evaluate(evenOut);
    const file = join(FOLDER, `${picture.name}.webp`);
    writeFileSync(file, await take(page));
    const { size } = statSync(file);
    console.log(`docs/pictures/${picture.name}.webp  ${Math.round(size / 1000)} kB`);
    if (size > LARGEST) throw new Error(`${picture.name} is larger than ${LARGEST / 1000} kB.`);
    return size;
  } finally {
    await context.close();
  }
}

const wanted = process.argv.slice(2);
const data = mkdtempSync(join(tmpdir(), "trellis-pictures-"));
let hub: ChildProcess | null = null;
let browser: Browser | null = null;
try {
  browser = await launchBrowser();
  const port = await freePort();
  hub = await startHub(data, port);
  if (!existsSync(FOLDER)) mkdirSync(FOLDER, { recursive: true });
  let sum = 0;
  for (const picture of PICTURES)
    if (wanted.length === 0 || wanted.includes(picture.name))
      sum += await takePicture(browser, `http://127.0.0.1:${port}`, picture);
  console.log(`${Math.round(sum / 1000)} kB together`);
  if (sum > ALL_TOGETHER) throw new Error(`The pictures are larger than ${ALL_TOGETHER / 1000} kB together.`);
} finally {
  await browser?.close();
  if (hub) await stop(hub);
  rmSync(data, { recursive: true, force: true });
}
