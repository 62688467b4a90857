// What everybody is shown of organizations that use a practice: a count, and with their consent what they tell.
import { describe, expect, test } from "vitest";
import { resolveActor } from "../src/modules/directory/index.ts";
import { inTransaction } from "../src/platform/database/actor.ts";
import { ADOPTION_FORM, openAdoptionDesk } from "./support/adoptions.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
const desk = await openAdoptionDesk(hub);
const { who, nebraska, ohio, nameOf, tried, adopt, send, end, events, textOf: text } = desk;
const { db, ownerPool } = hub.services.database;

const actorOf = async (email: string) => {
  const { rows } = await ownerPool.query<{ id: string }>('select id from auth."user" where email = $1', [
    email,
  ]);
  return resolveActor(db, rows[0]?.id ?? "", null);
};

test("everybody reads a count alone where nobody consented: no name, no words, no day", async () => {
  const practice = await desk.addPractice("Counted only");
  await adopt(practice, who.ada);
  await adopt(practice, who.samuel, { adapts: "Something that gives us away" });
  const section = await tried(practice);
  expect(section).toContain("2 organizations use it or have used it. They are not named here.");
  for (const hidden of [await nameOf(nebraska), await nameOf(ohio), "gives us away", "2023", "Nebraska"])
    expect(section).not.toContain(hidden);
  expect(await tried(`/es${practice}`)).toContain("2 organizaciones la usan o la han usado.");
  expect(await text(`/library/states/OH`)).not.toContain("organizations use it");
});

test("what is only thought of, or was never taken up, is not counted as used", async () => {
  const practice = await desk.addPractice("Only thought of");
  const entry = await adopt(practice, who.ada, { state: "considering" });
  expect(await tried(practice)).toContain("No organization has told us yet");
  const page = await text(`${entry}/end`, who.ada);
  expect(page).toContain("why was it not taken up?");
  expect(page).not.toContain('value="did_not_work"');
  expect((await end(entry, { howItWent: "Nobody to lead it." }, who.ada)).status).toBe(303);
  expect(await text(entry, who.ada)).toContain("Not taken up");
  expect(await tried(practice)).toContain("No organization has told us yet");
});

test("with consent everybody reads who, since when, what was changed and how it went; that it did not work looks as what worked", async () => {
  const practice = await desk.addPractice("Told to everybody");
  const worked = await adopt(practice, who.ada);
  const failed = await adopt(practice, who.samuel, { adapts: "" });
  const preview = await text(`${worked}/consent`, who.ada);
  expect(preview).toContain(await nameOf(ohio));
  expect(preview).toContain("We meet by phone, for the roads");
  expect(preview).not.toContain("Counselors leave within a year");
  for (const [entry, cookie] of [
    [worked, who.ada],
    [failed, who.samuel],
  ] as const)
    expect((await send(entry, "consent", { consent: "yes" }, cookie)).status).toBe(303);
  await end(worked, { outcome: "worked", howItWent: "Two of three stayed." }, who.ada);
  await end(failed, { outcome: "did_not_work", howItWent: "Nobody came in <winter>." }, who.samuel);
  const section = await tried(practice);
  expect(section).toContain(`${await nameOf(ohio)}, OH`);
  expect(section).toContain(`${await nameOf(nebraska)}, NE`);
  expect(section).toContain("Sep 1, 2023 to Jun 30, 2024");
  expect(section).toContain("Nobody came in &lt;winter&gt;.");
  expect(section).toContain("They told of no change");
  const tags = [...section.matchAll(/<span class="([^"]*usa-tag[^"]*)">([^<]*)</g)].map(
    ([, look, words]) => `${look}: ${words}`,
  );
  expect(tags.toSorted()).toEqual(["usa-tag: Did not work here", "usa-tag: Worked here"]);
  for (const hidden of ["The mentors", "Counselors leave", "Ada Rivers", "not named here"])
    expect(section).not.toContain(hidden);
  expect(await tried(`/es${practice}`)).toContain("Aquí no funcionó");
  expect(await events(failed)).toEqual([
    "library.practice-adopted",
    "library.adoption-consent-given",
    "library.adoption-ended",
  ]);
});

test("consent is taken back at once, whatever else has changed, and then the organization is counted only", async () => {
  const practice = await desk.addPractice("Taken back");
  const entry = await adopt(practice, who.ada);
  await send(entry, "consent", { consent: "yes" }, who.ada);
  expect(await text(entry, who.noor)).toContain("Ada Rivers allowed it on");
  await send(entry, "edit", { ...ADOPTION_FORM, adapts: "Changed after consent" }, who.ada);
  expect(await tried(practice)).toContain("Changed after consent");
  // As an old page would send it.
  expect((await hub.post(`${entry}/consent`, { consent: "no" }, who.ada)).status).toBe(303);
  expect(await tried(practice)).not.toContain("Changed after consent");
  expect(await tried(practice)).toContain("1 organization uses it or has used it. It is not named here.");
  expect(await events(entry)).toEqual([
    "library.practice-adopted",
    "library.adoption-consent-given",
    "library.adoption-changed",
    "library.adoption-consent-withdrawn",
  ]);
});

describe("consent is the organization's own", () => {
  test("the hub's staff writes entries for organizations, takes consent back, and never gives it", async () => {
    const practice = await desk.addPractice("Written by the hub");
    expect(await text(`${practice}/adopt`, who.lena)).toContain("Which organization uses");
    expect(await text(`${practice}/adopt?organization=${ohio}`, who.lena)).toContain("Ada Rivers");
    const entry = await adopt(practice, who.lena, { organization: ohio });
    expect((await hub.get(`${entry}/consent`, who.lena)).status).toBe(403);
    expect((await hub.post(`${entry}/consent`, { consent: "yes", edition: "1" }, who.lena)).status).toBe(403);
    await send(entry, "consent", { consent: "yes" }, who.ada);
    // What everybody does not read the hub may mend without a word of the organization's.
    await send(entry, "edit", { ...ADOPTION_FORM, need: "Put more clearly" }, who.lena);
    expect(await tried(practice)).toContain(await nameOf(ohio));
    await send(entry, "edit", { ...ADOPTION_FORM, adapts: "Words of the hub" }, who.lena);
    expect(await text(entry, who.ada)).toContain("Not shown to everybody any more");
    expect(await tried(practice)).not.toContain(await nameOf(ohio));
  });

  test("the database refuses a consent that no lead of the organization gives, and the insert of a shown entry", async () => {
    const practice = await desk.addPractice("Forced by hand");
    const entry = await adopt(practice, who.ada);
    const id = entry.split("/").at(-1) ?? "";
    const consentBy = async (email: string) => {
      const actor = await actorOf(email);
      if (actor.kind !== "person") throw new Error("nobody");
      return inTransaction(db, actor, (trx) =>
        trx
          .updateTable("library.adoption")
          .set({ consented_by: actor.personId, consented_at: new Date() })
          .where("id", "=", id)
          .execute(),
      );
    };
    for (const email of ["lena@demo.example", "noor@demo.example", "june@demo.example"])
      await expect(consentBy(email), email).rejects.toMatchObject({ code: "42501" });
    expect((await consentBy("samuel@demo.example"))[0]?.numUpdatedRows).toBe(0n);
    await expect(
      db
        .insertInto("library.adoption")
        .values({ consented_at: new Date() } as never)
        .execute(),
    ).rejects.toMatchObject({ code: "42501" });
    expect((await consentBy("ada@demo.example"))[0]?.numUpdatedRows).toBe(1n);
  });
});

test("only published practices are taken up; what is merged goes on to be told by what it went into", async () => {
  const survivor = await desk.addPractice("Porch talk");
  const loser = await desk.addPractice("Porch talks");
  const entry = await adopt(loser, who.ada);
  await adopt(loser, who.samuel);
  await send(entry, "consent", { consent: "yes" }, who.ada);
  const merged = await hub.post(
    `${loser}/merge`,
    {
      into: survivor.split("/").at(-1) ?? "",
      "version-loser": "1",
      "version-survivor": "1",
      reason: "The same",
    },
    desk.librarian.cookie,
  );
  expect(merged.status).toBe(303);
  const section = await tried(survivor);
  expect(section).toContain(await nameOf(ohio));
  expect(section).toContain("1 more organization uses it or has used it.");
  expect(await text(entry, who.ada)).toContain("Porch talk");
  expect((await hub.post(`${survivor}/adopt`, ADOPTION_FORM, who.ada)).status).toBe(409);
  expect((await hub.post(`${loser}/adopt`, ADOPTION_FORM, who.ada)).status).toBe(409);
  const found = await text(`/library/adoptions?practice=${survivor.split("/").at(-1)}`, who.lena);
  expect(found).toContain("Who uses “Porch talk”");
  expect(found).toContain(entry);
});
