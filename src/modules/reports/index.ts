// The door of reports: what the app may use.
export { correctionBegun, reportAccepted, reportsEvents } from "./events.ts";
export { reportJson, reportTotals } from "./figures/report-json.ts";
export { readReportFigures } from "./figures/report-figures.store.ts";
export type { ReportFigures, ReportScope } from "./figures/report-figures.types.ts";
export { type HrefOf, readReportLabels, recordsHref, type ReportLabels, ReportFiguresView, reportHeading } from "./figures/report.pages.tsx";
export { reportWorkbook } from "./figures/report-workbook.ts";
export { reportRoutes } from "./annual/report.routes.tsx";
export { acceptReport, submitReport } from "./annual/report.actions.ts";
export { publishRelease } from "./publication/release.actions.ts";
export { releaseRoutes } from "./publication/release.routes.tsx";
export { findRelease, type Release } from "./publication/release.store.ts";
export { PlacesServed, publishedCount } from "./publication/results.pages.tsx";
