import type { Trx } from "../../../platform/database/database.ts";
import type { Work } from "../../../platform/events/work.ts";
import { conflict, unusable } from "../../../platform/web/problems.ts";
import { getHubOrganization } from "../../directory/index.ts";
import { practicesMerged } from "../events.ts";
import { repointEvidence } from "../evidence/evidence.store.ts";
import { editPractice } from "../practices/practice.actions.ts";
import { updatePracticeState } from "../practices/practice.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { repointSubmissions } from "../submissions/submission.store.ts";
import { type Field, mergeContents, type Pick } from "./merge.rules.ts";
import { lockPractices, repointMerged } from "./merge.store.ts";

/** Lets what points at one practice point at another. */
type Repoint = (trx: Trx, fromId: string, toId: string) => Promise<void>;

/** What points at practices: whoever makes a table that does adds its own here. */
const REPOINTS: readonly Repoint[] = [
  // Practices that were merged into this one earlier: an address leads on in one step, however long its chain.
  repointMerged,
  repointSubmissions,
  repointEvidence,
];

/** Lets everything that points at one practice point at another. */
export async function repointPractice(trx: Trx, fromId: string, toId: string): Promise<void> {
  for (const repoint of REPOINTS) await repoint(trx, fromId, toId);
}

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
 * what pointed there points here. There is no circle, since both must be published and one of them then is not.
 */
export async function mergePractices(work: Work, merge: Merge): Promise<void> {
  const { loser, survivor, seenVersions } = merge;
  if (loser.id === survivor.id)
    throw unusable("A practice cannot be merged into itself. Choose another one.");
  // Two who merge the same two at the same time, the other way round perhaps: one waits here and is told.
  const now = await lockPractices(work.trx, [loser.id, survivor.id]);
  if (now.get(loser.id)?.state !== "published" || now.get(survivor.id)?.state !== "published")
    throw conflict("Only practices that are published can be merged. One of these is not, or no longer.");
  if (
    now.get(loser.id)?.version !== seenVersions.loser ||
    now.get(survivor.id)?.version !== seenVersions.survivor
  )
    throw conflict(
      "Somebody else has changed one of the two meanwhile. Open the page again and choose anew.",
    );
  await editPractice(work, survivor, {
    content: mergeContents(survivor.content, loser.content, merge.picks),
    reason: merge.reason,
    seenVersion: survivor.version,
    isAlwaysVersion: true,
  });
  await updatePracticeState(work.trx, loser.id, { state: "merged", into: survivor.id, at: work.now });
  await repointPractice(work.trx, loser.id, survivor.id);
  const { id: organizationId } = await getHubOrganization(work.trx);
  await work.record(practicesMerged, {
    organizationId,
    subject: ["practice", loser.id],
    data: { practice: loser.slug, into: survivor.slug, version: survivor.version + 1 },
  });
}
