import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { webAddress } from "../practices/practice.types.ts";
import {
  archiveBroughtEvidence,
  type EvidenceBrought,
  findEvidenceRows,
  insertBroughtEvidence,
  listEvidenceIds,
} from "./evidence-transfer.store.ts";
import { iso, moment, type TransferPart, type Verdict } from "./transfer.types.ts";

const code = z.string().regex(/^[a-z_]{1,40}$/);
const year = z.number().int().min(1800).max(2200);

const evidenceLine = z.strictObject({
  id: z.uuid(),
  practice: z.uuid(),
  kind: code,
  design: code,
  setting: z.string().max(500),
  participants: z.number().int().min(0).max(2_147_483_647).nullable(),
  outcome: z.string().min(1).max(500),
  direction: z.enum(["favors", "no_difference", "mixed", "against", "unclear"]),
  sourceTitle: z.string().min(1).max(500),
  sourcePublisher: z.string().max(300),
  sourceYear: year.nullable(),
  sourceUrl: z.union([z.literal(""), webAddress]),
  note: z.string().max(4000),
  replaces: z.uuid().nullable(),
  addedAt: moment,
  archived: z.strictObject({ at: moment, because: z.string().min(1).max(2000) }).nullable(),
});
export type EvidenceLine = z.infer<typeof evidenceLine>;

/** An item is never rewritten; all that may come to it is that it is archived. */
export function compareEvidence(ours: EvidenceLine | undefined, theirs: EvidenceLine): Verdict {
  if (!ours) return { kind: "new" };
  if (isDeepStrictEqual(ours, theirs)) return { kind: "same" };
  // A merge lets it belong to another practice.
  const { archived: here, practice: _ours, ...own } = ours;
  const { archived: there, practice: _theirs, ...other } = theirs;
  if (!isDeepStrictEqual(own, other)) return { kind: "conflict", why: "it says something else here" };
  return { kind: here === null && there !== null ? "newer" : "ahead" };
}

const brought = (line: EvidenceLine): EvidenceBrought => ({
  id: line.id,
  practice_id: line.practice,
  kind: line.kind,
  design: line.design,
  setting: line.setting,
  participants: line.participants,
  outcome: line.outcome,
  direction: line.direction,
  source_title: line.sourceTitle,
  source_publisher: line.sourcePublisher,
  source_year: line.sourceYear,
  source_url: line.sourceUrl,
  note: line.note,
  replaces: line.replaces,
  added_at: line.addedAt,
  archived_at: line.archived?.at ?? null,
  archived_because: line.archived?.because ?? null,
});

/** What is known of how well practices work. */
export const evidencePart = (): TransferPart<EvidenceLine> => ({
  name: "evidence",
  tables: ["library.evidence"],
  line: evidenceLine,
  listIds: listEvidenceIds,
  find: async (trx, ids) =>
    new Map(
      (await findEvidenceRows(trx, ids)).map((row): [string, EvidenceLine] => [
        row.id,
        {
          id: row.id,
          practice: row.practice_id,
          kind: row.kind,
          design: row.design,
          setting: row.setting,
          participants: row.participants,
          outcome: row.outcome,
          direction: row.direction as EvidenceLine["direction"],
          sourceTitle: row.source_title,
          sourcePublisher: row.source_publisher,
          sourceYear: row.source_year,
          sourceUrl: row.source_url,
          note: row.note,
          replaces: row.replaces,
          addedAt: iso(row.added_at),
          archived:
            row.archived_at && row.archived_because
              ? { at: iso(row.archived_at), because: row.archived_because }
              : null,
        },
      ]),
    ),
  compare: compareEvidence,
  needs: ({ practice, replaces }) => [
    { part: "practices", id: practice },
    ...(replaces === null ? [] : [{ part: "evidence", id: replaces }]),
  ],
  nameOf: (line) => `evidence “${line.outcome}”`,
  write: async ({ trx }, lines) => {
    await insertBroughtEvidence(
      trx,
      lines.filter(({ kind }) => kind === "new").map(({ line }) => brought(line)),
    );
    await archiveBroughtEvidence(
      trx,
      lines.filter(({ kind }) => kind === "newer").map(({ line }) => brought(line)),
    );
  },
});
