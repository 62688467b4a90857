// The door of reports: what the app may use.

export { narrativeRoutes } from "./annual/narrative.routes.tsx";
export { acceptReport, submitReport } from "./annual/report.actions.ts";
export { reportApi } from "./annual/report.api.ts";
export { reportRoutes } from "./annual/report.routes.tsx";
export { reportDeadlines, waitingReports } from "./annual/waiting-reports.ts";
export { workflowRoutes } from "./annual/workflow.routes.tsx";
export { correctionBegun, reportAccepted, reportsEvents } from "./events.ts";
export type { HrefOf } from "./figures/figure-tables.tsx";
export { ReportFiguresView, readReportLabels, recordsHref, reportHeading } from "./figures/report.pages.tsx";
export { readReportFigures } from "./figures/report-figures.store.ts";
export type { ReportFigures, ReportScope } from "./figures/report-figures.types.ts";
export { reportJson, reportTotals } from "./figures/report-json.ts";
export type { ReportLabels } from "./figures/report-labels.store.ts";
export { reportWorkbook } from "./figures/report-workbook.ts";
export { publicationJobs } from "./publication/publication.jobs.ts";
export { publicationRoutes } from "./publication/publication.routes.tsx";
export { publishRelease } from "./publication/release.actions.ts";
export { releaseApi } from "./publication/release.api.ts";
export { releaseRoutes } from "./publication/release.routes.tsx";
export { findRelease, listReleases, type Release } from "./publication/release.store.ts";
export { PlacesServed, publishedCount } from "./publication/results.pages.tsx";
