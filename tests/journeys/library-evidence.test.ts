// A rating through the browser: a librarian asks, two answer, one of them without script, and everybody reads it.

import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectGoodPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";
import { openRatingDesk } from "../support/rating-desk.ts";

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;

/** Presses the choice that a question's words and an answer's words name. */
const choose = (page: Page, question: string, answer: string): Promise<void> =>
  page.getByRole("group", { name: question }).getByText(answer, { exact: true }).click();

async function answerAllQuestions(page: Page): Promise<void> {
  await choose(page, "What is the best design", "A randomized trial");
  await choose(page, "How many studies have this design?", "Two");
  await choose(page, "What did they find", "It makes no difference");
  await choose(page, "How much do the studies agree?", "They agree");
  await choose(page, "In how many places", "More than one");
  await choose(page, "Do recognized experts", "No, or not known");
  await page.getByRole("button", { name: "See what the rubric proposes" }).click();
  await page.getByRole("heading", { name: "The rubric proposes: Evidence of Ineffectiveness" }).waitFor();
}

async function sendAnswer(page: Page, reason: string): Promise<void> {
  await page.getByLabel("Your reasons").fill(reason);
  await page.getByRole("button", { name: "Send my answer" }).click();
}

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;

  /** The practice that all of this is about. */
  let path = "";

  test("a librarian adds evidence that a practice makes no difference, and asks two for a rating", async () => {
    const desk = await openRatingDesk(hub);
    path = await desk.addPractice("Mugs with the logo");
    const librarian = await visitAs(browser, hub, "lena@demo.example");
    await librarian.page.goto(path);
    await librarian.page.getByRole("link", { name: "Add evidence" }).click();
    await librarian.page.getByRole("button", { name: "Add it" }).click();
    await librarian.page.getByText("Name the source: nothing is evidence without one.").first().waitFor();
    await expectGoodPage(librarian.page);
    await librarian.page.getByLabel("What was measured or watched").fill("Staff who stay a year");
    await choose(librarian.page, "What it found for the practice", "It makes no difference");
    await choose(librarian.page, "What it is", "Study");
    await choose(librarian.page, "Design", "Randomized trial");
    await librarian.page.getByLabel("Title").fill("Two made-up trials of mugs");
    await librarian.page.getByRole("button", { name: "Add it" }).click();
    await librarian.page.getByRole("heading", { name: /Found to make no difference/ }).waitFor();
    await librarian.page.getByRole("link", { name: "Ask for a rating" }).click();
    await librarian.page.getByLabel("First reviewer").selectOption({ label: "Imani Okafor" });
    await librarian.page.getByLabel("Second reviewer").selectOption({ label: "Theo Brandt" });
    await expectGoodPage(librarian.page);
    await librarian.page.getByRole("button", { name: "Ask both" }).click();
    await librarian.page.getByText("Both are asked.").waitFor();
    expect(librarian.complaints).toEqual([]);
  });

  test("the two answer without seeing each other, one of them without script, and the practice is rated", async () => {
    const first = await visitAs(browser, hub, "imani@demo.example");
    await first.page.goto("/library");
    await first.page.getByRole("link", { name: "Ratings", exact: true }).click();
    await first.page.getByRole("heading", { level: 1, name: "One rating waits for you" }).waitFor();
    await expectGoodPage(first.page);
    await first.page.getByRole("link", { name: "Mugs with the logo" }).first().click();
    await answerAllQuestions(first.page);
    await expectGoodPage(first.page);
    await sendAnswer(first.page, "Two good trials find nothing.");
    await first.page.getByText("You can read the other one when it is in too.").first().waitFor();

    const second = await visitAs(browser, hub, "theo@demo.example", { script: false, width: 390 });
    await second.page.goto("/library/desk/ratings");
    await second.page.getByRole("link", { name: "Mugs with the logo" }).first().click();
    expect(await second.page.content()).not.toContain("Two good trials find nothing.");
    await answerAllQuestions(second.page);
    await sendAnswer(second.page, "Mugs keep nobody.");
    await second.page.getByText("Your answer is in, and the practice is rated.").waitFor();
    expect(first.complaints).toEqual([]);
  });

  test("everybody reads that it does not work, how that was found, and how practices are rated, in both languages", async () => {
    const reader = await visitAs(browser, hub, null);
    await reader.page.goto(path);
    await reader.page.getByText("Evidence that it does not work").first().waitFor();
    await reader.page.getByText("Both came to this level without seeing each other's answers.").waitFor();
    await reader.page.getByText("Mugs keep nobody.").waitFor();
    await expectGoodPage(reader.page);
    await reader.page.getByRole("link", { name: "How we rate practices" }).click();
    await reader.page.getByRole("heading", { level: 1, name: "How we rate practices" }).waitFor();
    await expectGoodPage(reader.page);
    await reader.page.getByRole("link", { name: "Español" }).click();
    await reader.page.getByRole("heading", { level: 1, name: "Cómo calificamos las prácticas" }).waitFor();
    expect(reader.complaints).toEqual([]);
  });
});
