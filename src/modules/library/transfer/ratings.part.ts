import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import {
  findRoundRows,
  insertBroughtRounds,
  listClosedRoundIds,
  settleRatings,
} from "./rating-transfer.store.ts";
import { iso, isoOrNull, moment, type TransferPart, type Verdict } from "./transfer.types.ts";

const code = z.string().regex(/^[a-z0-9_]{1,60}$/);
const number = z.number().int().min(0).max(2_147_483_647);

const roundLine = z
  .strictObject({
    id: z.uuid(),
    practice: z.uuid(),
    scale: z.string().regex(/^[a-z_]{1,40}$/),
    scaleVersion: number,
    state: z.literal("closed"),
    openedAt: moment,
    closedAt: moment,
    level: code,
    rating: z.enum(["strong", "some", "expert", "insufficient", "mixed", "ineffective"]),
    hasAgreed: z.boolean(),
    evidenceItems: number,
    answers: z
      .array(
        z.strictObject({
          seat: z.number().int().min(1).max(3),
          answers: z.record(code, code),
          proposed: code.nullable(),
          level: code,
          reason: z.string().min(1).max(4000),
          givenAt: moment,
        }),
      )
      .min(2)
      .max(3),
  })
  .refine(({ answers }) => answers.every(({ seat }, place) => seat === place + 1), {
    error: "The answers are not those of the first, the second and, it may be, the third reviewer.",
  })
  .refine(
    ({ hasAgreed, level, answers }) =>
      hasAgreed === (answers[0]?.level === answers[1]?.level) && level === answers.at(-1)?.level,
    {
      error: "The outcome is not what the answers come to.",
    },
  );
export type RoundLine = z.infer<typeof roundLine>;

/** What is closed stays as it is. */
export function compareRounds(ours: RoundLine | undefined, theirs: RoundLine): Verdict {
  if (!ours) return { kind: "new" };
  // A merge lets it belong to another practice.
  const { practice: _ours, ...own } = ours;
  const { practice: _theirs, ...other } = theirs;
  return isDeepStrictEqual(own, other)
    ? { kind: "same" }
    : { kind: "conflict", why: "the rating stands otherwise here" };
}

/** Ratings that came to an end. Who gave them stays in their hub. */
export function ratingsPart(): TransferPart<RoundLine> {
  const rated = new Set<string>();
  return {
    name: "ratings",
    tables: ["library.rating_round", "library.rating"],
    line: roundLine,
    listIds: listClosedRoundIds,
    find: async (trx, ids) => {
      const { rounds, answers } = await findRoundRows(trx, ids);
      const ofRound = Map.groupBy(answers, ({ round_id }) => round_id);
      return new Map(
        rounds.map((row): [string, RoundLine] => [
          row.id,
          {
            id: row.id,
            practice: row.practice_id,
            scale: row.scale,
            scaleVersion: row.scale_version,
            state: row.state,
            openedAt: iso(row.opened_at),
            closedAt: isoOrNull(row.closed_at),
            level: row.level,
            rating: row.rating,
            hasAgreed: row.has_agreed,
            evidenceItems: row.evidence_items,
            answers: (ofRound.get(row.id) ?? []).map(({ given_at, round_id: _round, ...answer }) => ({
              ...answer,
              givenAt: iso(given_at),
            })),
            // One that still goes on here is found as well, and is never equal to one that is closed.
          } as RoundLine,
        ]),
      );
    },
    compare: compareRounds,
    needs: ({ practice }) => [{ part: "practices", id: practice }],
    nameOf: (line) => `rating of ${line.closedAt.slice(0, 10)} on the scale ${line.scale}`,
    write: async ({ trx }, lines) => {
      await insertBroughtRounds(
        trx,
        lines.map(({ line }) => ({
          id: line.id,
          practice_id: line.practice,
          scale: line.scale,
          scale_version: line.scaleVersion,
          opened_at: line.openedAt,
          level: line.level,
          rating: line.rating,
          has_agreed: line.hasAgreed,
          evidence_items: line.evidenceItems,
          closed_at: line.closedAt,
        })),
        lines.flatMap(({ line }) =>
          line.answers.map(({ givenAt, answers, ...answer }) => ({
            ...answer,
            round_id: line.id,
            answers: JSON.stringify(answers),
            given_at: givenAt,
          })),
        ),
      );
      for (const { line } of lines) rated.add(line.practice);
    },
    finish: ({ trx }) => settleRatings(trx, [...rated]),
  };
}
