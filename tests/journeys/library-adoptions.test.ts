// An organization's lead takes a practice up, tells everybody, and ends it; a worker reads along, without script on a phone.
import { describe, expect, test } from "vitest";
import { expectGoodPage, expectNarrowPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;
const PRACTICE = "/library/practices/club-scrub-wisconsin";

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;

  test("a lead writes down what they use, allows everybody to read it, and tells that it did not work", async () => {
    const lead = await visitAs(browser, hub, "ada@demo.example");
    const { page } = lead;
    await page.goto(PRACTICE);
    await page.getByRole("link", { name: "We use this" }).click();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("Choose how far it is.").first().waitFor();
    await expectGoodPage(page);
    await page.getByRole("group", { name: "How far is it?" }).getByText("In use").click();
    await page.getByLabel("Since").fill("2023-09-01");
    await page.getByLabel("What do you take on?").fill("The afternoons at the clinic");
    await page.getByLabel("What do you change, and why?").fill("We go by bus, for the roads");
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("It is written down.").waitFor();
    await expectGoodPage(page);
    await page.getByRole("link", { name: "Let everybody read it" }).click();
    await page.getByRole("heading", { level: 1, name: "Let everybody read it?" }).waitFor();
    await expectGoodPage(page);
    await page.getByRole("button", { name: "Let everybody read it" }).click();
    await page.getByText("Everybody can read it now.").waitFor();
    await page.getByRole("link", { name: "End it" }).click();
    await page.getByText("It did not work here", { exact: true }).click();
    await page.getByLabel("In your own words").fill("The bus came twice.");
    await expectGoodPage(page);
    await page.getByRole("button", { name: "End it" }).click();
    await page.getByText("It is saved.").waitFor();

    const worker = await visitAs(browser, hub, "june@demo.example", { script: false, width: 390 });
    await worker.page.goto("/library");
    await worker.page.getByRole("link", { name: "Practices that we use" }).click();
    await worker.page.getByRole("heading", { level: 1, name: "Practices that we use" }).waitFor();
    await expectNarrowPage(worker.page);
    await worker.page.getByRole("link", { name: /Club Scrub/ }).click();
    await worker.page.getByText("The bus came twice.").waitFor();
    expect(await worker.page.getByRole("link", { name: "Change" }).count()).toBe(0);

    const reader = await visitAs(browser, hub, null, { width: 390 });
    await reader.page.goto(`/es${PRACTICE}`);
    await reader.page.getByRole("heading", { name: "Quién la ha probado" }).waitFor();
    await reader.page.getByText("Aquí no funcionó").waitFor();
    await expectGoodPage(reader.page);

    await page.getByRole("button", { name: "Show it no more" }).click();
    await page.getByText("It is not shown to everybody any more.").waitFor();
    await reader.page.goto(PRACTICE);
    await reader.page.getByText("1 organization uses it or has used it. It is not named here.").waitFor();
    for (const { complaints } of [lead, worker, reader]) expect(complaints).toEqual([]);
  });
});
