import type { Work } from "../../../platform/events/work.ts";
import { conflict } from "../../../platform/web/problems.ts";
import { getHubOrganization } from "../../directory/index.ts";
import { hasAcceptedSnapshot } from "../annual/report.store.ts";
import { isUnderWay, noneAccepted } from "./publication.rules.ts";
import {
  findPublication,
  finishPublication,
  insertPublication,
  lockPublicationState,
  restartPublication,
} from "./publication.store.ts";
import { type PublishOptions, publishRelease } from "./release.actions.ts";
import { lockPublication } from "./release.store.ts";

/** Name of the job that publishes in the background. */
export const PUBLISH_JOB = "reports.publish";

/** Asks for a year's release, in the name of the person who asks. While one is being made, that one is meant. */
export async function requestPublication(work: Work, academicYear: string): Promise<void> {
  const { actor, trx, now } = work;
  if (actor.kind !== "person") throw new Error("a release is asked for by a person");
  if (!(await hasAcceptedSnapshot(trx, academicYear))) throw conflict(noneAccepted(academicYear));
  const publication = {
    hubOrganizationId: (await getHubOrganization(trx)).id,
    academicYear,
    askedBy: actor.personId,
    now,
  };
  if (!(await insertPublication(trx, publication))) {
    if (isUnderWay(await lockPublicationState(trx, academicYear), now)) return;
    await restartPublication(trx, publication);
  }
  await work.enqueue(PUBLISH_JOB, { year: academicYear, user: actor.userId, membership: actor.membershipId });
}

/** Makes the release that was asked for: all of it and the word that it is made, or nothing. */
export async function publishRequested(
  work: Work,
  academicYear: string,
  threshold: number,
  options: PublishOptions,
): Promise<void> {
  await lockPublication(work.trx, academicYear);
  // Its row stays unlocked while the gate computes, so that progress can be written beside this transaction.
  const publication = await findPublication(work.trx, academicYear);
  // The job may run twice, and late: what is finished stays as it is.
  if (publication?.state !== "publishing") return;
  const { number, exposed, unchanged } = await publishRelease(work, academicYear, threshold, options);
  await finishPublication(
    work.trx,
    academicYear,
    "published",
    { release: number, exposed, ...(unchanged ? { unchanged } : {}) },
    work.now,
  );
}
