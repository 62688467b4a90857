// A reader follows a list of the library by mail, takes an entry along, and leaves again; with and without script.
import { afterAll, describe, expect, test } from "vitest";
import { expectGoodPage, expectNarrowPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";
import { startMailServer } from "../support/mail-server.ts";

const browser = await openBrowser();
const server = await startMailServer();
afterAll(() => server.close());
const hub = browser
  ? await openLiveHub({
      config: {
        TRELLIS_SMTP_URL: `smtp://127.0.0.1:${server.port}`,
        TRELLIS_MAIL_FROM: "hub@trellis.example",
      },
    })
  : null;

/** The page that the mail to an address leads to, once it has come. */
async function linkMailedTo(address: string): Promise<string> {
  const link = (): string | undefined =>
    /http\S+(\/library\/follow\/confirm\/\S+)/.exec(
      server.received.find(({ to }) => to.includes(address))?.text ?? "",
    )?.[1];
  await expect.poll(link, { timeout: 20_000 }).toBeTruthy();
  return link() ?? "";
}

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;

  for (const script of [true, false])
    test(`a reader ${script ? "with" : "without"} script follows a list, after mistyping the address, and reads an entry that can be cited`, async () => {
      const { page, complaints } = await visitAs(browser, hub, null, { script });
      const expectGood = script ? expectGoodPage : expectNarrowPage;
      const address = `reader.${script ? "with" : "without"}@example.org`;
      // The log of a journey is searched for who signs in: this one looks at the page.
      await page.goto("/sign-in");
      await page.goto("/library/states/WI");
      await page.getByText("Get an e-mail when this list changes").click();
      await expectGood(page);
      await page.getByRole("textbox", { name: "E-mail" }).fill("reader");
      await page.getByRole("button", { name: "Send me the link" }).click();
      await page.getByRole("heading", { level: 1, name: /list changes: Wisconsin/ }).waitFor();
      expect(await page.getByRole("textbox", { name: "E-mail" }).inputValue()).toBe("reader");
      await expectGood(page);
      await page.getByRole("textbox", { name: "E-mail" }).fill(address);
      await page.getByRole("button", { name: "Send me the link" }).click();
      await page.getByRole("heading", { level: 1, name: "Look into your mail" }).waitFor();
      await expectGood(page);
      await page.goto(await linkMailedTo(address));
      await expectGood(page);
      await page.getByRole("button", { name: "Yes, send me the e-mails" }).click();
      await page.getByRole("heading", { level: 1, name: "You follow this list" }).waitFor();
      await expectGood(page);
      await page.getByRole("link", { name: "To the list" }).click();
      await page.getByRole("link", { name: "Club Scrub" }).click();
      await page.getByRole("heading", { name: "Cite this entry" }).waitFor();
      await expectGood(page);
      const download = page.waitForEvent("download");
      await page.getByRole("link", { name: "RIS file" }).click();
      expect((await download).suggestedFilename()).toBe("club-scrub-wisconsin.ris");
      // Blocks of data are no scripts: the policy against those within pages has nothing to say of them.
      expect(complaints).toEqual([]);
    });
});
