import { randomBytes } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { LANGUAGES } from "../../../ui/language.ts";
import { CORRECTED_PARTS } from "../submissions/submission.types.ts";
import { findSubmissionRows, insertBroughtSubmissions, listSettledIds } from "./submission-transfer.store.ts";
import { iso, isoOrNull, moment, type TransferPart, type Verdict } from "./transfer.types.ts";

const SETTLED = ["published", "applied", "merged", "refused"] as const;
const DECISIONS = ["waiting", "drafted", ...SETTLED, "spam"] as const;

const submissionLine = z
  .strictObject({
    id: z.uuid(),
    kind: z.enum(["practice", "correction"]),
    /** What a correction is of. */
    practice: z.uuid().nullable(),
    state: z.enum(SETTLED),
    /** The title that was sent, or the part that was corrected. */
    about: z.string().max(200),
    language: z.enum(LANGUAGES),
    result: z.uuid().nullable(),
    sentAt: moment,
    decidedAt: moment,
    version: z.number().int().positive(),
    decisions: z
      .array(
        z.strictObject({
          version: z.number().int().positive(),
          decision: z.enum(DECISIONS),
          reason: z.string().min(1).max(2000).nullable(),
          practice: z.uuid().nullable(),
          decidedAt: moment,
        }),
      )
      .max(1000),
  })
  .refine(({ kind, practice }) => (kind === "correction") === (practice !== null), {
    error: "A correction is of a practice, and nothing else is.",
  })
  .refine(({ decisions }) => new Set(decisions.map(({ version }) => version)).size === decisions.length, {
    error: "Two decisions have the same number.",
  });
export type SubmissionLine = z.infer<typeof submissionLine>;

/** What is settled stays as it is. */
export function compareSubmissions(ours: SubmissionLine | undefined, theirs: SubmissionLine): Verdict {
  if (!ours) return { kind: "new" };
  // A merge lets it belong to another practice.
  const plain = ({ practice: _practice, result: _result, decisions, ...line }: SubmissionLine) => ({
    ...line,
    decisions: decisions.map(({ practice: _decided, ...decision }) => decision),
  });
  if (isDeepStrictEqual(plain(ours), plain(theirs))) return { kind: "same" };
  return ours.version >= theirs.version
    ? { kind: "ahead" }
    : { kind: "conflict", why: "it has been decided there, and not here" };
}

/** What pages ask of it, without what was written: that stays where it was sent. */
function contentOf({ kind, about, language }: SubmissionLine) {
  if (kind === "practice")
    return { title: about, what: "", states: [], sponsor: "", links: [], known: "", language };
  return { part: CORRECTED_PARTS.find((part) => part === about) ?? "other", right: "", source: "", language };
}

/** What was decided of submissions, without what was sent and by whom. */
export const submissionsPart = (): TransferPart<SubmissionLine> => ({
  name: "decisions",
  tables: ["library.submission", "library.submission_decision"],
  line: submissionLine,
  listIds: (trx) => listSettledIds(trx, SETTLED),
  find: async (trx, ids) => {
    const { submissions, decisions } = await findSubmissionRows(trx, ids);
    const ofSubmission = Map.groupBy(decisions, ({ submission_id }) => submission_id);
    return new Map(
      submissions.map((row): [string, SubmissionLine] => [
        row.id,
        {
          id: row.id,
          kind: row.kind,
          practice: row.practice_id,
          state: row.state,
          about: row.content.title ?? row.content.part ?? "",
          language: row.content.language ?? "en",
          result: row.result_id,
          sentAt: iso(row.sent_at),
          decidedAt: isoOrNull(row.decided_at),
          version: row.version,
          decisions: (ofSubmission.get(row.id) ?? []).map((one) => ({
            version: one.version,
            decision: one.decision,
            reason: one.reason,
            practice: one.practice_id,
            decidedAt: iso(one.decided_at),
          })),
          // One that still waits here is found as well, and is never equal to one that is settled.
        } as SubmissionLine,
      ]),
    );
  },
  compare: compareSubmissions,
  needs: ({ practice, result, decisions }) =>
    [practice, result, ...decisions.map((one) => one.practice)].flatMap((id) =>
      id === null ? [] : [{ part: "practices", id }],
    ),
  nameOf: (line) => `decision of ${line.decidedAt.slice(0, 10)}`,
  write: async ({ trx }, lines) =>
    insertBroughtSubmissions(
      trx,
      lines.map(({ line }) => ({
        id: line.id,
        // Of a secret that nobody has.
        token_hash: randomBytes(32),
        kind: line.kind,
        practice_id: line.practice,
        state: line.state,
        content: JSON.stringify(contentOf(line)),
        version: line.version,
        result_id: line.result,
        sent_at: line.sentAt,
        decided_at: line.decidedAt,
      })),
      lines.flatMap(({ line }) =>
        line.decisions.map((one) => ({
          submission_id: line.id,
          version: one.version,
          decision: one.decision,
          reason: one.reason,
          practice_id: one.practice,
          decided_at: one.decidedAt,
        })),
      ),
    ),
});
