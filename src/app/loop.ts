// The learning loop: what follows when something happens. Each line ties an event of one module to the door of another.
import { notePublished, practicePublished } from "../modules/library/index.ts";
import { lockYear, unlockYear } from "../modules/pathways/index.ts";
import { correctionBegun, reportAccepted } from "../modules/reports/index.ts";
import { on, type Subscription } from "../platform/events/work.ts";

export const loop: readonly Subscription[] = [
  // What somebody told the library of is in the library: they are told so.
  on(practicePublished, (work, { practice }) => notePublished(work, practice)),
  // An accepted report closes its year: no import changes what was accepted.
  on(reportAccepted, (work, { academicYear, version }, organizationId) =>
    lockYear(work, organizationId, academicYear, `its report was accepted (version ${version}).`),
  ),
  // A correction opens the year again.
  on(correctionBegun, (work, { academicYear }, organizationId) =>
    unlockYear(work, organizationId, academicYear),
  ),
];
