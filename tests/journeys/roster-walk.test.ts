// Bringing in rosters through the browser, with and without script.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { projectFolder } from "../../src/platform/config/project-folder.ts";
import { expectGoodPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";
import { organizationOfCode } from "../support/visitors.ts";

const FOLDER = join(projectFolder, "tests/fixtures/rosters/a");

interface TruthFile {
  file: string;
  rows: { total: number; loaded: number; rejected: number; warned: number };
  by_code: Record<string, number>;
}
const truths = (JSON.parse(readFileSync(join(FOLDER, "truth.json"), "utf8")) as { files: TruthFile[] }).files;
const truthOf = (file: string): TruthFile => {
  const found = truths.find((one) => one.file === file);
  if (!found) throw new Error(`truth.json does not know ${file}`);
  return found;
};

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;

type File = string | { name: string; mimeType: string; buffer: Buffer };

/** From the list of rosters to the page of the new one. */
async function bringIn(page: Page, file: File, code: string): Promise<void> {
  await page.goto("/pathways/rosters");
  await page.getByRole("link", { name: "Bring in a roster" }).first().click();
  await page.getByLabel("The file").setInputFiles(typeof file === "string" ? join(FOLDER, file) : file);
  await page.getByLabel("Whose trainees are in it?").selectOption(code);
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.waitForURL(/\/pathways\/rosters\/[0-9a-f-]{36}$/);
}

/** Waits for the page's heading; where it does not come, says which one stands there. */
async function heading(page: Page, name: RegExp | string): Promise<void> {
  const wanted = page.getByRole("heading", { level: 1, name });
  await wanted
    .waitFor()
    .catch(async () =>
      expect(await page.locator("h1").allTextContents(), page.url()).toEqual([expect.stringMatching(name)]),
    );
}

/** What the hub knows of the roster that the page shows. */
async function storedRoster(page: Page): Promise<{
  state: string;
  outcome: {
    rows: unknown;
    byCode: unknown;
    changes: { new: number; changed: number; unchanged: number; missing: number };
  };
}> {
  const id = page.url().split("/").at(-1) ?? "";
  const row = await hub?.services.database.owner
    .selectFrom("pathways.roster")
    .select(["state", "outcome"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row as never;
}

async function expectTruth(page: Page, file: string): Promise<void> {
  const truth = truthOf(file);
  await heading(
    page,
    `${truth.rows.total} rows read. ${truth.rows.loaded} are ready, ${truth.rows.rejected} need you.`,
  );
  const { outcome } = await storedRoster(page);
  expect(outcome.rows).toEqual(truth.rows);
  expect(outcome.byCode).toEqual(truth.by_code);
}

/** The demonstration's report of the year is accepted for most; a correction opens it again. */
async function openForCorrection(code: string): Promise<void> {
  if (!hub) return;
  const reviewer = await hub.signIn("imani@demo.example");
  const answered = await hub.post(
    `/reports/${await organizationOfCode(hub, code)}/2024-25/correct`,
    { reason: "A roster came late." },
    reviewer,
  );
  expect(answered.status).toBe(303);
}

async function commit(page: Page, rows: number): Promise<void> {
  await page.getByRole("button", { name: `Commit ${rows} rows` }).click();
  await heading(page, `${rows} rows committed`);
}

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;

  test("an organization's lead brings in the file that is stored already, and nothing changes", async () => {
    const { page, complaints } = await visitAs(browser, hub, "ada@demo.example");
    await bringIn(page, "g01-oh-roster.csv", "G01");
    await expectTruth(page, "g01-oh-roster.csv");
    await expectGoodPage(page);
    expect((await storedRoster(page)).outcome.changes).toEqual({
      new: 0,
      changed: 0,
      unchanged: 52,
      missing: 0,
    });
    await page.getByRole("button", { name: "Put this file aside" }).click();
    await heading(page, /Rosters|roster/);
    expect(complaints).toEqual([]);
  });

  test("a changed and a missing row are shown before they are committed, archived only when ticked, and undone", async () => {
    const { page, complaints } = await visitAs(browser, hub, "ada@demo.example");
    const lines = readFileSync(join(FOLDER, "g01-oh-roster.csv"), "utf8").split("\n");
    const stored = await hub.services.database.owner
      .selectFrom("pathways.enrollment")
      .select(["id", "trainee_code", "site_name"])
      .where("grantee_code", "=", "G01")
      .where("site_name", "is not", null)
      .orderBy("id")
      .execute();
    const [changed, missing] = stored.filter(
      (row) => lines.filter((line) => line.includes(row.trainee_code)).length === 1,
    );
    if (!changed?.site_name || !missing) throw new Error("the fixture has no two rows to change");
    const site = changed.site_name;
    const edited = lines
      .filter((line) => !line.includes(missing.trainee_code))
      .map((line) =>
        line.includes(changed.trainee_code) ? line.replace(site, "Another Place Entirely") : line,
      );
    await bringIn(
      page,
      { name: "g01-edited.csv", mimeType: "text/csv", buffer: Buffer.from(edited.join("\n")) },
      "G01",
    );
    await heading(page, "59 rows read. 51 are ready, 8 need you.");
    expect((await storedRoster(page)).outcome.changes).toEqual({
      new: 0,
      changed: 1,
      unchanged: 50,
      missing: 1,
    });
    await page.getByText("Missing from this file: 1 row").click();
    await page.getByText(new RegExp(`^\\s*${missing.trainee_code}, `)).click();
    await page.getByText("Changed rows: 1").click();
    await page.getByText("Another Place Entirely").waitFor();
    await expectGoodPage(page);
    await commit(page, 51);
    await expectGoodPage(page);
    const read = () =>
      hub.services.database.owner
        .selectFrom("pathways.enrollment")
        .select(["id", "site_name", "archived_at"])
        .where("id", "in", [changed.id, missing.id])
        .orderBy("id")
        .execute();
    expect((await read()).map((row) => [row.site_name, row.archived_at !== null])).toEqual([
      ["Another Place Entirely", false],
      [missing.site_name, true],
    ]);
    await page.getByRole("button", { name: "Undo this import" }).click();
    await page.getByText("The import is undone").waitFor();
    expect((await read()).map((row) => [row.site_name, row.archived_at])).toEqual([
      [site, null],
      [missing.site_name, null],
    ]);
    expect(complaints).toEqual([]);
  });

  test("hub staff answer a text file's two questions, and get what is in it (G28)", async () => {
    const { page, complaints } = await visitAs(browser, hub, "theo@demo.example");
    await openForCorrection("G28");
    await bringIn(page, "g28-mn-roster.csv", "G28");
    await heading(page, "2 questions before the rows can be checked");
    await expectGoodPage(page);
    // Nothing is guessed: without answers the questions come again.
    await page.locator("form[action$='/answers']").evaluate((form) => form.setAttribute("novalidate", ""));
    await page.getByRole("button", { name: "Go on with these answers" }).click();
    await page.getByRole("alert").filter({ hasText: "Choose an answer" }).first().waitFor();
    await answer(page, 0, '"hours_muc"');
    await answer(page, 1, '"registered_apprenticeship"');
    await page.getByRole("button", { name: "Go on with these answers" }).click();
    await expectTruth(page, "g28-mn-roster.csv");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: /Download your file with these findings/ }).click();
    const text = readFileSync(await (await download).path(), "utf8");
    expect(text.split("\n")[0]).toMatch(/,Findings\s*$/);
    for (const code of Object.keys(truthOf("g28-mn-roster.csv").by_code)) expect(text).toContain(`(${code})`);
    await commit(page, 70);
    expect(complaints).toEqual([]);
  });

  test("a file of a year whose report is accepted is refused, until a correction is opened; then a workbook is read sheet by sheet (G19)", async () => {
    const { page, complaints } = await visitAs(browser, hub, "theo@demo.example");
    const read = async (): Promise<void> => {
      await bringIn(page, "g19-ct-roster.xlsx", "G19");
      await heading(page, "One question before the rows can be checked");
      for (const sheet of ["Fall cohort", "Spring cohort", "Summer cohort"])
        expect(await page.getByLabel(sheet, { exact: true }).isChecked()).toBe(true);
      await page.getByRole("button", { name: "Go on with these answers" }).click();
    };
    await read();
    await heading(page, "This file cannot be used as it is");
    await page.getByText("that year is closed").waitFor();
    await expectGoodPage(page);
    await openForCorrection("G19");
    await read();
    await expectTruth(page, "g19-ct-roster.xlsx");
    await commit(page, 92);
    expect(complaints).toEqual([]);
  });

  test("without script the walk goes as far: a file of an old spreadsheet with title rows (G05)", async () => {
    const { page } = await visitAs(browser, hub, "theo@demo.example", { script: false });
    await openForCorrection("G05");
    await bringIn(page, "g05-nm-roster.csv", "G05");
    // The page asks again by itself while the file is read.
    await expectTruth(page, "g05-nm-roster.csv");
    await commit(page, 60);
    await page.getByRole("button", { name: "Undo this import" }).click();
    await page.getByText("The import is undone").waitFor();
    expect((await storedRoster(page)).state).toBe("undone");
  });

  test("without script the questions are asked and answered too", async () => {
    const { page } = await visitAs(browser, hub, "theo@demo.example", { script: false });
    await bringIn(page, "g10-me-roster.csv", "G10");
    await heading(page, /questions? before the rows can be checked/);
    await page.getByRole("button", { name: "Put this file aside" }).click();
    await page.getByText("The file is put aside").waitFor();
  });

  test("a file that is no roster is refused, and the page says what to do", async () => {
    const { page, complaints } = await visitAs(browser, hub, "ada@demo.example");
    await bringIn(
      page,
      { name: "letter.csv", mimeType: "text/csv", buffer: Buffer.from("Dear Ada,\nhere is the roster.\n") },
      "G01",
    );
    await heading(page, "This file cannot be used as it is");
    await page.getByRole("heading", { name: "What to do" }).waitFor();
    await expectGoodPage(page);
    expect(complaints).toEqual([]);
  });
});

/** Answers a question by the value of its choice, be it a list to open or buttons. */
async function answer(page: Page, position: number, value: string): Promise<void> {
  const name = `answer-${position}`;
  const select = page.locator(`select[name="${name}"]`);
  if ((await select.count()) > 0) await select.selectOption(value);
  else
    await page
      .locator(
        `label[for="${await page.locator(`input[name="${name}"][value='${value}']`).getAttribute("id")}"]`,
      )
      .click();
}
