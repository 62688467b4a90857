// A reader who finds a practice and a way into the work, and a librarian who writes one, in a browser.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  expectGoodPage,
  expectNarrowPage,
  openBrowser,
  openLiveHub,
  signInOn,
  visitAs,
} from "../support/browser.ts";

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;

const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;

  for (const script of [true, false])
    test(`a reader ${script ? "with" : "without"} script finds practices by state, by filter and by a mistyped word, and compares two`, async () => {
      const { page, complaints } = await visitAs(browser, hub, null, { script, width: 390 });
      // Axe runs in the page, so it needs script.
      const expectGood = script ? expectGoodPage : expectNarrowPage;
      await page.goto("/library");
      await heading(page, /What has been tried/);
      await expectGood(page);
      await page.getByRole("link", { name: "Montana" }).click();
      await heading(page, "Montana: 2 practices");
      await page.setViewportSize({ width: 390, height: 900 });
      await page.getByText("Filters (1 chosen)").click();
      await page.getByRole("link", { name: /^High school 1$/ }).click();
      await heading(page, "1 practice");
      await page.getByRole("link", { name: "Heads Up Camp" }).click();
      await heading(page, "Heads Up Camp");
      await expectGood(page);

      await page.goto("/library/practices");
      await page.getByRole("searchbox").fill("scholrships");
      await page.getByRole("button", { name: "Search" }).click();
      await page.getByText("is not a word of the library").waitFor();
      await page.getByRole("checkbox", { name: /Compare.* HB 2949/ }).check();
      await page.getByRole("checkbox", { name: /Compare.* Aspirus/ }).check();
      await expectGood(page);
      await page.getByRole("button", { name: "Compare the chosen" }).click();
      await heading(page, "2 practices side by side");
      await expectGood(page);
      expect(complaints).toEqual([]);
    });

  test("a student asks for the ways from high school in Nebraska, and reads one to its end", async () => {
    const { page, complaints } = await visitAs(browser, hub, null, { width: 320 });
    await page.goto("/careers");
    await page.getByLabel("Which state?").selectOption("NE");
    await page.getByRole("button", { name: "Show the ways" }).click();
    await page.getByRole("heading", { name: "From high school in Nebraska: 14 kinds of work" }).waitFor();
    await expectGoodPage(page);
    await page.getByRole("link", { name: "Substance use counselor" }).click();
    await heading(page, "Substance use counselor");
    await page.getByRole("heading", { name: "Paid while you learn" }).waitFor();
    await expectGoodPage(page);
    expect(complaints).toEqual([]);
  });

  for (const script of [true, false])
    test(`a librarian ${script ? "with" : "without"} script writes a practice, mends a mistake, publishes and changes it`, async () => {
      const { page, complaints } = await visitAs(browser, hub, null, { script });
      const expectGood = script ? expectGoodPage : expectNarrowPage;
      const title = `Night school for aides ${script ? "with" : "without"} script`;
      await page.goto("/sign-in");
      await signInOn(page, "lena@demo.example");
      await page.goto("/library/desk");
      await expectGood(page);
      await page.getByRole("link", { name: "Add a practice" }).click();
      await page.getByLabel("Title", { exact: true }).first().fill(title);
      await page.getByLabel("Where does this come from?").fill("Told at the monthly call");
      await page.getByRole("button", { name: "Save as a draft" }).click();
      await page.getByRole("alert").getByText("One thing to mend").waitFor();
      await expectGood(page);
      await page
        .getByLabel("In one or two sentences")
        .fill("Aides study in the evening and are paid for it.");
      await page.getByText(/^State \(0\)$/).click();
      await page.getByLabel("Nebraska").check();
      await page.getByRole("button", { name: "Save as a draft" }).click();
      await heading(page, title);
      await page.getByText("Draft: only the hub sees it").waitFor();
      await page.getByRole("button", { name: "Publish" }).click();
      await page.getByText("The practice is in the library.").waitFor();
      await page.getByRole("link", { name: "Edit", exact: true }).click();
      await expectGood(page);
      await page.getByLabel("In one or two sentences").fill("Aides study twice a week and are paid for it.");
      await page.getByLabel("Why do you change it?").fill("They meet twice a week");
      await page.getByRole("button", { name: "Save and publish" }).click();
      await page.getByRole("link", { name: "History of changes" }).click();
      await page.getByText("They meet twice a week").waitFor();
      await expectGood(page);
      expect(complaints).toEqual([]);
    });
});
