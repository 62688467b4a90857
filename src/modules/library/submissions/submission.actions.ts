import { createHash, randomBytes, randomUUID } from "node:crypto";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import { system } from "../../../platform/database/actor.ts";
import type { Work } from "../../../platform/events/work.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { conflict, forbidden, unusable } from "../../../platform/web/problems.ts";
import { languageNow } from "../../../ui/language.ts";
import { findHub, getHubOrganization } from "../../directory/index.ts";
import { submissionDecided, submissionReceived } from "../events.ts";
import { mayEditLibrary } from "../library.policy.ts";
import { findPractice } from "../practices/practice.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { mayWriteTo } from "./sending-limits.ts";
import { decisionsFor } from "./submission.rules.ts";
import {
  insertDecision,
  insertSubmission,
  listDecisionsOf,
  listSubmissionsOfDraft,
} from "./submission.store.ts";
import type {
  Decision,
  Sender,
  Submission,
  SubmittedCorrection,
  SubmittedPractice,
  Suspicion,
} from "./submission.types.ts";
import { inPageLanguage, receiptPath } from "./submission-addresses.ts";
import { decisionInWords } from "./submission-labels.ts";
import { receiptLetter } from "./submission-letters.ts";

/** The job that tells a sender what was decided. */
export const ANSWER_SENDER_JOB = "library.answer-sender";

/** What a secret address looks like. */
export const RECEIPT_TOKEN = /^[\w-]{43}$/;
export const secretHash = (token: string): Buffer => createHash("sha256").update(token).digest();

export interface Received {
  content: SubmittedPractice | SubmittedCorrection;
  /** What a correction is of. */
  practice: Practice | null;
  sender: Sender;
  suspicion: Suspicion | null;
}

/**
 * Takes what somebody without an account has sent. It is written by the hub itself: nobody else may.
 * @returns the secret of the sender's page. It is kept nowhere: only its hash is.
 */
export async function receiveSubmission(work: Work, config: Config, received: Received): Promise<string> {
  const asHub = await work.actAs(system);
  const id = randomUUID();
  const token = randomBytes(32).toString("base64url");
  const { content, practice, sender, suspicion } = received;
  await insertSubmission(asHub.trx, {
    id,
    tokenHash: secretHash(token),
    practiceId: practice?.id ?? null,
    suspicion,
    content,
    sender,
    at: work.now,
  });
  const { id: organizationId } = await getHubOrganization(asHub.trx);
  await asHub.record(submissionReceived, {
    organizationId,
    subject: ["submission", id],
    data: { submission: id, kind: practice ? "correction" : "practice", suspicion },
  });
  // To what is probably spam nothing is written: the address may be anybody's.
  if (sender.email && suspicion === null && mayWriteTo(sender.email, work.now)) {
    const hub = await findHub(asHub.trx);
    await queueMail(asHub, {
      to: sender.email,
      personId: null,
      kind: "submission",
      language: languageNow(),
      key: `submission/${id}/received`,
      ...receiptLetter(hub?.name ?? "Trellis", hubAddress(config, inPageLanguage(receiptPath(token)))),
    });
  }
  return token;
}

export interface DecisionMade {
  decision: Decision;
  /** What the sender is told beside the decision itself. */
  reason: string | null;
  /** The draft, or what it is a duplicate of. */
  practice: { id: string; slug: string } | null;
  /** The version that the librarian has read. */
  seenVersion: number;
}

const personOf = (work: Work): string | null => (work.actor.kind === "person" ? work.actor.personId : null);

/**
 * Decides a submission, and has its sender told.
 * @throws a conflict where somebody else has decided it since.
 */
export async function decideSubmission(
  work: Work,
  submission: Submission,
  made: DecisionMade,
): Promise<void> {
  if (!mayEditLibrary(work.actor)) throw forbidden("Only librarians and administrators decide submissions.");
  if (made.seenVersion !== submission.version) throw await tooLate(work, submission.id);
  if (!decisionsFor(submission).includes(made.decision))
    throw unusable("This can no longer be decided of it. Open the submission again to see how it stands.");
  const version = submission.version + 1;
  const isWritten = await insertDecision(work.trx, {
    submissionId: submission.id,
    version,
    decision: made.decision,
    reason: made.reason,
    practiceId: made.practice?.id ?? null,
    decidedBy: personOf(work),
    at: work.now,
  });
  if (!isWritten) throw await tooLate(work, submission.id);
  const { id: organizationId } = await getHubOrganization(work.trx);
  await work.record(submissionDecided, {
    organizationId,
    subject: ["submission", submission.id],
    data: {
      submission: submission.id,
      decision: made.decision,
      practice: made.practice?.slug ?? null,
    },
  });
  await work.enqueue(ANSWER_SENDER_JOB, { submission: submission.id, version });
}

/** Somebody else was first: who, and what they decided. */
async function tooLate(work: Work, id: string) {
  const [last] = await listDecisionsOf(work.trx, id);
  return conflict(
    `Somebody else has decided this meanwhile${last ? `: ${last.decidedBy ?? "the library"} ${decisionInWords(last.decision)}` : ""}. Your decision was not saved. Open the submission again to see how it stands.`,
  );
}

/** A draft is merged into a practice that was there: whoever told of it is told that the library has it already. */
export async function noteMergedDraft(
  work: Work,
  slug: string,
  survivor: { id: string; slug: string },
): Promise<void> {
  for (const submission of await listSubmissionsOfDraft(work.trx, slug))
    await decideSubmission(work, submission, {
      decision: "merged",
      reason: null,
      practice: survivor,
      seenVersion: submission.version,
    });
}

/** A draft was published: whoever told of it is told so. For src/app/loop.ts. */
export async function notePublished(work: Work, slug: string): Promise<void> {
  const practice = await findPractice(work.trx, slug);
  for (const submission of await listSubmissionsOfDraft(work.trx, slug))
    await decideSubmission(work, submission, {
      decision: "published",
      reason: null,
      practice,
      seenVersion: submission.version,
    });
}
