// Publishing a year through the browser, with and without script.
import { describe, expect, test } from "vitest";
import { expectGoodPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";
import { organizationOfCode } from "../support/visitors.ts";

const YEAR = "2024-25";
const HERE = `/reports/portfolio/${YEAR}/publishing`;

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;

/** Something to publish: a report is corrected and accepted again. */
async function correct(code: string): Promise<void> {
  if (!hub) return;
  const imani = await hub.signIn("imani@demo.example");
  const report = `/reports/${await organizationOfCode(hub, code)}/${YEAR}`;
  for (const [step, form] of [
    ["correct", { reason: "A closer look" }],
    ["submit", {}],
    ["accept", {}],
  ] as const)
    expect((await hub.post(`${report}/${step}`, form, imani)).status).toBe(303);
}

/** How the work stands, whatever it is. */
async function pretend(state: "publishing" | "failed", progress: object, outcome: object): Promise<void> {
  await hub?.services.database.ownerPool.query(
    "update reports.publication set state = $1, progress = $2, outcome = $3, updated_at = now()",
    [state, JSON.stringify(progress), JSON.stringify(outcome)],
  );
}

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;

  test("a reviewer publishes, watches the work, and reads what the public sees", async () => {
    await correct("G02");
    const { page, complaints } = await visitAs(browser, hub, "imani@demo.example");
    await page.goto(`/reports?year=${YEAR}`);
    await page.getByRole("button", { name: "Publish a new release" }).click();
    await page.waitForURL(`**${HERE}`);
    await page.getByRole("heading", { level: 1, name: `Release 2 of ${YEAR} is published` }).waitFor();
    await expectGoodPage(page);
    await page.getByRole("link", { name: "See what the public sees" }).click();
    await page.getByText(`Release 2, published`).waitFor();
    expect(complaints).toEqual([]);
  });

  test("while the work goes on, and where it broke off, the page is good to use, to hear and to read", async () => {
    const { page, complaints } = await visitAs(browser, hub, "imani@demo.example");
    await pretend("publishing", { step: "checking", done: 512, total: 961 }, {});
    await page.goto(HERE);
    await page.getByText("512 of 961").waitFor();
    await expectGoodPage(page);
    await pretend("failed", {}, { reason: "The work broke off." });
    // The page finds out by itself.
    await page.getByRole("heading", { level: 1, name: /could not be published/ }).waitFor();
    await expectGoodPage(page);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("heading", { level: 1, name: `Release 2 of ${YEAR} is published` }).waitFor();
    await page.getByText("Nothing had changed since release 2").waitFor();
    await expectGoodPage(page);
    expect(complaints).toEqual([]);
  });

  test("without script the page asks again by itself, and ends with the release", async () => {
    await correct("G03");
    const { page } = await visitAs(browser, hub, "marisol@demo.example", { script: false, width: 320 });
    await page.goto(`/reports?year=${YEAR}`);
    await page.getByRole("button", { name: "Publish a new release" }).click();
    await page.waitForURL(`**${HERE}`);
    await page.getByRole("heading", { level: 1, name: `Release 3 of ${YEAR} is published` }).waitFor();
  });
});
