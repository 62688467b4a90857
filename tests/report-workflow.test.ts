// A report on its way: draft, submitted, returned, accepted, corrected. Through the front door, by the right people.
import { beforeAll, expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode, upload } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const organization = await organizationOfCode(hub, "G01");
const YEAR = "2024-25";
const here = `/reports/${organization}/${YEAR}`;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  for (const name of ["ada", "imani", "theo", "priya", "noor", "june", "samuel"])
    cookies[name] = await hub.signIn(`${name}@demo.example`);
});

const send = async (who: string, step: string, form: Record<string, string> = {}): Promise<number> =>
  (await hub.post(`${here}/${step}`, form, cookies[who])).status;
const page = async (who: string, path = here): Promise<string> => (await hub.get(path, cookies[who])).text();
async function figures(
  who: string,
  path = here,
): Promise<{
  totals: { trainees: number; rows: number; hours: { total: number } };
  exp2: Record<string, unknown>[];
}> {
  const answer = await hub.get(`${path}?format=json`, cookies[who]);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Awaited<ReturnType<typeof figures>>;
}
async function stateNow(): Promise<{ state: string; version: number }> {
  const { rows } = await ownerPool.query<{ state: string; version: number }>(
    "select state, version from reports.report where organization_id = $1 and academic_year = $2",
    [organization, YEAR],
  );
  return rows[0] ?? { state: "draft", version: 1 };
}
async function bringIn(trainee: string): Promise<{ state: string; refusal: string | null; id: string }> {
  const header =
    "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total";
  const file = new File(
    [
      `${header}\n${trainee},Late arrivals,practicum,${YEAR},counselor,full_time,2024-09-01,yes,continuing,1000\n`,
    ],
    "late.csv",
  );
  const answer = await upload(hub, "/pathways/rosters", { code: "G01" }, cookies["ada"], file);
  await hub.workJobs();
  const id = answer.headers.get("location")?.split("/").at(-1) ?? "";
  await hub.post(`/pathways/rosters/${id}/commit`, {}, cookies["ada"]);
  await hub.workJobs();
  const { rows } = await ownerPool.query<{ state: string; refusal: string | null }>(
    "select state, outcome -> 'refusal' ->> 'code' as refusal from pathways.roster where id = $1",
    [id],
  );
  return { id, state: "", refusal: null, ...rows[0] };
}

test("an entry of others who trained alongside stands in EXP-2, and 0 takes it away", async () => {
  const known = (await figures("ada")).exp2.find(
    (row) => row["site_name"] !== null && row["academic_year"] === YEAR,
  );
  const entry = {
    program: String(known?.["program_name"]),
    site: String(known?.["site_name"]),
    profession: "Nurse midwife",
    trainees: "7",
  };
  expect(await send("ada", "interprofessional", entry)).toBe(303);
  const found = (await figures("ada")).exp2.filter((row) => row["profession"] === "Nurse midwife");
  expect(found).toMatchObject([
    { program_name: entry.program, site_name: entry.site, principal: 0, interprofessional: 7 },
  ]);
  expect(await page("ada")).toContain("Nurse midwife");
  expect(await send("ada", "interprofessional", { ...entry, trainees: "0" })).toBe(303);
  expect((await figures("ada")).exp2.filter((row) => row["profession"] === "Nurse midwife")).toEqual([]);
  expect(await send("ada", "interprofessional", { ...entry, trainees: "many" })).toBe(422);
  expect(await send("noor", "interprofessional", entry)).toBe(403);
});

test("two editors of a section never overwrite each other unseen: the second sees both texts", async () => {
  const section = "narrative/summary";
  expect(await send("ada", section, { body: "Ada's first text", revision: "0" })).toBe(303);
  const late = await hub.post(
    `${here}/${section}`,
    { body: "Theo's own text", revision: "0" },
    cookies["theo"],
  );
  const shown = await late.text();
  expect(late.status).toBe(409);
  expect(shown).toMatch(/Theo(&#39;|')s own text/);
  expect(shown).toMatch(/Ada(&#39;|')s first text/);
  expect(await page("ada")).toMatch(/Ada(&#39;|')s first text/);
  const revision = /name="revision" value="(\d+)"/.exec(shown)?.[1] ?? "";
  expect(revision).toBe("1");
  expect(await send("theo", section, { body: "Both texts", revision })).toBe(303);
  expect(await send("ada", section, { body: "Again the old revision", revision: "1" })).toBe(409);
  expect(await page("ada")).toContain("Both texts");
});

test("a draft is submitted, returned with its reason, and submitted again; wrong steps and wrong people are refused", async () => {
  for (const step of ["accept", "return", "correct"])
    expect(await send("imani", step, { because: "x", reason: "x" }), step).toBe(409);
  expect(await send("noor", "submit")).toBe(403);
  expect(await send("priya", "submit")).toBe(403);
  expect(await send("samuel", "submit")).toBe(404);
  expect((await stateNow()).state).toBe("draft");
  expect(await send("ada", "submit")).toBe(303);
  expect(await stateNow()).toEqual({ state: "submitted", version: 1 });
  expect(await send("ada", "submit")).toBe(409);
  expect(await send("ada", "narrative/summary", { body: "Too late", revision: "2" })).toBe(409);
  for (const who of ["ada", "theo", "priya", "june"])
    for (const step of ["accept", "return"])
      expect(await send(who, step, { because: "x" }), `${who} ${step}`).toBe(403);
  expect(await send("imani", "return", { because: "  " })).toBe(422);
  expect(await send("imani", "return", { because: "The hours of the <winter> term are missing." })).toBe(303);
  expect((await stateNow()).state).toBe("returned");
  expect(await page("ada")).toContain("The hours of the &lt;winter&gt; term are missing.");
  expect(await send("ada", "submit")).toBe(303);
  expect(await page("ada")).not.toContain("term are missing");
});

test("what was accepted stays, whatever happens to the records, and its year takes no import", async () => {
  const before = await figures("imani");
  expect(await send("imani", "accept")).toBe(303);
  expect(await stateNow()).toEqual({ state: "accepted", version: 1 });
  await ownerPool.query(
    "update pathways.enrollment set hours_total = 1, sex = 'male' where organization_id = $1 and academic_year = $2",
    [organization, YEAR],
  );
  await ownerPool.query("update reports.narrative set body = 'Slipped in' where organization_id = $1", [
    organization,
  ]);
  for (const path of [here, `${here}/versions/1`]) {
    expect((await figures("ada", path)).totals, path).toEqual(before.totals);
    const text = await page("ada", path);
    expect(text).toContain("Both texts");
    expect(text).not.toContain("Slipped in");
  }
  await ownerPool.query("update reports.narrative set body = 'Both texts' where organization_id = $1", [
    organization,
  ]);
  expect(await bringIn("LATE-1")).toMatchObject({ state: "refused", refusal: "YEAR_LOCKED" });
  expect(await send("imani", "accept")).toBe(409);
  expect(await send("ada", "narrative/summary", { body: "Too late", revision: "2" })).toBe(409);
});

test("a correction is a second version that says what changed; the first stays readable as it was", async () => {
  const first = (await (await hub.get(`${here}/versions/1?format=json`, cookies["ada"])).json()) as {
    totals: { trainees: number; hours: { total: number } };
  };
  expect(await send("ada", "correct", { reason: "Forgotten trainees" })).toBe(403);
  expect(await send("imani", "correct", { reason: "" })).toBe(422);
  expect(await send("imani", "correct", { reason: "Forgotten trainees" })).toBe(303);
  expect(await stateNow()).toEqual({ state: "draft", version: 2 });
  expect(await page("ada")).toContain("Forgotten trainees");
  expect(await bringIn("LATE-2")).toMatchObject({ state: "committed", refusal: null });
  const corrected = await figures("ada");
  expect(corrected.totals.trainees).toBe(first.totals.trainees + 1);
  expect(await send("ada", "submit")).toBe(303);
  expect(await send("imani", "accept")).toBe(303);
  const text = await page("ada", `${here}/versions/2`);
  expect(text).toContain("What this version changed");
  expect(text).toContain("Forgotten trainees");
  const { rows } = await ownerPool.query<{
    changes: { figure: string; before: number | null; after: number | null }[];
  }>("select changes from reports.snapshot where organization_id = $1 and version = 2", [organization]);
  const changes = new Map(rows[0]?.changes.map((change) => [change.figure, [change.before, change.after]]));
  expect(changes.get("trainees")).toEqual([first.totals.trainees, first.totals.trainees + 1]);
  expect(changes.get("hours.total")).toEqual([first.totals.hours.total, corrected.totals.hours.total]);
  expect([...changes.values()].filter(([was, is]) => was === is)).toEqual([]);
  expect((await figures("ada", `${here}/versions/1`)).totals).toEqual(first.totals);
  expect((await hub.get(`${here}/versions/3`, cookies["ada"])).status).toBe(404);
  expect((await hub.get(`${here}/versions/1`, cookies["samuel"])).status).toBe(404);
});

test("an import that a later accepted version rests on is not undone", async () => {
  const { rows } = await ownerPool.query<{ id: string }>(
    "select id from pathways.roster where organization_id = $1 and state = 'committed' order by committed_at desc limit 1",
    [organization],
  );
  const answer = await hub.post(`/pathways/rosters/${rows[0]?.id}/undo`, {}, cookies["ada"]);
  expect([answer.status, (await answer.text()).includes("is closed")]).toEqual([409, true]);
});

test("a reviewer who is made an evaluator takes no step any more", async () => {
  const grant = (grants: string): Promise<unknown> =>
    ownerPool.query(
      `update directory.membership set grants = $1 where person_id in (select p.id from directory.person p join auth."user" u on u.id = p.user_id where u.email = 'imani@demo.example')`,
      [grants],
    );
  const before = await stateNow();
  await ownerPool.query("select set_config('trellis.actor', 'system', false)");
  try {
    await grant("{reviewer,evaluator}");
    for (const [step, form] of [
      ["return", { because: "x" }],
      ["correct", { reason: "x" }],
      ["accept", {}],
    ] as const)
      expect(await send("imani", step, form), step).toBe(403);
  } finally {
    await grant("{reviewer}");
  }
  expect(await stateNow()).toEqual(before);
});
