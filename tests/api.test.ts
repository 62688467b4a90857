// Every call of the API, once as its documentation shows it, and what lists and files undertake.
import { expect, test, vi } from "vitest";
import { sealAuditJob } from "../src/app/seal-audit.job.ts";
import {
  apiLines,
  callApi,
  expectAsDocumented,
  lineOf,
  makeFullToken,
  readApi,
  rosterFile,
  rosterForm,
} from "./support/api-client.ts";
import { createTestHub } from "./support/test-hub.ts";
import { findRowIds, organizationOfCode } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { ownerPool } = hub.services.database;
const administrator = await makeFullToken(hub, await hub.signIn("marisol@demo.example"));
const samuel = await makeFullToken(hub, await hub.signIn("samuel@demo.example"));
const organization = await organizationOfCode(hub, "G35");
const ids = await findRowIds(hub, organization);

type Json = Record<string, unknown>;
type List = { items: Json[]; next: string | null };

/** A roster of a program that is read and waits for its commit. */
async function bringIn(program = "Sent by a program"): Promise<string> {
  const { id } = await readApi<{ id: string }>(hub, samuel, "/rosters", {
    method: "POST",
    body: rosterForm("G35", rosterFile(`${program}.csv`, program)),
  });
  await hub.workJobs();
  return id;
}

const get =
  (path: string, token: string | null = administrator) =>
  (): Promise<Response> =>
    callApi(hub, token, path);

/** Seals what has happened. Rows wait while another test's transaction runs on the same server. */
async function sealAll(): Promise<void> {
  await vi.waitFor(
    async () => {
      await sealAuditJob.handle(hub.services, {});
      const { rows } = await ownerPool.query("select from platform.audit_unsealed limit 1");
      expect(rows).toEqual([]);
    },
    { timeout: 30_000, interval: 200 },
  );
}

/** How each call is made, by its name in the documentation. */
const examples: Record<string, () => Promise<Response>> = {
  listOrganizations: get("/organizations"),
  getOrganization: get(`/organizations/${organization}`),
  addOrganization: () =>
    callApi(hub, administrator, "/organizations", {
      method: "POST",
      body: {
        name: "Prairie Counseling Partners",
        type: "community_organization",
        state: "NE",
        grantee_code: "g41",
      },
    }),
  listCodeLists: get("/code-lists", null),
  getCodeList: get("/code-lists/program_type", null),
  listRosters: get("/rosters"),
  bringInRoster: () => callApi(hub, samuel, "/rosters", { method: "POST", body: rosterForm("G35") }),
  getRoster: get(`/rosters/${ids.roster}`),
  listFindings: async () => {
    const file = new File(
      ["trainee_id,program_name,academic_year\n,Nobody,2019-20\nP-9,Somebody,2019-20\n"],
      "wrong.csv",
    );
    const { id } = await readApi(hub, samuel, "/rosters", { method: "POST", body: rosterForm("G35", file) });
    await hub.workJobs();
    return callApi(hub, samuel, `/rosters/${String(id)}/findings`);
  },
  commitRoster: async () =>
    callApi(hub, samuel, `/rosters/${await bringIn("To be committed")}/commit`, { method: "POST" }),
  discardRoster: async () =>
    callApi(hub, samuel, `/rosters/${await bringIn("To be put aside")}/discard`, { method: "POST" }),
  listEnrollments: get("/enrollments?year=2024-25&limit=20"),
  getEnrollment: get(`/enrollments/${ids.enrollment}`),
  listReports: get("/reports?year=2024-25"),
  getReport: get(`/reports/${organization}/2024-25`),
  getReportVersion: async () => {
    const { rows } = await ownerPool.query<{ path: string }>(
      "select '/reports/' || organization_id || '/' || academic_year || '/versions/' || version as path from reports.snapshot limit 1",
    );
    return callApi(hub, administrator, rows[0]?.path ?? "");
  },
  listPractices: get("/practices?limit=5", null),
  listAdoptions: async () => {
    const cookie = await hub.signIn("samuel@demo.example");
    const form = { state: "running", since: "2025-09-01", takesOn: "All of it" };
    expect((await hub.post("/library/practices/club-scrub-wisconsin/adopt", form, cookie)).status).toBe(303);
    return callApi(hub, samuel, "/adoptions");
  },
  listReleases: get("/results", null),
  getResults: get("/results/2024-25", null),
  listEvents: async () => {
    await sealAll();
    return callApi(hub, administrator, "/events?limit=50");
  },
};

test("every call of the documentation is made here, and no other", () => {
  expect(Object.keys(examples).toSorted()).toEqual(apiLines.map(({ api }) => api.operationId).toSorted());
});

test.each(Object.keys(examples))("%s answers as its documentation says", async (operationId) => {
  const answer = await examples[operationId]?.();
  const text = (await answer?.text()) ?? "";
  expect(answer?.status, text.slice(0, 600)).toBe(lineOf(operationId).api.status);
  expect(answer?.headers.get("content-type")).toBe("application/json");
  const json = JSON.parse(text) as Json;
  expectAsDocumented(operationId, json);
  if ("items" in json) expect(json["items"], operationId).not.toEqual([]);
  const location = answer?.headers.get("location");
  if (location)
    expect(await readApi(hub, administrator, location.replace("/api/v1", ""))).toMatchObject({
      id: json["id"],
    });
});

test("a list is walked to its end by following its links: every record once, none left out", async () => {
  const walks: [path: string, expected: string][] = [
    ["/enrollments?limit=333", "select id::text from pathways.enrollment where archived_at is null"],
    ["/organizations?limit=7", "select id::text from directory.organization where archived_at is null"],
    ["/practices?limit=7", "select id::text from library.practice where state = 'published'"],
    ["/rosters?limit=7", "select id::text from pathways.roster"],
  ];
  for (const [path, expected] of walks) {
    const seen: string[] = [];
    for (let next: string | undefined = path; next !== undefined; ) {
      const answer = await callApi(hub, administrator, next);
      const { items } = (await answer.json()) as List;
      seen.push(...items.map((item) => String(item["id"])));
      next = /^<\/api\/v1([^>]+)>; rel="next"$/.exec(answer.headers.get("link") ?? "")?.[1];
      expect(seen.length).toBeLessThan(10_000);
    }
    const { rows } = await ownerPool.query<{ id: string }>(expected);
    expect(seen.toSorted(), path).toEqual(rows.map(({ id }) => id).toSorted());
  }
});

test("whoever goes on from the last event later misses none", async () => {
  const names = async (cursor: string | null): Promise<[string[], string | null]> => {
    await sealAll();
    const seen: string[] = [];
    for (let place = cursor; ; ) {
      const { items, next } = await readApi<List>(
        hub,
        administrator,
        `/events?limit=1000${place ? `&cursor=${place}` : ""}`,
      );
      seen.push(...items.map((item) => String(item["event"])));
      if (items.length === 0 || next === null) return [seen, next ?? place];
      place = next;
    }
  };
  const [before, place] = await names(null);
  const { rows } = await ownerPool.query<{ count: number }>(
    "select count(*)::int as count from platform.audit",
  );
  expect(before).toHaveLength(rows[0]?.count ?? -1);
  await bringIn("After the last event");
  const [after] = await names(place);
  expect(after).toContain("pathways.roster-received");
  expect((await names(null))[0]).toEqual([...before, ...after]);
});

test("an organization's program brings a roster in, sees it read, commits it and finds its records", async () => {
  const id = await bringIn("Monthly by script");
  const read = await readApi(hub, samuel, `/rosters/${id}`);
  expect(read).toMatchObject({ state: "ready", rows: { total: 3, loaded: 3 }, changes: { new: 3 } });
  expectAsDocumented("getRoster", read);
  await readApi(hub, samuel, `/rosters/${id}/commit`, { method: "POST", body: { archive: [] } });
  await hub.workJobs();
  expect(await readApi(hub, samuel, `/rosters/${id}`)).toMatchObject({
    state: "committed",
    academic_years: ["2019-20"],
  });
  const { items } = await readApi<List>(hub, samuel, "/enrollments?program=monthly%20by%20script");
  expect(items.map((item) => String(item["trainee"])).toSorted()).toEqual(["P-1", "P-2", "P-3"]);
  const again = await callApi(hub, samuel, `/rosters/${id}/commit`, { method: "POST" });
  expect(again.status).toBe(409);
});

test("a roster may be the body itself, with its fields in the address", async () => {
  const content = new Uint8Array(await rosterFile("x.csv", "Raw").arrayBuffer());
  const answer = await callApi(hub, samuel, "/rosters?code=G35&file_name=from-script.csv", {
    method: "POST",
    body: content,
    headers: { "content-type": "text/csv" },
  });
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  await hub.workJobs();
  expect(await readApi(hub, samuel, `/rosters/${id}`)).toMatchObject({
    state: "ready",
    file_name: "from-script.csv",
  });
});

test("CSV holds what JSON holds, and no text in it runs as a formula", async () => {
  const id = await bringIn("Formulas");
  await readApi(hub, samuel, `/rosters/${id}/commit`, { method: "POST" });
  await hub.workJobs();
  const path = "/enrollments?program=Formulas";
  const byAccept = await callApi(hub, samuel, path, { headers: { accept: "text/csv" } });
  expect(byAccept.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  const csv = await byAccept.text();
  expect(await (await callApi(hub, samuel, `${path}&format=csv`)).text()).toBe(csv);
  expect(csv.split("\r\n")).toHaveLength(5);
  expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
  expect(csv).not.toMatch(/(^|,)"?=/m);
  const { items } = await readApi<{ items: { values: Record<string, string> }[] }>(hub, samuel, path);
  expect(items[0]?.values["site_name"]).toBe('=HYPERLINK("x")');
});

test("reading records leaves the same line in the audit as a download from the page", async () => {
  const count = async (): Promise<{ data: unknown; person_id: string }[]> =>
    (
      await ownerPool.query<{ data: unknown; person_id: string }>(
        "select data, person_id from platform.audit where event = 'pathways.enrollments-exported' order by id",
      )
    ).rows;
  const before = (await count()).length;
  await readApi(hub, administrator, "/enrollments?limit=17");
  await callApi(hub, administrator, "/enrollments?limit=5&format=csv");
  const rows = await count();
  expect(rows.slice(before).map(({ data }) => data)).toEqual([
    { rows: 17, format: "json" },
    { rows: 5, format: "csv" },
  ]);
});
