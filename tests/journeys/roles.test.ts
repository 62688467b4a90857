// Each role through its pages: what it comes for, on a telephone and on a desk, with and without script.
import { describe, expect, test } from "vitest";
import { demoPassword } from "../../src/app/demo/demo-people.ts";
import { routes } from "../../src/app/modules.ts";
import {
  expectGoodPage,
  expectNarrowPage,
  expectNoSidewaysScroll,
  openBrowser,
  openLiveHub,
  visitAs,
} from "../support/browser.ts";
import { fillPath, findRowIds, mayVisit, organizationOfCode, signInVisitors } from "../support/visitors.ts";

const browser = await openBrowser();
const hub = browser ? await openLiveHub() : null;
const visitors = hub ? await signInVisitors(hub) : [];
const ofLead = hub ? await findRowIds(hub, await organizationOfCode(hub, "G01")) : null;

/** Pages that axe has been through. */
const heard = new Set<string>();

/** Parts of a page and files: no pages of their own. */
const noPage = /^\/api\/v1\/|\/(progress|annotated|options|file|feed\.atom|oai|similar)$/;

/** The public pages are the same for everybody, but for what those may do in the library who keep it. */
const seesOwnKindOf = (name: string, route: { who: unknown; path: string }): boolean =>
  route.who !== "public" ||
  name === "anonymous" ||
  (name === "administrator" && route.path.startsWith("/library"));

describe.skipIf(!browser || !hub)("in the browser", () => {
  if (!browser || !hub || !ofLead) return;

  test.each([
    "anonymous",
    "administrator",
    "hub_staff evaluator",
    "organization_lead",
    "supervisor",
    "worker",
    "partner",
  ])(
    "every page of the %s is good to use, to hear and to read",
    async (name) => {
      const visitor = visitors.find((one) => one.name === name);
      if (!visitor) throw new Error(`nobody is ${name}`);
      const { page, complaints } = await visitAs(browser, hub, visitor.email);
      const ids =
        visitor.actor.kind === "person" && !visitor.ofHub
          ? await findRowIds(hub, visitor.actor.organizationId)
          : ofLead;
      const pages = routes.filter(
        (route) =>
          route.method === "GET" &&
          mayVisit(route, visitor) &&
          !noPage.test(route.path) &&
          seesOwnKindOf(name, route),
      );
      expect(pages.length).toBeGreaterThan(2);
      const problems: string[] = [];
      for (const route of pages) {
        const answer = await page.goto(fillPath(route.path, ids));
        // The pages for what is not there and not allowed are pages too.
        expect([200, 403, 404, 409], route.path).toContain(answer?.status());
        // A page that another role was shown is as good to hear and to read; what it holds may still be too wide.
        const check =
          route.path === "/work" || !heard.has(route.path) ? expectGoodPage(page) : expectNarrowPage(page);
        heard.add(route.path);
        await check.catch((problem: unknown) =>
          problems.push(problem instanceof Error ? problem.message : String(problem)),
        );
      }
      expect(problems).toEqual([]);
      expect(complaints).toEqual([]);
    },
    600_000,
  );

  test("one signs in with the keyboard alone", async () => {
    const { page } = await visitAs(browser, hub, null);
    await page.goto("/sign-in");
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toMatch(/^\s*Skip/);
    await page.keyboard.press("Enter");
    const focused = (): Promise<string | null> => page.locator(":focus").getAttribute("name");
    for (let presses = 0; presses < 10 && (await focused()) !== "email"; presses++)
      await page.keyboard.press("Tab");
    expect(await focused()).toBe("email");
    await page.keyboard.type("ada@demo.example");
    for (let presses = 0; presses < 3 && (await focused()) !== "password"; presses++)
      await page.keyboard.press("Tab");
    await page.keyboard.type(demoPassword);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/work");
    expect(await page.getByText("Ada Rivers").count()).toBeGreaterThan(0);
  });

  test("a refused sign-in says so where the focus is, and keeps the e-mail", async () => {
    const { page } = await visitAs(browser, hub, null);
    await page.goto("/sign-in");
    await page.getByLabel("E-mail", { exact: true }).fill("ada@demo.example");
    await page.getByLabel("Password", { exact: true }).fill("a wrong password");
    await page.keyboard.press("Enter");
    await page.getByText("The e-mail or the password is not right").first().waitFor();
    expect(await page.getByLabel("E-mail", { exact: true }).inputValue()).toBe("ada@demo.example");
    await expectGoodPage(page);
  });

  test("an administrator adds an organization and a person, who signs in", async () => {
    const { page, complaints } = await visitAs(browser, hub, "marisol@demo.example");
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Organizations" }).click();
    await page.getByRole("link", { name: "Add an organization" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Quillback Clinic");
    await page.getByRole("main").getByRole("button", { name: "Add the organization" }).click();
    // The browser, or the hub, asks for the type.
    expect(page.url()).toContain("/directory/organizations");
    await page.getByLabel("Type", { exact: true }).selectOption("other");
    await page.getByLabel(/Grantee code/).fill("Q77");
    await page.getByRole("main").getByRole("button", { name: "Add the organization" }).click();
    await page.getByText("The organization is added").waitFor();
    await page.getByRole("heading", { level: 1, name: "Quillback Clinic" }).waitFor();
    await page.getByRole("link", { name: "Add a person" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Tomas Ekblad");
    await page.getByLabel("E-mail", { exact: true }).fill("tomas@quillback.example");
    await page.getByLabel("Role", { exact: true }).selectOption("organization_lead");
    await page
      .getByLabel(/password/i)
      .first()
      .fill(demoPassword);
    await page.getByRole("main").getByRole("button", { name: /Add/ }).click();
    await page.getByText("The person is added").waitFor();
    await expectGoodPage(page);
    expect(complaints).toEqual([]);
    const theirs = await visitAs(browser, hub, "tomas@quillback.example");
    await theirs.page.getByText("Tomas Ekblad").first().waitFor();
    await theirs.page.goto("/pathways/rosters/new");
    expect(
      await theirs.page.getByLabel("Whose trainees are in it?").locator("option").allTextContents(),
    ).toEqual(["Quillback Clinic (Q77)"]);
  });

  test("Ada switches from Ohio to Kentucky, and out", async () => {
    const { page } = await visitAs(browser, hub, "ada@demo.example");
    await page.getByRole("link", { name: "Switch" }).click();
    await page.getByRole("button", { name: /Switch to Saltgrasse/ }).click();
    await page.getByText(/You now work for Saltgrasse/).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByText("You are signed out").waitFor();
    await page.goto("/work");
    expect(page.url()).toContain("/sign-in?to=%2Fwork");
  });

  test("a list with the columns that its filters speak of scrolls in its own region at every width", async () => {
    const { page } = await visitAs(browser, hub, "theo@demo.example");
    await page.goto("/pathways/enrollments?hours=ojl&paid=stipend&race=white&county=known");
    expect(await page.locator("tbody tr").count()).toBeGreaterThan(10);
    for (const width of [320, 700, 1024, 1280, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      await expectNoSidewaysScroll(page);
    }
  });

  test("without script one signs in, filters, sorts, turns pages and reaches a record", async () => {
    const { page } = await visitAs(browser, hub, "samuel@demo.example", { script: false, width: 320 });
    await page.goto("/pathways/enrollments");
    await expectNoSidewaysScroll(page);
    await page.getByLabel("Outcome", { exact: true }).selectOption("completed");
    await page
      .locator("main form[method='get'], main form:not([method])")
      .getByRole("button")
      .first()
      .click();
    await page.waitForURL(/outcome=completed/);
    const rows = await page.locator("tbody tr").count();
    expect(rows).toBeGreaterThan(3);
    await page.locator("tbody a").first().click();
    await page.getByRole("heading", { level: 1, name: /^Trainee / }).waitFor();
  });
});
