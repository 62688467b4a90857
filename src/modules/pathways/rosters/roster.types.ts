import type { Answer, FileFinding, Question, SheetLayout } from "../roster-reading/roster-reading.types.ts";
import type { ChangeCounts } from "./staging.store.ts";

export type RosterState =
  | "reading"
  | "asking"
  | "refused"
  | "ready"
  | "committing"
  | "committed"
  | "undone"
  | "discarded"
  | "failed";

/** Why nothing of a file is loaded; the message says what to do. */
export interface RosterRefusal {
  code: "FILE_UNREADABLE" | "FILE_ENCRYPTED" | "FILE_NO_HEADER" | "FILE_NO_KEY" | "YEAR_LOCKED";
  message: string;
}

/** What the person said of the file. */
export interface RosterGiven {
  academicYear?: string | undefined;
  programName?: string | undefined;
  answers: Answer[];
  /** Enrollments that the person ticked to be archived, because the file lacks them. */
  archive: number[];
}

/** What the last reading found. */
export interface RosterOutcome {
  refusal?: RosterRefusal;
  file?: { format: string; encoding: string | null; delimiter: string | null; sheets: SheetLayout[] };
  questions?: Question[];
  fileFindings?: FileFinding[];
  rows?: { total: number; loaded: number; rejected: number; warned: number };
  /** Findings by check code. */
  byCode?: Record<string, number>;
  changes?: ChangeCounts;
  totals?: unknown;
}

export interface RosterProgress {
  step?: "reading" | "checking" | "comparing" | "committing";
  rows?: number;
  total?: number;
}

export interface Roster {
  organizationId: string;
  id: string;
  granteeCode: string;
  fileName: string;
  fileHash: string;
  fileSize: number;
  state: RosterState;
  progress: RosterProgress;
  given: RosterGiven;
  outcome: RosterOutcome;
  academicYears: string[];
  createdAt: Date;
  committedAt: Date | null;
  undoneAt: Date | null;
  /** When the uploaded file was removed, long after the roster was put aside. */
  fileRemovedAt: Date | null;
}
