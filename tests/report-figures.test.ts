import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "kysely";
import { beforeAll, describe, expect, it } from "vitest";
import { listMembershipsOfUser, listOrganizations, resolveActor } from "../src/modules/directory/index.ts";
import {
  type ReportFigures,
  ReportFiguresView,
  type ReportScope,
  readReportFigures,
  readReportLabels,
  recordsHref,
  reportJson,
  reportTotals,
  reportWorkbook,
} from "../src/modules/reports/index.ts";
import { type Actor, system } from "../src/platform/database/actor.ts";
import type { Trx } from "../src/platform/database/database.ts";
import { openSpreadsheet } from "../src/platform/spreadsheets/open-spreadsheet.ts";
import { renderChild } from "../src/ui/render-child.ts";
import { createTestHub, type TestHub } from "./support/test-hub.ts";

interface Aggregates {
  by_year: Record<string, object>;
}
interface Truth {
  portfolio: { aggregates: Aggregates };
  files: { file: string; grantee: { id: string }; aggregates: Aggregates }[];
}

const truth = JSON.parse(
  readFileSync(new URL("fixtures/rosters/a/truth.json", import.meta.url), "utf8"),
) as Truth;
let hub: TestHub;
let organizations: Map<string, string>;

const read = (scope: Partial<ReportScope>, actor: Actor = system): Promise<ReportFigures> =>
  hub.services.perform(actor, (work) =>
    readReportFigures(work.trx, { academicYear: null, organizationId: null, ...scope }),
  );

const idOf = (code: string): string => {
  const id = organizations.get(code);
  if (id === undefined) throw new Error(`no organization has the code ${code}`);
  return id;
};

beforeAll(async () => {
  hub = await createTestHub({ demo: true });
  const listed = await hub.services.perform(system, (work) => listOrganizations(work.trx));
  organizations = new Map(
    listed.flatMap(({ id, granteeCodes }) => granteeCodes.map((code): [string, string] => [code, id])),
  );
});

describe("a report's totals", () => {
  it("equal the truth of the portfolio over all years", async () => {
    expect(reportTotals(await read({}))).toEqual(truth.portfolio.aggregates);
  });

  it.each(["2023-24", "2024-25"])("equal the truth of the portfolio in %s", async (academicYear) => {
    expect(reportTotals(await read({ academicYear }))).toEqual(
      truth.portfolio.aggregates.by_year[academicYear],
    );
  });

  it.each(truth.files.map(({ grantee, aggregates }) => ({ grantee: grantee.id, aggregates })))(
    "equal the truth of $grantee, over all years and in each",
    async ({ grantee, aggregates }) => {
      const organizationId = idOf(grantee);
      expect(reportTotals(await read({ organizationId }))).toEqual(aggregates);
      for (const [academicYear, inYear] of Object.entries(aggregates.by_year))
        expect(reportTotals(await read({ organizationId, academicYear }))).toEqual(inYear);
    },
  );
});

/** Carries a result out of a transaction that leaves nothing behind. */
class Undone extends Error {}

async function undone<T>(task: (trx: Trx) => Promise<T>): Promise<T> {
  let result: { value: T } | null = null;
  await hub.services
    .perform(system, async (work) => {
      result = { value: await task(work.trx) };
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return (result as { value: T } | null)?.value as T;
}

async function enroll(
  trx: Trx,
  trainees: readonly string[],
  values: { profession: string; site: string; organizationId: string },
): Promise<void> {
  for (const trainee of trainees)
    await sql`insert into pathways.enrollment (organization_id, grantee_code, academic_year, trainee_key, program_key, trainee_code, program_name, program_type, level, profession,
        enrollment_status, started_on, sex, race_ethnicity, veteran_status, disadvantaged_background, rural_background, funded, site_name, outcome, left_reason, post_completion_intent,
        employment_at_completion, employment_1y, fingerprint, list_version, roster_id, source_row)
      values (${values.organizationId}::uuid, 'EXP', '2030-31', ${trainee}, 'peer certificate', ${trainee}, 'Peer  Certificate', 'certificate', 'level_1', ${values.profession}, 'full_time', '2030-09-01',
        'female', '{white}', 'not_reported', 'no', 'no', 'yes', ${values.site}, 'continuing', 'not_reported', '{not_reported}', 'not_reported', 'not_reported', gen_random_uuid(), 1, gen_random_uuid(), 1)`.execute(
      trx,
    );
}

const numbered = (count: number): string[] => Array.from({ length: count }, (_, position) => `T-${position}`);
const counts = (figures: ReportFigures): [string, number, number][] =>
  figures.exp2.map((row) => [row.profession, row.principal, row.interprofessional]);

describe("EXP-2", () => {
  it("counts twenty-four peers who train alone as (24, 0)", async () => {
    const organizationId = idOf("G01");
    const figures = await undone(async (trx) => {
      await enroll(trx, numbered(24), {
        organizationId,
        profession: "peer_support_specialist",
        site: "Alone House",
      });
      return readReportFigures(trx, { academicYear: "2030-31", organizationId });
    });
    expect(counts(figures)).toEqual([["peer_support_specialist", 24, 0]]);
  });

  it("counts three peers beside five other peers and three health workers as (3, 5) and (0, 3)", async () => {
    const organizationId = idOf("G01");
    const figures = await undone(async (trx) => {
      await enroll(trx, numbered(3), {
        organizationId,
        profession: "peer_support_specialist",
        site: "Together House",
      });
      for (const [profession, trainees] of [
        ["peer_support_specialist", 5],
        ["community_health_worker", 3],
      ] as const)
        await sql`insert into reports.interprofessional (organization_id, academic_year, program_name, site_name, profession, trainees)
          values (${organizationId}::uuid, '2030-31', 'Peer certificate', 'together house', ${profession}, ${trainees})`.execute(
          trx,
        );
      return readReportFigures(trx, { academicYear: "2030-31", organizationId });
    });
    expect(counts(figures).toSorted(([one], [other]) => one.localeCompare(other))).toEqual([
      ["community_health_worker", 0, 3],
      ["peer_support_specialist", 3, 5],
    ]);
  });
});

describe("what a report covers", () => {
  it("leaves archived enrollments out", async () => {
    const organizationId = idOf("G01");
    const before = await read({ organizationId });
    const after = await undone(async (trx) => {
      await sql`update pathways.enrollment set archived_at = now() where organization_id = ${organizationId}::uuid and outcome = 'completed'`.execute(
        trx,
      );
      return readReportFigures(trx, { academicYear: null, organizationId });
    });
    expect(after.all.by.outcome["completed"]).toBeUndefined();
    expect(after.all.rows).toBe(before.all.rows - (before.all.by.outcome["completed"]?.rows ?? 0));
  });

  it("is an organization's own for a person of the organization, also when the portfolio is asked for", async () => {
    const user = await hub.services.database.owner
      .selectFrom("auth.user")
      .select("id")
      .where("email", "=", "ada@demo.example")
      .executeTakeFirstOrThrow();
    const memberships = await listMembershipsOfUser(hub.services.database.db, user.id);
    const actorOf = (code: string): Promise<Actor> =>
      resolveActor(
        hub.services.database.db,
        user.id,
        memberships.find((one) => one.organizationId === idOf(code))?.membershipId ?? null,
      );
    const ofG01 = truth.files.find((file) => file.grantee.id === "G01");
    const ada = await actorOf("G01");
    expect(reportTotals(await read({}, ada))).toEqual(ofG01?.aggregates);
    expect((await read({ organizationId: idOf("G20") }, ada)).all.rows).toBe(0);
  });

  it("gives zeros and no ratio for a year without enrollments", async () => {
    const figures = await read({ academicYear: "2001-02" });
    expect(figures.all).toMatchObject({
      rows: 0,
      trainees: 0,
      hours: { total: 0 },
      awards: { total: { usd: 0, trainees: 0 } },
    });
    expect(figures.representation.rows.every((row) => row.ratio === null)).toBe(true);
    expect(reportTotals(figures)).toMatchObject({
      rows: 0,
      completions: 0,
      race_ethnicity: { two_or_more: 0 },
      employed_1y: { employed: 0, known: 0, completed: 0 },
    });
  });

  it("counts every enrollment in a county or as not known, and leaves a discipline without designations not known", async () => {
    const figures = await read({});
    expect(figures.counties.reduce((sum, county) => sum + county.rows, figures.countyNotKnown.rows)).toBe(
      figures.all.rows,
    );
    const statuses = (discipline: string): Set<string> =>
      new Set(
        figures.counties.flatMap((county) =>
          county.shortages.filter((one) => one.discipline === discipline).map((one) => one.status),
        ),
      );
    expect(statuses("Mental Health")).toEqual(new Set(["not_known"]));
    expect(statuses("Primary Care").has("designated")).toBe(true);
    expect(
      figures.counties.filter((county) => county.superseded).every((county) => county.isRural === null),
    ).toBe(true);
  });
});

describe("a report written out", () => {
  it("says its heading, links its figures to the enrollments behind them, and escapes what people wrote", async () => {
    const figures = await read({ academicYear: "2024-25" });
    const [first] = figures.credentials;
    if (!first) throw new Error("the sample has credentials");
    const credentials = [{ ...first, credential: '<script>alert("x")</script>' }, ...figures.credentials];
    const labels = await hub.services.perform(system, (work) => readReportLabels(work.trx));
    const html = renderChild(
      await ReportFiguresView({
        figures: { ...figures, credentials },
        labels,
        hrefOf: recordsHref(figures.scope),
      }),
    );
    expect(html).toContain("2,820 people trained for communities that need them");
    expect(html).toContain('href="/pathways/enrollments?year=2024-25&amp;program_type=certificate"');
    expect(html).toContain("Registered apprenticeship");
    expect(html).not.toContain("<script");
    expect(html).not.toMatch(/ style=| on[a-z]+=/);
    const unlinked = renderChild(await ReportFiguresView({ figures, labels, hrefOf: () => null }));
    expect(unlinked).not.toContain("/pathways/enrollments");
  });

  it("has a sheet for each section", async () => {
    const figures = await read({ organizationId: idOf("G01") });
    const folder = mkdtempSync(join(tmpdir(), "trellis-report-"));
    const path = join(folder, "report.xlsx");
    writeFileSync(path, await reportWorkbook(figures));
    const workbook = await openSpreadsheet(path);
    expect(workbook.sheets.map((sheet) => sheet.name)).toEqual(
      expect.arrayContaining([
        "Summary",
        "Trainees by code",
        "Race and ethnicity 2024",
        "Race and ethnicity 1997",
        "Representation",
        "Awards",
        "Hours",
        "Outcomes",
        "Credentials",
        "Sites",
        "Counties",
        "EXP-2",
      ]),
    );
    await workbook.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("says as JSON what it covers and when it was made", async () => {
    const figures = await read({ academicYear: "2024-25", organizationId: idOf("G01") });
    const json = reportJson(figures, new Date("2025-07-31T12:00:00Z"));
    expect(json).toMatchObject({
      academicYear: "2024-25",
      organization: { codes: ["G01"] },
      generatedAt: "2025-07-31T12:00:00.000Z",
    });
  });

  it("asks the same number of queries for the portfolio as for one organization", async () => {
    const queries = async (scope: Partial<ReportScope>): Promise<number> => {
      let asked = 0;
      await hub.services.perform(system, async (work) => {
        const counting = work.trx.withPlugin({
          transformQuery: ({ node }) => {
            asked += 1;
            return node;
          },
          transformResult: ({ result }) => Promise.resolve(result),
        });
        await readReportFigures(counting, { academicYear: null, organizationId: null, ...scope });
      });
      return asked;
    };
    // One organization's report also reads who it is.
    expect(await queries({ organizationId: idOf("G01") })).toBe((await queries({})) + 1);
  });
});
