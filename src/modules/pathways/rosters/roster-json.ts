// A roster as programs see it.
import { z } from "zod";
import type { Roster } from "./roster.types.ts";

const STATES = [
  "reading",
  "asking",
  "refused",
  "ready",
  "committing",
  "committed",
  "undone",
  "discarded",
  "failed",
] as const;

export const roster = z
  .object({
    id: z.uuid(),
    organization_id: z.uuid(),
    grantee_code: z.string(),
    file_name: z.string(),
    file_size: z.int().describe("In bytes."),
    state: z
      .enum(STATES)
      .describe(
        "reading -> asking (a person must answer), refused (see `refusal`), or ready -> committing -> committed; failed: try again.",
      ),
    academic_years: z.array(z.string()).describe("Which it changed, once committed."),
    created_at: z.iso.datetime(),
    committed_at: z.iso.datetime().nullable(),
    page: z.string().describe("The address of its page, for people."),
  })
  .meta({ id: "Roster", description: "A file that was brought in." });

/** What is said of a file that is brought in. */
export const rosterFields = z.object({
  code: z
    .string("Name the grantee code.")
    .min(1, "Name the grantee code.")
    .describe("The grantee code whose trainees are in the file."),
  year: z
    .string()
    .regex(/^20\d\d-\d\d$/, "Write the academic year like this: 2024-25.")
    .optional()
    .describe("The academic year, such as 2024-25, where the file does not say it."),
  program: z
    .string()
    .trim()
    .max(120, "Use at most 120 characters for the program.")
    .optional()
    .describe("The program, where the file does not say it."),
});

const counts = z.record(z.string(), z.int());

export const rosterDetail = roster
  .extend({
    refusal: z
      .object({ code: z.string(), message: z.string() })
      .nullable()
      .describe("Why nothing of it is loaded, and what to do."),
    rows: z
      .object({ total: z.int(), loaded: z.int(), rejected: z.int(), warned: z.int() })
      .nullable()
      .describe("How many rows it has, and how many stay out until they are mended."),
    changes: counts.nullable().describe("What a commit changes, or changed: rows by kind."),
    findings: z.int().describe("How many findings are listed."),
    findings_by_code: counts.describe("All findings by check."),
    questions: z
      .array(
        z.object({
          question: z.string(),
          text: z.string(),
          column: z.string().nullable(),
          sheet: z.string().nullable(),
        }),
      )
      .describe("What a person must answer on the roster's page before it can be read."),
    totals: z
      .unknown()
      .describe("The totals of the file, as the roster format defines them; null before it is read."),
  })
  .meta({ id: "RosterDetail", description: "A roster with what was found in it." });

export const finding = z
  .object({
    sheet: z.string().nullable(),
    row: z.int().nullable(),
    column: z.string(),
    code: z.string(),
    severity: z.string().describe("error: the row stays out; warning: it is loaded and flagged."),
    message: z.string().describe("What is wrong, and how to mend it."),
  })
  .meta({ id: "Finding", description: "Something that is wrong in a roster." });

/** What there is to tell of every roster. */
export const shownRoster = (row: Roster): z.input<typeof roster> => ({
  id: row.id,
  organization_id: row.organizationId,
  grantee_code: row.granteeCode,
  file_name: row.fileName,
  file_size: row.fileSize,
  state: row.state,
  academic_years: row.academicYears,
  created_at: row.createdAt.toISOString(),
  committed_at: row.committedAt?.toISOString() ?? null,
  page: `/pathways/rosters/${row.id}`,
});

/** One roster with what its last reading found. */
export function shownRosterDetail(row: Roster, findings: number): z.input<typeof rosterDetail> {
  const { refusal, rows, changes, byCode, questions, totals } = row.outcome;
  return {
    ...shownRoster(row),
    refusal: refusal ?? null,
    rows: rows ?? null,
    changes: changes ? { ...changes } : null,
    findings,
    findings_by_code: byCode ?? {},
    questions: (row.state === "asking" ? (questions ?? []) : []).map(({ question, text, column, sheet }) => ({
      question,
      text,
      column: column === undefined ? null : String(column),
      sheet: sheet ?? null,
    })),
    totals: totals ?? null,
  };
}
