import type { Trx } from "../../../platform/database/database.ts";
import type { Work } from "../../../platform/events/work.ts";
import { conflict, unusable } from "../../../platform/web/problems.ts";
import { getHubOrganization } from "../../directory/index.ts";
import { practicesMerged } from "../events.ts";
import { archiveEvidence } from "../evidence/evidence.actions.ts";
import { listEvidence, repointEvidence } from "../evidence/evidence.store.ts";
import { listRepeated } from "../evidence/repeated-evidence.rules.ts";
import { repointMaterials } from "../materials/material.store.ts";
import { editPractice } from "../practices/practice.actions.ts";
import { updatePracticeState } from "../practices/practice.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { noteMergedDraft } from "../submissions/submission.actions.ts";
import { repointSubmissions } from "../submissions/submission.store.ts";
import { countForMerge } from "./carried.store.ts";
import { type Field, mayMerge, mergeContents, notWhileRated, type Pick } from "./merge.rules.ts";
import { lockPractices, repointMerged } from "./merge.store.ts";

/** Lets what points at one practice point at another. */
type Repoint = (trx: Trx, fromId: string, toId: string, at: Date) => Promise<void>;

/**
 * What points at practices and goes along, by the columns that do; a test reads the catalog. Whoever makes a table that does
 * adds its own here, and to the counts of `countForMerge`.
 */
export const CARRIED: readonly { columns: readonly string[]; repoint: Repoint }[] = [
  // Practices that were merged into this one earlier: an address leads on in one step, however long its chain.
  { columns: ["library.practice.merged_into"], repoint: repointMerged },
  {
    columns: ["library.submission.practice_id", "library.submission.result_id"],
    repoint: repointSubmissions,
  },
  { columns: ["library.evidence.practice_id"], repoint: repointEvidence },
  { columns: ["library.material_practice.practice_id"], repoint: repointMaterials },
];

/** What points at practices and stays with the one that is merged, each with its reason. */
export const STAYS: Readonly<Record<string, string>> = {
  "library.practice_version.practice_id": "its history, which is read at its old address",
  "library.rating_round.practice_id":
    "what was rated is what was read then; one that goes on keeps it from being merged",
  "library.submission_decision.practice_id": "what was decided is never changed",
  "library.adoption.practice_id":
    "it names the version that was taken up; which practice tells it follows from merged_into",
  "library.published.practice_id": "made from the practices themselves",
};

export interface Merge {
  /** The one whose address leads on from now on. */
  loser: Practice;
  survivor: Practice;
  picks: ReadonlyMap<Field, Pick>;
  reason: string;
  seenVersions: { loser: number; survivor: number };
}

/**
 * Makes one practice of two: the survivor gets a version with what was picked, the other one's address leads to it, and
 * what pointed there points here. There is no circle, since the survivor must be published and the other one then is not.
 */
export async function mergePractices(work: Work, merge: Merge): Promise<void> {
  const { loser, survivor, seenVersions } = merge;
  if (loser.id === survivor.id)
    throw unusable("A practice cannot be merged into itself. Choose another one.");
  // Two who merge the same two at the same time, the other way round perhaps: one waits here and is told.
  const now = await lockPractices(work.trx, [loser.id, survivor.id]);
  if (!mayMerge(now.get(loser.id)?.state) || now.get(survivor.id)?.state !== "published")
    throw conflict(
      "A practice or a draft is merged into a practice that is published. One of these is not, or no longer.",
    );
  if (
    now.get(loser.id)?.version !== seenVersions.loser ||
    now.get(survivor.id)?.version !== seenVersions.survivor
  )
    throw conflict(
      "Somebody else has changed one of the two meanwhile. Open the page again and choose anew.",
    );
  const { openRound } = await countForMerge(work.trx, loser.id, survivor.id);
  if (openRound !== null) throw conflict(notWhileRated(loser.content.title));
  await editPractice(work, survivor, {
    content: mergeContents(survivor.content, loser.content, merge.picks),
    reason: merge.reason,
    seenVersion: survivor.version,
    isAlwaysVersion: true,
  });
  await archiveRepeated(work, loser, survivor);
  await noteMergedDraft(work, loser.slug, survivor);
  await updatePracticeState(work.trx, loser.id, { state: "merged", into: survivor.id, at: work.now });
  for (const { repoint } of CARRIED) await repoint(work.trx, loser.id, survivor.id, work.now);
  const { id: organizationId } = await getHubOrganization(work.trx);
  await work.record(practicesMerged, {
    organizationId,
    subject: ["practice", loser.id],
    data: { practice: loser.slug, into: survivor.slug, version: survivor.version + 1 },
  });
}

/** What was found on both counts once. Nothing is lost: what is archived is read with its reason. */
async function archiveRepeated(work: Work, loser: Practice, survivor: Practice): Promise<void> {
  const there = await listEvidence(work.trx, survivor.id);
  const because = `It says the same as an item of “${survivor.content.title}”, into which its practice was merged.`;
  for (const item of listRepeated(await listEvidence(work.trx, loser.id), there))
    await archiveEvidence(work, loser, item, because);
}
