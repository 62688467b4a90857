// The door of pathways: what higher modules and the app may use.
import rosterLabels from "../../../reference/roster-labels.json" with { type: "json" };
import type { CodeLabels, CodeList } from "../../platform/database/code-lists.ts";
import { loadCodeList } from "../../platform/database/code-lists.ts";
import type { ReferenceLoader } from "../../platform/database/reference.ts";
import { codeLists } from "./roster-reading/roster-format.rules.ts";

export { enrollmentApi } from "./enrollments/enrollment.api.ts";
export { enrollmentRoutes } from "./enrollments/enrollment.routes.tsx";
export { listAcademicYears } from "./enrollments/enrollment.store.ts";
export { countOnce, keepEnrollmentCounts } from "./enrollments/kept-counts.store.ts";
export { lockYear, unlockYear } from "./enrollments/locked-year.actions.ts";
export { pathwaysEvents } from "./events.ts";
export type { Answer as RosterAnswer } from "./roster-reading/roster-reading.types.ts";
export { type ImportResult, importRoster } from "./rosters/import-roster.ts";
export { loadPortfolioRoster, type PortfolioMember } from "./rosters/portfolio.ts";
export { retentionJobs } from "./rosters/retention.jobs.ts";
export { rosterApi } from "./rosters/roster.api.ts";
export { rosterJobs } from "./rosters/roster.jobs.ts";
export { rosterRoutes } from "./rosters/roster.routes.tsx";
export { listRosters, lockOrganizationRecords } from "./rosters/roster.store.ts";
export { UploadForm } from "./rosters/roster-list.pages.tsx";
export { rosterReport } from "./rosters/roster-report.ts";
export { dropRefusedFile, removeUnneededFile } from "./rosters/unneeded-file.ts";
export { waitingRosters } from "./rosters/waiting-rosters.ts";

function spanishOf(list: string, code: string): CodeLabels {
  const es = (rosterLabels.es as Record<string, Record<string, string>>)[list]?.[code];
  return es === undefined ? {} : { es };
}

function rosterLists(): CodeList[] {
  return [...codeLists.values()].map((list) => ({
    list_id: list.id,
    version: list.version,
    effective_from: list.effectiveFrom,
    source:
      "Trellis roster format, version 1 (HRSA IND-GEN, DOL 29 CFR 29, OMB SPD 15); wording differs by year",
    verified: false,
    codes: list.codes.map((code) => [code, list.labels.get(code) ?? code, spanishOf(list.id, code)]),
  }));
}

/** The code lists of the roster format. */
export const pathwaysReference: ReferenceLoader[] = [
  {
    name: "roster code lists",
    files: ["roster-v1.json", "roster-labels.json"],
    version: 3,
    load: async (client) => {
      for (const list of rosterLists()) await loadCodeList(client, list);
    },
  },
];
