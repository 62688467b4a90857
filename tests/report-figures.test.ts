import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { listOrganizations } from "../src/modules/directory/index.ts";
import { type ReportFigures, type ReportScope, readReportFigures, reportTotals } from "../src/modules/reports/index.ts";
import { type Actor, system } from "../src/platform/database/actor.ts";
import { createTestHub, type TestHub } from "./support/test-hub.ts";

interface Aggregates {
  by_year: Record<string, object>;
}
interface Truth {
  portfolio: { aggregates: Aggregates };
  files: { file: string; grantee: { id: string }; aggregates: Aggregates }[];
}

const truth = JSON.parse(readFileSync(new URL("fixtures/rosters/a/truth.json", import.meta.url), "utf8")) as Truth;
let hub: TestHub;
let organizations: Map<string, string>;

const read = (scope: Partial<ReportScope>, actor: Actor = system): Promise<ReportFigures> =>
  hub.services.perform(actor, (work) => readReportFigures(work.trx, { academicYear: null, organizationId: null, ...scope }));

const idOf = (code: string): string => {
  const id = organizations.get(code);
  if (id === undefined) throw new Error(`no organization has the code ${code}`);
  return id;
};

beforeAll(async () => {
  hub = await createTestHub({ demo: true });
  const listed = await hub.services.perform(system, (work) => listOrganizations(work.trx));
  organizations = new Map(listed.flatMap(({ id, granteeCodes }) => granteeCodes.map((code): [string, string] => [code, id])));
});

describe("a report's totals", () => {
  it("equal the truth of the portfolio over all years", async () => {
    expect(reportTotals(await read({}))).toEqual(truth.portfolio.aggregates);
  });

  it.each(["2023-24", "2024-25"])("equal the truth of the portfolio in %s", async (academicYear) => {
    expect(reportTotals(await read({ academicYear }))).toEqual(truth.portfolio.aggregates.by_year[academicYear]);
  });

  it.each(truth.files.map(({ grantee, aggregates }) => ({ grantee: grantee.id, aggregates })))("equal the truth of $grantee, over all years and in each", async ({ grantee, aggregates }) => {
    const organizationId = idOf(grantee);
    expect(reportTotals(await read({ organizationId }))).toEqual(aggregates);
    for (const [academicYear, inYear] of Object.entries(aggregates.by_year)) expect(reportTotals(await read({ organizationId, academicYear }))).toEqual(inYear);
  });
});
