// A recording through the browser: a librarian brings it in with its captions, and people find what is said and hear it.
import { describe, expect, test } from "vitest";
import { expectGoodPage, openBrowser, openLiveHub, visitAs } from "../support/browser.ts";
import { mp3, pdf } from "../support/material-files.ts";

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;
const PATH = "/library/materials/a-talk-on-lanterns";

const CAPTIONS =
  "WEBVTT\n\n00:05.000 --> 00:09.000\nWelcome, everybody.\n\n01:33.000 --> 01:36.500\nPeers carry lanterns.\n";

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;

  test("a librarian describes a recording, brings it in, mends its captions, and offers it", async () => {
    const { page, complaints } = await visitAs(browser, hub, "lena@demo.example");
    await page.goto("/library/desk/materials");
    await page.getByRole("link", { name: "Add a material" }).click();
    await page.getByLabel("Title").fill("A talk on lanterns");
    await page.getByLabel("Kind").selectOption({ label: "Recording" });
    await page.getByRole("button", { name: /Save as a draft/ }).click();
    await page.getByText("Say in a few sentences what it is").first().waitFor();
    await expectGoodPage(page);
    await page.getByLabel("What it is, and for whom").fill("For peers who begin.");
    await page.getByLabel("License").selectOption({ label: "Creative Commons Attribution 4.0" });
    await page.getByRole("button", { name: /Save as a draft/ }).click();
    await page
      .getByLabel(/^File/)
      .setInputFiles({ name: "talk.mp3", mimeType: "audio/mpeg", buffer: Buffer.from(mp3(120)) });
    await page.getByLabel("Where does it come from?").fill("Recorded at the meeting");
    await expectGoodPage(page);
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("link", { name: "Captions" }).click();
    const captions = page.getByLabel("Caption file");
    const choose = (text: string) =>
      captions.setInputFiles({ name: "talk.vtt", mimeType: "text/vtt", buffer: Buffer.from(text) });
    await choose(CAPTIONS.replace("01:33.000 -->", "01:33 -->"));
    await page.getByRole("button", { name: "Save the captions" }).click();
    await page.getByText("Line 6: The times cannot be read.").first().waitFor();
    await expectGoodPage(page);
    await choose(CAPTIONS);
    await page.getByRole("button", { name: "Save the captions" }).click();
    await page.getByText("2 captions are saved.").waitFor();
    await page.getByRole("link", { name: "Back to the material" }).click();
    await page.getByRole("button", { name: "Publish" }).click();
    await page.getByText("The material is in the library.").waitFor();
    expect(complaints).toEqual([]);
  });

  test("somebody finds what is said, lands at its place, and hears it from there", async () => {
    const { page, complaints } = await visitAs(browser, hub, null);
    await page.goto("/library/materials");
    await page.getByRole("searchbox").fill("lanterms");
    await page.getByRole("button", { name: "Search", exact: true }).click();
    await page.getByText("is not a word of the library").waitFor();
    await expectGoodPage(page);
    await page.getByRole("link", { name: /1:33/ }).click();
    await page.waitForURL(`**${PATH}#t=93`);
    const time = (): Promise<number> =>
      page.locator("audio").evaluate((player) => (player as unknown as { currentTime: number }).currentTime);
    await page.locator("li:target", { hasText: "Peers carry lanterns." }).waitFor();
    expect(await time()).toBe(93);
    await expectGoodPage(page);
    await page.getByRole("link", { name: "From 0:05" }).click();
    await page.locator('li[aria-current="true"]', { hasText: "Welcome" }).waitFor();
    expect(await time()).toBeGreaterThanOrEqual(5);
    expect(await time()).toBeLessThan(60);
    const tracks = await page
      .locator("audio")
      .evaluate((player) =>
        [...(player as unknown as { textTracks: Iterable<{ kind: string; label: string }> }).textTracks].map(
          ({ kind, label }) => `${kind} ${label}`,
        ),
      );
    expect(tracks).toEqual(["captions English"]);
    expect(complaints).toEqual([]);
  });

  test("without script a time opens the recording from there, and a PDF on a phone is a button and a picture", async () => {
    const { page } = await visitAs(browser, hub, "marisol@demo.example", { script: false, width: 320 });
    await page.goto(PATH);
    const time = page.getByRole("link", { name: "From 1:33" });
    expect(await time.getAttribute("href")).toBe(`${PATH}/file/1#t=93`);
    await time.click();
    await page.waitForURL(`**${PATH}/file/1#t=93`);
    expect(await page.locator("video, audio").count()).toBe(1);
    await page.goto("/library/desk/materials/new?practice=club-scrub-wisconsin");
    await page.getByLabel("Title").fill("A handbook");
    await page.getByLabel("What it is, and for whom").fill("For supervisors.");
    await page.getByLabel("Kind").selectOption({ label: "Document" });
    await page.getByLabel("License").selectOption({ label: "Creative Commons Attribution 4.0" });
    await page.getByRole("button", { name: /Save as a draft/ }).click();
    await page.getByLabel(/^File/).setInputFiles({
      name: "a.pdf",
      mimeType: "application/pdf",
      buffer: Buffer.from(pdf("Reflective supervision")),
    });
    await page.getByLabel("Where does it come from?").fill("Written here");
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByRole("button", { name: "Publish" }).click();
    const picture = page.getByRole("img", { name: "First page of “A handbook”" });
    for (let attempt = 0; attempt < 40 && (await picture.count()) === 0; attempt += 1) {
      await page.waitForTimeout(250);
      await page.reload();
    }
    expect(
      await picture.evaluate((shown) => (shown as unknown as { naturalWidth: number }).naturalWidth),
    ).toBe(400);
    await page.getByRole("link", { name: /^Download \(PDF/ }).waitFor();
    await page.goto("/library/practices/club-scrub-wisconsin");
    await page.getByRole("link", { name: "A handbook" }).waitFor();
  });
});
