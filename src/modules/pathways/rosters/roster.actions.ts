import type pg from "pg";
import type { Work } from "../../../platform/events/work.ts";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import { noteSites } from "../../directory/index.ts";
import { rosterAnswered, rosterCommitted, rosterDiscarded, rosterReceived } from "../events.ts";
import type { Answer, Finding } from "../roster-reading/roster-reading.types.ts";
import { archiveTicked } from "./archive.store.ts";
import { writeFindings } from "./findings.store.ts";
import { readMemory, rememberAnswers } from "./memory.store.ts";
import { checkRows, openRoster, type ReadOptions, stageRows } from "./read-file.ts";
import {
  clearReading,
  findRoster,
  insertRoster,
  listLockedYears,
  lockOrganizationRecords,
  lockRoster,
  type NewRoster,
  updateRoster,
} from "./roster.store.ts";
import type { Roster, RosterOutcome, RosterRefusal } from "./roster.types.ts";
import {
  countChanges,
  listChanges,
  matchStaged,
  mergeStaged,
  stagedSites,
  stagedYears,
} from "./staging.store.ts";

/** Names of the jobs that read and commit in the background. */
export const READ_ROSTER_JOB = "pathways.read-roster";
export const COMMIT_ROSTER_JOB = "pathways.commit-roster";

/** Findings listed one by one; all are counted, and all stand in the copy of the file that goes back. */
export const MOST_LISTED_FINDINGS = 20_000;

/** Where files lie and how large they may be. */
export interface RosterFiles {
  pathOf(hash: string): string;
  maxWorkbookBytes: number;
}

/** Takes a stored file as an upload. @returns the roster's id. */
export async function receiveRoster(work: Work, roster: NewRoster): Promise<string> {
  const id = await insertRoster(work.trx, roster);
  await work.record(rosterReceived, {
    organizationId: roster.organizationId,
    subject: ["roster", id],
    data: { roster: id },
  });
  return id;
}

/** Asks for a step of the way in the background, in the name of the person who asks. */
export async function enqueueStep(work: Work, job: string, roster: string): Promise<void> {
  const { actor } = work;
  if (actor.kind !== "person") throw new Error("background work on a roster is asked for by a person");
  await work.enqueue(job, { roster, user: actor.userId, membership: actor.membershipId });
}

/** Answers questions and ticks rows to archive; the file is read again with them. */
export async function answerRoster(
  work: Work,
  id: string,
  answers: readonly Answer[],
  more: { academicYear?: string; programName?: string } = {},
): Promise<void> {
  const roster = await lockRoster(work.trx, id);
  if (!roster) throw notFound("This roster");
  if (roster.state !== "asking" && roster.state !== "ready")
    throw conflict("This roster is not waiting for answers any more.");
  const given = { ...roster.given, ...more, answers: [...roster.given.answers, ...answers] };
  await updateRoster(work.trx, id, { state: "reading", given, progress: {} });
  await rememberAnswers(work.trx, roster.organizationId, answers);
  await work.record(rosterAnswered, {
    organizationId: roster.organizationId,
    subject: ["roster", id],
    data: { roster: id },
  });
  await enqueueStep(work, READ_ROSTER_JOB, id);
}

/** Puts an upload aside; nothing of it is stored. */
export async function discardRoster(work: Work, id: string): Promise<void> {
  const roster = await lockRoster(work.trx, id);
  if (!roster) throw notFound("This roster");
  if (!["asking", "ready", "refused", "failed"].includes(roster.state))
    throw conflict("This roster cannot be put aside now.");
  await updateRoster(work.trx, id, { state: "discarded" });
  await work.record(rosterDiscarded, {
    organizationId: roster.organizationId,
    subject: ["roster", id],
    data: { roster: id },
  });
}

/** Asks for the commit; `archive` are the missing enrollments that the person ticked. */
export async function requestCommit(work: Work, id: string, archive: readonly number[]): Promise<void> {
  const roster = await lockRoster(work.trx, id);
  if (!roster) throw notFound("This roster");
  if (roster.state !== "ready")
    throw conflict(
      roster.state === "committed"
        ? "This roster is committed already."
        : "This roster is not ready to be committed.",
    );
  await updateRoster(work.trx, id, {
    state: "committing",
    given: { ...roster.given, archive: [...archive] },
    progress: { step: "committing" },
  });
  await enqueueStep(work, COMMIT_ROSTER_JOB, id);
}

/** Reads an upload: layout and questions; without open questions also findings and the difference. Changes no enrollment. */
export async function readRoster(
  work: Work,
  client: pg.ClientBase,
  id: string,
  files: RosterFiles,
  options: ReadOptions = {},
): Promise<RosterOutcome> {
  // The row stays unlocked while the file is read, so that progress can be written beside this transaction.
  const roster = await findRoster(work.trx, id);
  if (!roster) throw notFound("This roster");
  // The job may run twice, and late: what went on from there stays as it is.
  if (roster.state !== "reading" && roster.state !== "failed") return roster.outcome;
  await clearReading(work.trx, id);
  const opened = await openRoster(await fileOf(work, roster, files), options);
  if ("refusal" in opened) return settle(work, id, "refused", opened.outcome);
  try {
    const findings: Finding[] = [];
    const keep = (finding: Finding): void => {
      if (findings.length < MOST_LISTED_FINDINGS) findings.push(finding);
    };
    let outcome = await stageRows(client, opened, { ...options, onFinding: keep });
    await writeFindings(client, roster, findings);
    if (opened.examination.questions.length > 0) return settle(work, id, "asking", outcome);
    options.onProgress?.({ step: "comparing" });
    const refusal = await refuseLockedYears(work, roster);
    if (refusal) return settle(work, id, "refused", { ...outcome, refusal });
    await matchStaged(work.trx, roster);
    outcome = { ...outcome, changes: await countChanges(work.trx, roster) };
    await listChanges(work.trx, roster, id);
    return settle(work, id, "ready", outcome);
  } finally {
    await opened.close();
  }
}

async function settle(
  work: Work,
  id: string,
  state: "refused" | "asking" | "ready",
  outcome: RosterOutcome,
): Promise<RosterOutcome> {
  await updateRoster(work.trx, id, { state, outcome, progress: {} });
  return outcome;
}

/**
 * Commits a roster: reads the file again, merges it into the enrollments, all or nothing, in one transaction with one
 * audit row. The same file a second time changes nothing.
 */
export async function commitRoster(
  work: Work,
  client: pg.ClientBase,
  id: string,
  files: RosterFiles,
  options: ReadOptions = {},
): Promise<RosterOutcome> {
  const found = await findRoster(work.trx, id);
  if (!found) throw notFound("This roster");
  await lockOrganizationRecords(work.trx, found.organizationId);
  const roster = (await findRoster(work.trx, id)) ?? found;
  // The job may run twice: what is committed stays committed, once.
  if (roster.state === "committed") return roster.outcome;
  // "failed": an earlier try of the same job.
  if (!["committing", "ready", "reading", "failed"].includes(roster.state))
    throw conflict("This roster cannot be committed now.");
  const opened = await openRoster(await fileOf(work, roster, files), options);
  if ("refusal" in opened) return settle(work, id, "refused", opened.outcome);
  try {
    if (opened.examination.questions.length > 0)
      return settle(work, id, "asking", await checkRows(opened, options));
    const outcome = await stageRows(client, opened, options);
    const years = await stagedYears(work.trx);
    const refusal = await refuseLockedYears(work, roster, years);
    if (refusal) return settle(work, id, "refused", { ...outcome, refusal });
    return await mergeAndRecord(work, roster, outcome, years);
  } finally {
    await opened.close();
  }
}

/** Merges what is staged for the roster's organization and grantee code, and records it. */
export async function mergeAndRecord(
  work: Work,
  roster: Roster,
  outcome: RosterOutcome,
  academicYears: string[],
): Promise<RosterOutcome> {
  await matchStaged(work.trx, roster);
  const changes = await countChanges(work.trx, roster);
  await mergeStaged(work.trx, roster, roster.id, changes);
  const archived = await archiveTicked(work.trx, roster);
  await noteSites(work.trx, roster.organizationId, await stagedSites(work.trx));
  const finished = { ...outcome, changes };
  await updateRoster(work.trx, roster.id, {
    state: "committed",
    outcome: finished,
    academicYears,
    progress: {},
    committedAt: work.now,
  });
  await work.record(rosterCommitted, {
    organizationId: roster.organizationId,
    subject: ["roster", roster.id],
    data: {
      roster: roster.id,
      new: changes.new,
      changed: changes.changed,
      unchanged: changes.unchanged,
      archived,
      rejected: outcome.rows?.rejected ?? 0,
      academicYears,
    },
  });
  return finished;
}

async function refuseLockedYears(
  work: Work,
  roster: Roster,
  years?: string[],
): Promise<RosterRefusal | null> {
  const locked = await listLockedYears(
    work.trx,
    roster.organizationId,
    years ?? (await stagedYears(work.trx)),
  );
  const first = locked[0];
  if (!first) return null;
  return {
    code: "YEAR_LOCKED",
    message: `The file has rows of ${locked.map((year) => year.academicYear).join(" and ")}, and that year is closed: ${first.reason} Nothing of the file was loaded. Ask the hub to open a correction of that year's report, or take those rows out of the file.`,
  };
}

async function fileOf(work: Work, roster: Roster, files: RosterFiles) {
  return {
    path: files.pathOf(roster.fileHash),
    granteeCode: roster.granteeCode,
    given: roster.given,
    memory: await readMemory(work.trx, roster.organizationId),
    maxWorkbookBytes: files.maxWorkbookBytes,
  };
}
