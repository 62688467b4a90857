// Somebody without an account tells the library of a practice and of a mistake; a librarian decides; the sender sees it.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectGoodPage, expectNarrowPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";

const browser = await openBrowser();
const hubs = browser ? await Promise.all([openLiveHub(), openLiveHub()]) : null;

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string): Promise<void> =>
  main(page).getByRole("button", { name, exact: true }).first().click();
const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();
const WHAT = "Three days in which students of two schools meet people who work in behavioral health.";

/** @returns the sender's own address. */
async function tellOfPractice(
  page: Page,
  look: (page: Page) => Promise<void>,
  hasScript: boolean,
): Promise<string> {
  await page.goto("/library");
  await main(page).getByRole("link", { name: "Tell us of it" }).click();
  await heading(page, "Tell us of a practice");
  // What is like it is shown while one types, or when one asks.
  await page.getByLabel("What is it called?").pressSequentially("Heads up camps");
  if (!hasScript) await press(page, "Check whether we have it");
  await main(page).getByRole("link", { name: "Heads Up Camp" }).waitFor();
  await look(page);
  await page.getByLabel("What is it?").fill(WHAT);
  await page.getByLabel("Your e-mail").fill("quillon@example.org");
  // Nobody fills a form within three seconds.
  await page.waitForTimeout(3100);
  await press(page, "Send");
  await main(page).getByRole("heading", { name: "Is it one of these?" }).waitFor();
  await look(page);
  await press(page, "It is another one: send it");
  await heading(page, "Thank you");
  await look(page);
  return page.url();
}

async function correct(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  await page.goto("/library/practices/club-scrub-wisconsin");
  await main(page).getByRole("link", { name: "Do you know more" }).first().click();
  await heading(page, "What do you know about “Club Scrub”?");
  await page.getByLabel("What is it about?").selectOption({ label: "Since" });
  await page.getByLabel("What is right?").fill("It began in 2006.");
  await look(page);
  await page.waitForTimeout(3100);
  await press(page, "Send");
  await heading(page, "Thank you");
}

async function decide(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  await page.goto("/library/desk");
  await look(page);
  await main(page).getByRole("link", { name: "Submissions to decide" }).click();
  await heading(page, "Submissions");
  await look(page);
  await main(page).getByRole("link", { name: "Heads up camps" }).click();
  await heading(page, "Heads up camps");
  await look(page);
  await main(page).getByRole("link", { name: "Make a draft of it" }).click();
  await heading(page, "Make a draft");
  expect(await page.getByLabel("In one or two sentences").inputValue()).toBe(WHAT);
  await press(page, "Save as a draft");
  await heading(page, "Heads up camps");
  await press(page, "Publish");
  await main(page).getByRole("link", { name: "Merge" }).waitFor();
  await page.goto("/library/desk/submissions");
  await main(page).getByRole("link", { name: "Club Scrub" }).click();
  await main(page).getByRole("link", { name: "Change the entry" }).click();
  await heading(page, "Change “Club Scrub”");
  await look(page);
  await page.getByLabel("Since (year)").fill("2006");
  await press(page, "Save, and tell the sender");
  await heading(page, "Club Scrub");
  await page.goto("/library/desk/decisions");
  await heading(page, "Decisions");
  await look(page);
}

async function merge(page: Page, look: (page: Page) => Promise<void>): Promise<void> {
  await page.goto("/library/practices/heads-up-camps");
  await main(page).getByRole("link", { name: "Merge" }).click();
  await heading(page, "Merge “Heads up camps” into another practice");
  await look(page);
  await main(page).getByRole("link", { name: "Heads Up Camp", exact: true }).click();
  await heading(page, "Merge “Heads up camps” into “Heads Up Camp”");
  await look(page);
  await press(page, "Merge them");
  await heading(page, "Heads Up Camp");
  await page.goto("/library/desk/links");
  await look(page);
}

describe.skipIf(!browser || !hubs)("in the browser", () => {
  if (!browser || !hubs) return;
  const walks = [
    { name: "with script, on a wide screen", hub: hubs[0], script: true, width: 1280, look: expectGoodPage },
    { name: "without script, on a phone", hub: hubs[1], script: false, width: 390, look: expectNarrowPage },
  ];

  test.each(walks)(
    "what somebody tells becomes an entry, $name",
    async ({ hub, script, width, look }) => {
      const sender = await visitAs(browser, hub, null, { script, width });
      const receipt = await tellOfPractice(sender.page, look, script);
      await correct(sender.page, look);
      const desk = await visitAs(browser, hub, "lena@demo.example", { script, width });
      await decide(desk.page, look);
      await sender.page.goto(receipt);
      await main(sender.page).getByText("It is in the library.").waitFor();
      await merge(desk.page, look);
      await sender.page.goto("/library/practices/heads-up-camps");
      await heading(sender.page, /is told elsewhere now/);
      expect([...sender.complaints, ...desk.complaints]).toEqual([]);
    },
    120_000,
  );
});
