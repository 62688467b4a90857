// A draft that tells of what is there already: merged by the hub, and never seen by anybody else.
import { expect, test } from "vitest";
import { listLibraryAddresses } from "../src/modules/library/index.ts";
import { system } from "../src/platform/database/actor.ts";
import { openMaterialDesk } from "./support/material-desk.ts";
import { carriedIn, openMergeDesk } from "./support/merge-desk.ts";
import { newestId, tell } from "./support/submissions.ts";
import { createTestHub } from "./support/test-hub.ts";

const clock = { now: new Date("2026-11-23T15:00:00Z") };
const hub = await createTestHub({ demo: true, clock: () => clock.now });
const { ownerPool } = hub.services.database;
const { librarian, textOf, mainOf, add, addEvidence, merge, mergePage } = await openMergeDesk(hub);

test("a draft merges into what is there: it has never been there for anybody but the hub, and what it had goes along", async () => {
  const survivor = await add("Bench hours", { states: "OH" });
  const draft = await add("Bench hours in the draft", { states: "OH", sponsor: "Kept quiet" }, false);
  expect(await textOf(`/library/practices/${draft}`, librarian)).toContain(`/practices/${draft}/merge"`);
  expect(await textOf(`/library/practices/${draft}/merge`, librarian)).toContain(`merge?into=${survivor}`);
  await addEvidence(draft, "Found on the draft");
  await openMaterialDesk(hub, librarian).offer("Leaflet of a draft", null, {
    practices: `/library/practices/${draft}`,
  });
  const offered = await mergePage(draft, survivor);
  expect(offered).toContain("nobody outside of the hub has seen it");
  expect(offered).not.toContain("The other way round");
  expect(await mainOf(`/library/practices/${survivor}`)).not.toContain("Leaflet of a draft");
  expect((await merge(draft, survivor)).status).toBe(303);
  const page = await mainOf(`/library/practices/${survivor}`);
  expect(page).toContain("Found on the draft");
  expect(page).toContain("Leaflet of a draft");
  // The hub is led on; to everybody else there is no such page, as before.
  const old = await textOf(`/library/practices/${draft}`, librarian);
  expect(old).toContain("is told elsewhere now");
  expect(old).toContain(`href="/library/practices/${survivor}"`);
  const { rows } = await ownerPool.query<{ id: string; published_at: Date | null }>(
    "select id, published_at from library.practice where slug = $1",
    [draft],
  );
  expect(rows[0]?.published_at).toBeNull();
  const record = `verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:localhost:${rows[0]?.id}`;
  for (const cookie of [undefined, await hub.signIn("samuel@demo.example")]) {
    for (const path of ["", "/history", "/correct", "?format=json"])
      expect((await hub.get(`/library/practices/${draft}${path}`, cookie)).status, path).toBe(404);
    expect(await textOf(`/library/practices/${survivor}/history`, cookie)).not.toContain("Kept quiet");
  }
  for (const cookie of [undefined, librarian]) {
    expect(await textOf(`/library/oai?${record}`, cookie)).toContain("idDoesNotExist");
    const listed = await textOf("/library/oai?verb=ListIdentifiers&metadataPrefix=oai_dc", cookie);
    expect(listed).not.toContain(rows[0]?.id);
    expect(await textOf("/library/feed.atom", cookie)).not.toContain(draft);
    expect(await textOf("/library/practices?q=quiet", cookie)).not.toContain(draft);
  }
  const addresses = await hub.services.perform(system, ({ trx }) => listLibraryAddresses(trx));
  expect(addresses).toContain(`/library/practices/${survivor}`);
  expect(addresses).not.toContain(`/library/practices/${draft}`);
  expect((await hub.post(`/library/practices/${draft}/publish`, {}, librarian)).status).toBe(409);
  // Further on it is led in one step too.
  const next = await add("Bench hours everywhere");
  expect((await merge(survivor, next, { "version-loser": "2" })).status).toBe(303);
  expect(await textOf(`/library/practices/${draft}`, librarian)).toContain(`/library/practices/${next}"`);
});

test("whoever told of a draft hears that the library has it already", async () => {
  const survivor = await add("Stoop hours");
  const receipt = await tell(hub, clock, { title: "Stairs on Sundays" });
  const submission = `/library/desk/submissions/${await newestId(hub)}`;
  const form = { title: "Stairs on Sundays", summary: "S", language: "en", status: "unknown" };
  const drafted = await hub.post(
    `${submission}/draft`,
    { ...form, license: "CC0-1.0", reason: "Told", "submission-version": "1" },
    librarian,
  );
  expect(drafted.status, await drafted.clone().text()).toBe(303);
  const draft = drafted.headers.get("location")?.split("/").at(-1) ?? "";
  expect(await textOf(submission, librarian)).toContain(`/library/practices/${draft}/merge"`);
  expect(carriedIn(await mergePage(draft, survivor))).toEqual([
    "1 submission that it is the draft of: it is closed as a duplicate, and its sender is told.",
  ]);
  expect((await merge(draft, survivor)).status).toBe(303);
  const answer = await mainOf(receipt);
  expect(answer).toContain(`href="/library/practices/${survivor}"`);
  expect(answer).not.toContain(draft);
  expect(await mainOf(submission, librarian)).toContain("closed it as a duplicate");
});

test("a draft that somebody publishes while it is merged ends merged, and nothing comes back", async () => {
  for (let round = 0; round < 4; round += 1) {
    const [draft, survivor] = [await add(`Race ${round} a`, {}, false), await add(`Race ${round} b`)];
    await Promise.all([
      merge(draft, survivor),
      hub.post(`/library/practices/${draft}/publish`, {}, librarian),
    ]);
    const { rows } = await ownerPool.query<{ state: string }>(
      "select state from library.practice where slug = $1",
      [draft],
    );
    expect(rows).toEqual([{ state: "merged" }]);
  }
});
