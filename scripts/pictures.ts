// Takes the pictures of docs/pictures, which README.md shows, from the demonstration in a folder of its own: npm run pictures
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { demoPassword } from "../src/app/demo/demo-people.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";
import { launchBrowser } from "../tests/support/launch-browser.ts";

const FOLDER = join(projectFolder, "docs/pictures");
const LARGEST = 200_000;
const ALL_TOGETHER = 1_200_000;
const YEAR = "2024-25";

interface Picture {
  name: string;
  /** Who looks; null is the public. */
  as: string | null;
  show: (page: Page) => Promise<unknown>;
  phone?: boolean;
  dark?: boolean;
  /** What stands at the top of the picture; without one it is the top of the page. */
  from?: string;
}

const PICTURES: readonly Picture[] = [
  { name: "home", as: null, show: (page) => page.goto("/") },
  { name: "results", as: null, show: (page) => page.goto(`/results/${YEAR}`), from: "[data-picture=map]" },
  { name: "sign-in-phone", as: null, show: (page) => page.goto("/sign-in"), phone: true },
  { name: "roster", as: "ada@demo.example", show: (page) => bringInRoster(page, "g01-oh-roster.csv", "G01") },
  { name: "enrollments", as: "theo@demo.example", show: (page) => page.goto("/pathways/enrollments") },
  { name: "report-phone", as: "ada@demo.example", show: showReport, phone: true },
  { name: "organization", as: "marisol@demo.example", show: showOrganization },
  { name: "status-dark", as: "marisol@demo.example", show: (page) => page.goto("/status"), dark: true },
];

/** A sample roster is read, not committed: the page says what was found. */
async function bringInRoster(page: Page, file: string, code: string): Promise<void> {
  await page.goto("/pathways/rosters/new");
  await page.getByLabel("The file").setInputFiles(join(projectFolder, "tests/fixtures/rosters/a", file));
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
  await page.goto("/organizations");
  await page.getByRole("main").locator('a[href^="/organizations/"]').first().click();
  await page.waitForURL(/\/organizations\/[0-9a-f-]{36}$/);
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
    viewport: picture.phone ? { width: 390, height: 800 } : { width: 1280, height: 860 },
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
    if (picture.from)
      await page
        .locator(picture.from)
        .first()
        .evaluate((place) => place.scrollIntoView({ block: "start" }));
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
