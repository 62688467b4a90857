// From the invitation in the mail to signing in with each factor, with script and without.
import type { Page } from "playwright-core";
import { describe, expect, test } from "vitest";
import {
  expectAccessible,
  expectGoodPage,
  expectNarrowPage,
  openBrowser,
  openLiveHub,
  visitAs,
} from "../support/browser.ts";
import { addPersonTo, FIRST_PASSWORD, hubOrganizationId, linkIn } from "../support/people.ts";
import { codeAt, keyOn } from "../support/second-factor.ts";

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string): Promise<void> => main(page).getByRole("button", { name }).click();

/** A device with a finger that is always right. */
async function plugIn(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("WebAuthn.enable");
  await session.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2",
      transport: "internal",
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  });
}

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub) return;
  const invite = async (email: string): Promise<string> => {
    const administrator = await hub.signIn("marisol@demo.example");
    const person = { name: "Noor Invited", email, role: "hub_staff", password: "" };
    await addPersonTo(hub, administrator, await hubOrganizationId(hub), person);
    return linkIn(hub, email);
  };
  const pathOf = (page: Page): string => new URL(page.url()).pathname;

  /** From the link in the mail to the first page of work. @returns the key of the authenticator. */
  async function comeIn(page: Page, link: string, look: (page: Page) => Promise<void>): Promise<string> {
    await page.goto(link);
    await look(page);
    await page.getByLabel("Choose a password").fill(FIRST_PASSWORD);
    await press(page, "Save it and go in");
    await page.waitForURL("**/account/second-factor?**");
    await look(page);
    const key = keyOn(await page.content());
    await page.getByLabel("Code").fill("000000");
    await press(page, "Check the code");
    await main(page).getByText("This code is not right").first().waitFor();
    await page.getByLabel("Code").fill(codeAt(key, new Date()));
    await press(page, "Check the code");
    await main(page).getByText("Keep these recovery codes").waitFor();
    expect(await main(page).locator(".codes code").count()).toBe(10);
    await look(page);
    await main(page).getByRole("link", { name: "I have kept them" }).click();
    await page.waitForURL("**/work");
    return key;
  }

  test("hub staff come in by invitation, set up the second factor, add a passkey and sign in with it", async () => {
    const link = await invite("noor@hub.example");
    const { page, complaints } = await visitAs(browser, hub, null);
    // Passkeys are for names, not for numbers.
    const site = hub.address.replace("127.0.0.1", "localhost");
    await comeIn(page, `${site}${link}`, expectGoodPage);
    await page.goto(`${site}/account`);
    await expectGoodPage(page);
    await plugIn(page);
    await page.getByLabel("What you call it").fill("Work laptop");
    await press(page, "Add a passkey");
    await page.getByText("The passkey is added.").waitFor();
    await page.context().clearCookies();

    await page.goto(`${site}/sign-in`);
    await expectAccessible(page);
    await press(page, "Sign in with a passkey");
    await page.waitForURL("**/work");
    await page.goto(`${site}/account`);
    await main(page).getByText("last used").waitFor();
    await main(page).getByRole("button", { name: "Remove Work laptop" }).click();
    await page.getByText("The passkey is taken off your account.").waitFor();
    await page.context().clearCookies();

    await page.goto(`${site}/sign-in`);
    await press(page, "Sign in with a passkey");
    await main(page).getByText("The passkey was not accepted").waitFor();
    await expectGoodPage(page);
    expect(complaints).toEqual([]);
  }, 180_000);

  test("the same without script: invitation, second factor, signing in again, and a link by mail", async () => {
    const email = "noor.plain@hub.example";
    const link = await invite(email);
    const { page, complaints } = await visitAs(browser, hub, null, { script: false, width: 390 });
    const key = await comeIn(page, link, expectNarrowPage);
    await page.goto("/account");
    await expectNarrowPage(page);
    expect(await main(page).getByRole("button", { name: "Add a passkey" }).count()).toBe(0);
    await page.context().clearCookies();

    await page.goto("/sign-in?to=/directory/organizations");
    expect(await main(page).getByRole("button", { name: "Sign in with a passkey" }).count()).toBe(0);
    await page.getByLabel("E-mail", { exact: true }).fill(email);
    await page.getByLabel("Password", { exact: true }).fill(FIRST_PASSWORD);
    await main(page).getByRole("button", { name: "Sign in", exact: true }).click();
    await main(page).getByText("One more step").waitFor();
    await expectNarrowPage(page);
    // A code works once: this is the one after the one that set it up.
    await page.getByLabel("Code").fill(codeAt(key, new Date(Date.now() + 30_000)));
    await press(page, "Go on");
    await page.waitForURL("**/directory/organizations");
    await page.context().clearCookies();

    await page.goto("/sign-in");
    await main(page).getByRole("link", { name: "Send me a link by e-mail" }).click();
    await expectNarrowPage(page);
    await page.getByLabel("E-mail", { exact: true }).fill(email);
    await press(page, "Send me a link");
    await main(page).getByText("Look into your mail").waitFor();
    await expect
      .poll(() => linkIn(hub, email).catch(() => ""), { timeout: 10_000 })
      .toContain("/sign-in/link/");
    await page.goto(await linkIn(hub, email));
    await expectNarrowPage(page);
    await press(page, "Sign in");
    await main(page).getByText("One more step").waitFor();
    expect(pathOf(page)).toBe("/sign-in/second-factor");
    expect(complaints).toEqual([]);
  }, 120_000);
});
