import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { practiceContent } from "../practices/practice.types.ts";
import { keywordsOf } from "../practices/practice-labels.ts";
import {
  findPracticeRows,
  findSlugOwners,
  hasMergeCircle,
  insertBroughtPractices,
  insertBroughtVersions,
  listPracticeIds,
  type PracticeBrought,
  updateBroughtPractices,
  updateMerges,
} from "./practice-transfer.store.ts";
import {
  iso,
  isoOrNull,
  moment,
  type TransferPart,
  TransferProblem,
  type Verdict,
} from "./transfer.types.ts";

/** A place in an address, as the database takes it. */
export const slug = z
  .string()
  .max(120)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/);
const because = z.string().min(1).max(2000);

const practiceLine = z
  .strictObject({
    id: z.uuid(),
    slug,
    state: z.enum(["draft", "published", "merged", "withdrawn"]),
    mergedInto: z.uuid().nullable(),
    withdrawnBecause: because.nullable(),
    createdAt: moment,
    publishedAt: moment.nullable(),
    changedAt: moment,
    versions: z
      .array(
        z.strictObject({
          version: z.number().int().positive(),
          content: practiceContent,
          reason: z.string().min(1).max(1000),
          changedAt: moment,
        }),
      )
      .min(1)
      .max(100_000),
  })
  .refine(({ versions }) => versions.every(({ version }, place) => version === place + 1), {
    error: "The versions are not numbered one after another.",
  })
  .refine(
    ({ state, mergedInto, withdrawnBecause, publishedAt }) =>
      (state === "merged") === (mergedInto !== null) &&
      (state === "withdrawn") === (withdrawnBecause !== null) &&
      // A draft that was merged has never been public.
      (state === "draft" || state === "merged" || publishedAt !== null),
    { error: "The state does not fit what else is said of it." },
  );
export type PracticeLine = z.infer<typeof practiceLine>;

const standing = ({ state, mergedInto, withdrawnBecause, publishedAt }: PracticeLine) => [
  state,
  mergedInto,
  withdrawnBecause,
  publishedAt,
];

/** What was written and why; when it came to a hub may differ. */
const saying = ({ versions }: PracticeLine, count: number) =>
  versions.slice(0, count).map(({ content, reason }) => ({ content, reason }));

/** The longer history wins where it begins as the shorter one; where both are as long, the later change of state does. */
export function comparePractices(ours: PracticeLine | undefined, theirs: PracticeLine): Verdict {
  if (!ours) return { kind: "new" };
  if (ours.slug !== theirs.slug) return { kind: "conflict", why: `it has the address ${ours.slug} here` };
  const [here, there] = [ours.versions.length, theirs.versions.length];
  const common = Math.min(here, there);
  if (!isDeepStrictEqual(saying(ours, common), saying(theirs, common)))
    return { kind: "conflict", why: "it was edited here and there, each in its own way" };
  const isStanding = isDeepStrictEqual(standing(ours), standing(theirs));
  if (here === there) {
    if (isStanding && ours.changedAt === theirs.changedAt) return { kind: "same" };
    return { kind: theirs.changedAt > ours.changedAt ? "newer" : "ahead" };
  }
  if (here > there) return { kind: "ahead" };
  return isStanding || theirs.changedAt >= ours.changedAt
    ? { kind: "newer" }
    : { kind: "conflict", why: `it is ${ours.state} here since, and has been edited there` };
}

/** What waits for the practice that it leads to stands as this, unseen, until all are there; what was never public, as a draft. */
const UNTIL_MERGED = "It is told elsewhere now.";
function stateUntilMerged({ state, publishedAt }: PracticeLine): PracticeBrought["state"] {
  if (state !== "merged") return state;
  return publishedAt === null ? "draft" : "withdrawn";
}

function brought(line: PracticeLine, keywords: string): PracticeBrought {
  const newest = line.versions.at(-1);
  const state = stateUntilMerged(line);
  return {
    id: line.id,
    slug: line.slug,
    state,
    withdrawn_because: state === "withdrawn" ? (line.withdrawnBecause ?? UNTIL_MERGED) : null,
    version: line.versions.length,
    content: JSON.stringify(newest?.content ?? {}),
    keywords,
    review_by: newest?.content.reviewBy ?? null,
    created_at: line.createdAt,
    published_at: line.publishedAt,
    changed_at: line.changedAt,
  };
}

/** Practices with all their versions. */
export function practicesPart(): TransferPart<PracticeLine> {
  const merges: { id: string; into: string }[] = [];
  return {
    name: "practices",
    tables: ["library.practice", "library.practice_version"],
    line: practiceLine,
    listIds: listPracticeIds,
    find: async (trx, ids) => {
      const { practices, versions } = await findPracticeRows(trx, ids);
      const ofPractice = Map.groupBy(versions, ({ practice_id }) => practice_id);
      return new Map(
        practices.map((row): [string, PracticeLine] => [
          row.id,
          {
            id: row.id,
            slug: row.slug,
            state: row.state as PracticeLine["state"],
            mergedInto: row.merged_into,
            withdrawnBecause: row.withdrawn_because,
            createdAt: iso(row.created_at),
            publishedAt: isoOrNull(row.published_at),
            changedAt: iso(row.changed_at),
            versions: (ofPractice.get(row.id) ?? []).map(({ version, content, reason, changed_at }) => ({
              version,
              content,
              reason,
              changedAt: iso(changed_at),
            })),
          },
        ]),
      );
    },
    compare: comparePractices,
    findTaken: async (trx, lines) =>
      findSlugOwners(
        trx,
        "practice",
        lines.map((line) => line.slug),
      ),
    needs: ({ mergedInto }) => (mergedInto === null ? [] : [{ part: "practices", id: mergedInto }]),
    nameOf: (line) => `practice ${line.slug}`,
    write: async ({ trx }, lines) => {
      const contents = lines.flatMap(({ line }) => line.versions.at(-1)?.content ?? []);
      const keywords = await keywordsOf(trx, contents);
      const rows = lines.map(({ line, kind }, place) => ({
        kind,
        row: brought(line, keywords[place] ?? ""),
      }));
      await insertBroughtPractices(
        trx,
        rows.filter(({ kind }) => kind === "new").map(({ row }) => row),
      );
      await updateBroughtPractices(
        trx,
        rows.filter(({ kind }) => kind === "newer").map(({ row }) => row),
      );
      await insertBroughtVersions(
        trx,
        lines.flatMap(({ line }) =>
          line.versions.map(({ version, content, reason, changedAt }) => ({
            practice_id: line.id,
            version,
            content: JSON.stringify(content),
            reason,
            changed_at: changedAt,
          })),
        ),
      );
      for (const { line } of lines)
        if (line.mergedInto !== null) merges.push({ id: line.id, into: line.mergedInto });
    },
    finish: async ({ trx }) => {
      await updateMerges(trx, merges);
      if (await hasMergeCircle(trx))
        throw new TransferProblem(
          "Practices in this file lead to each other in a circle, so that none of them would tell what they were merged into. Nothing was changed.",
        );
    },
  };
}
