import type { Trx } from "../../../platform/database/database.ts";
import { readFiguresForPage } from "../figures/report-figures.store.ts";
import type { ReportFigures } from "../figures/report-figures.types.ts";
import { findSnapshot, readReport } from "./report.store.ts";
import type { Report, Snapshot } from "./report.types.ts";

/** A report with the figures that it shows: an accepted one those that were accepted, whatever the records say by now. */
export async function readShownFigures(
  trx: Trx,
  organizationId: string,
  academicYear: string,
): Promise<{ report: Report; frozen: Snapshot | null; figures: ReportFigures }> {
  const report = await readReport(trx, organizationId, academicYear);
  const frozen =
    report.state === "accepted"
      ? await findSnapshot(trx, organizationId, academicYear, report.version)
      : null;
  const figures =
    frozen?.content.figures ?? (await readFiguresForPage(trx, { academicYear, organizationId }));
  return { report, frozen, figures };
}
