// A reader of the public site in Spanish, in a browser, with and without script.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import { expectGoodPage, expectNarrowPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";

const YEAR = "2024-25";

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;

const heading = (page: Page, name: string | RegExp): Promise<void> =>
  page.getByRole("heading", { level: 1, name }).waitFor();

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;

  for (const script of [true, false])
    test(`a reader ${script ? "with" : "without"} script goes to Spanish, reads the results, the data and about the hub, and comes back`, async () => {
      const { page, complaints } = await visitAs(browser, hub, null, { script });
      // Axe runs in the page, so it needs script.
      const expectGood = script ? expectGoodPage : expectNarrowPage;
      await page.goto("/");
      await page.getByRole("link", { name: "Español" }).click();
      await page.waitForURL("**/es");
      await heading(page, /Ayúdelas a crecer/);
      expect(await page.locator("html").getAttribute("lang")).toBe("es");
      await expectGood(page);

      const menu = page.getByRole("navigation", { name: "Principal" });
      await menu.getByRole("link", { name: "Resultados" }).click();
      await page.waitForURL("**/es/results");
      await expectGood(page);
      await page.getByRole("link", { name: `El año ${YEAR}` }).click();
      await heading(page, /personas formadas/);
      await page.getByText("Lo mismo en una tabla").first().click();
      await page.getByRole("rowheader", { name: "Aprendizaje registrado" }).waitFor();
      await expectGood(page);

      await menu.getByRole("link", { name: "Datos" }).click();
      await heading(page, "Datos abiertos");
      await expectGood(page);
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: `Resultados de ${YEAR} en CSV` }).click();
      expect((await download).suggestedFilename()).toBe(`results-${YEAR}.csv`);

      await menu.getByRole("link", { name: "Acerca de" }).click();
      await heading(page, "Acerca de este centro");
      await expectGood(page);
      await page.getByRole("link", { name: "English" }).click();
      await page.waitForURL("**/about");
      await heading(page, "About this hub");
      expect(await page.locator("html").getAttribute("lang")).toBe("en");
      await expectGood(page);
      expect(complaints).toEqual([]);
    });

  test("who mistypes the password reads in Spanish what to do, and gets in", async () => {
    const { page, complaints } = await visitAs(browser, hub, null, { width: 320 });
    await page.goto("/es/sign-in");
    await expectGoodPage(page);
    await page.getByLabel("Correo electrónico", { exact: true }).fill("ada@demo.example");
    await page.getByLabel("Contraseña", { exact: true }).fill("trellis-crece-aquí");
    const send = page.getByRole("main").getByRole("button", { name: "Iniciar sesión", exact: true });
    await send.click();
    await page.getByRole("alert").getByText("Hay algo que corregir").waitFor();
    await expectGoodPage(page);
    expect(new URL(page.url()).pathname).toBe("/es/sign-in");
    await page.getByLabel("Contraseña", { exact: true }).fill("trellis-grows-here");
    await send.click();
    await page.waitForURL("**/work");
    expect(complaints).toEqual([]);
  });
});
