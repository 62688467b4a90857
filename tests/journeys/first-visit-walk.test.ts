// From an empty hub to one that is ready: its name, logo, color, time zone, mail, first organization and first roster.
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { projectFolder } from "../../src/platform/config/project-folder.ts";
import { expectGoodPage, expectNarrowPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";
import { makePng } from "../support/pictures.ts";
import { codeAt, keyOn } from "../support/second-factor.ts";

const ROSTER = join(projectFolder, "tests/fixtures/rosters/a/g01-oh-roster.csv");
const PERSON = { name: "Vera Lindqvist", email: "vera@hub.example", password: "seven plain otters hum" };
/** 120 characters, 60 of them in one piece, with markup and a face. */
const LONG_NAME =
  `<b>Hub</b> 🌱 of the ${"Kreuzungsweichenverbund".repeat(3).slice(0, 60)} and the River Valley`
    .padEnd(120, "x")
    .slice(0, 120);

const browser = await openBrowser();
const hubs = browser ? await Promise.all([openLiveHub({ demo: false }), openLiveHub({ demo: false })]) : null;

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string | RegExp): Promise<void> =>
  main(page).getByRole("button", { name, exact: true }).click();
const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();
/** The boxes are drawn: their labels are what one presses. */
const choose = (page: Page, label: string): Promise<void> =>
  main(page).getByText(label, { exact: true }).click();

/** The hub and its administrator, and the second factor. @returns the authenticator's key. */
async function makeHub(page: Page, look: (page: Page) => Promise<void>): Promise<string> {
  await page.goto("/results");
  await heading(page, "Make your hub");
  await look(page);
  await page.getByLabel("The hub's name").fill(LONG_NAME);
  await page.getByLabel("Your name").fill(PERSON.name);
  await page.getByLabel("Your e-mail").fill(PERSON.email);
  await page.getByLabel("Password").fill(PERSON.password);
  await press(page, "Make the hub");
  await heading(page, "Set up a second factor");
  const key = keyOn(await page.content());
  await page.getByLabel("Code").fill(codeAt(key, new Date()));
  await press(page, "Check the code");
  await main(page).getByRole("link", { name: "I have kept them" }).click();
  return key;
}

async function signInAgain(page: Page, key: string): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.goto("/sign-in");
  await page.getByLabel("E-mail", { exact: true }).fill(PERSON.email);
  await page.getByLabel("Password", { exact: true }).fill(PERSON.password);
  await main(page).getByRole("button", { name: "Sign in", exact: true }).click();
  // A code works once: this is the one after the one that set it up.
  await page.getByLabel("Code").fill(codeAt(key, new Date(Date.now() + 30_000)));
  await press(page, "Go on");
  await page.waitForURL("**/work");
}

async function walk(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  const key = await makeHub(page, look);
  await heading(page, "Your logo");
  await look(page);
  await page.getByLabel("The picture", { exact: true }).setInputFiles({
    name: "logo.png",
    mimeType: "image/png",
    buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
  });
  await press(page, "Save and go on");
  await main(page).getByText("It can carry a program").first().waitFor();
  await look(page);
  await page
    .getByLabel("The picture", { exact: true })
    .setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: makePng(300, 90) });
  await press(page, "Save and go on");

  await heading(page, "Your color");
  await look(page);
  await choose(page, "A color of our own");
  await page.getByLabel("Our own color").fill("#ffd400");
  await press(page, "Save and go on");
  await look(page);
  await press(page, /^Use #/);

  await heading(page, "Your time zone");
  expect(await page.locator('link[href^="/hub/colors/"]').count()).toBe(1);
  await look(page);
  await page.getByRole("combobox", { name: "Time zone" }).selectOption("America/Chicago");
  await press(page, "Save and go on");

  await heading(page, "Mail");
  await signInAgain(page, key);
  await look(page);
  await heading(page, /^Good to see you/);
  await main(page).getByText("First steps: 4 of 7 done").waitFor();
  await main(page).getByRole("link", { name: "Go on" }).click();
  await heading(page, "Mail");
  await press(page, "Send a test mail to me");
  await main(page).getByText("Your last test mail").waitFor();
  expect(
    await main(page)
      .getByText(/C[SD]T/)
      .count(),
  ).toBeGreaterThan(0);
  await look(page);
  await press(page, "Later");

  await heading(page, "The first organization");
  await look(page);
  await page.getByLabel("Name", { exact: true }).fill("River School of Nursing");
  await page.getByLabel("Type").selectOption({ index: 1 });
  await page.getByLabel("Grantee code").fill("G01");
  await press(page, "Add the organization");

  await heading(page, "The first roster");
  await look(page);
  await page.getByLabel("The file").setInputFiles(ROSTER);
  await press(page, "Read the file");
  await main(page)
    .getByRole("button", { name: /^Commit \d+ rows$/ })
    .click();
  await heading(page, /rows committed/);

  await page.goto("/hub/start");
  await heading(page, "Your hub is ready");
  await look(page);
  await press(page, "Finish the first steps");
  await page.waitForURL("**/work");
  expect(await main(page).getByText("First steps:").count()).toBe(0);

  await page.goto("/hub");
  await heading(page, "Your hub");
  await look(page);
  await page.getByLabel("Short name").fill("River Valley");
  await press(page, "Save the name");
  await page.getByRole("banner").getByText("River Valley", { exact: true }).waitFor();
  await press(page, "Remove the logo");
  expect(await page.getByRole("banner").locator("svg.logo").count()).toBe(1);
}

describe.skipIf(!browser || !hubs)("in the browser", () => {
  if (!browser || !hubs) return;
  const [first, second] = hubs;

  test("an empty hub becomes one that is ready, on a wide screen", async () => {
    const { page, complaints } = await visitAs(browser, first, null);
    await walk(page, expectGoodPage);
    expect(complaints).toEqual([]);
  }, 240_000);

  test("the same on a telephone and without script", async () => {
    const { page, complaints } = await visitAs(browser, second, null, { script: false, width: 390 });
    await walk(page, expectNarrowPage);
    expect(complaints).toEqual([]);
  }, 240_000);
});
