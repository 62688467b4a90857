import type { ReportFigures } from "../figures/report-figures.types.ts";

export type ReportState = "draft" | "submitted" | "returned" | "accepted";

/** An organization's report of one reporting year; there is one as soon as somebody works on it. */
export interface Report {
  organizationId: string;
  academicYear: string;
  state: ReportState;
  version: number;
  correctionReason: string | null;
  returnedBecause: string | null;
}

export interface Narrative {
  section: string;
  body: string;
  /** Counts saves; 0 before the first. */
  revision: number;
  editedBy: string | null;
  editedAt: Date | null;
}

/** What an accepted version keeps, whatever is edited later. */
export interface SnapshotContent {
  figures: ReportFigures;
  narratives: { section: string; body: string }[];
}

/** One figure that a correction changed. */
export interface FigureChange {
  figure: string;
  before: number | null;
  after: number | null;
}

export interface Snapshot {
  organizationId: string;
  academicYear: string;
  version: number;
  content: SnapshotContent;
  changes: FigureChange[];
  correctionReason: string | null;
  acceptedAt: Date;
}
