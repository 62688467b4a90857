import type pg from "pg";
import type { Work } from "../../../platform/events/work.ts";
import { holdStoredFiles } from "../../../platform/files/file-lock.store.ts";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import { noteSites } from "../../directory/index.ts";
import { rosterAnswered, rosterCommitted, rosterDiscarded, rosterReceived } from "../events.ts";
import type { Answer, Finding } from "../roster-reading/roster-reading.types.ts";
import { archiveTicked } from "./archive.store.ts";
import { writeFindings } from "./findings.store.ts";
import { readMemory, rememberAnswers } from "./memory.store.ts";
import type { RosterContents } from "./portion-writer.ts";
import { type ReadOptions, readRosterFile } from "./read-file.ts";
import {
  clearReading,
  findRoster,
  insertRoster,
  type LockedYear,
  listLockedYears,
  lockOrganizationRecords,
  lockRoster,
  type NewRoster,
  updateRoster,
} from "./roster.store.ts";
import type { Roster, RosterOutcome, RosterRefusal } from "./roster.types.ts";
import { RosterStage } from "./stage.ts";
import { type ChangeCounts, createStaging, listMissing } from "./staging.store.ts";

/** Names of the jobs that read and commit in the background. */
export const READ_ROSTER_JOB = "pathways.read-roster";
export const COMMIT_ROSTER_JOB = "pathways.commit-roster";

/** Findings listed one by one; all are counted, and all stand in the copy of the file that goes back. */
export const MOST_LISTED_FINDINGS = 20_000;

/** Where files lie and how large they may be. */
export interface RosterFiles {
  pathOf(hash: string): Promise<string>;
  maxWorkbookBytes: number;
}

/** Takes a stored file as an upload. @returns the roster's id. */
export async function receiveRoster(work: Work, roster: NewRoster): Promise<string> {
  await holdStoredFiles(work.trx);
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
  const locked = await listLockedYears(work.trx, roster.organizationId);
  await createStaging(client);
  const stage = await RosterStage.open(work.trx, client, roster, "list", yearsOf(locked));
  const reading = await readRosterFile(await fileOf(work, roster, files), stage, {
    ...options,
    mostFindings: MOST_LISTED_FINDINGS,
  });
  const { outcome, contents } = reading;
  if (!contents) return settle(work, id, "refused", outcome);
  await writeFindings(client, roster, reading.findings);
  if (outcome.questions?.length) return settle(work, id, "asking", outcome);
  options.onProgress?.({ step: "comparing" });
  const refusal = refuseLockedYears(locked, contents.academicYears);
  if (refusal) return settle(work, id, "refused", { ...outcome, refusal });
  const changes = await stage.changes(contents);
  await listMissing(work.trx, roster, id, contents.programs);
  return settle(work, id, "ready", { ...outcome, changes });
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

/** A committed roster's outcome, and every finding in the order of the file. */
export interface CommittedRoster {
  outcome: RosterOutcome;
  findings: Finding[];
}

/**
 * Commits a roster: reads the file again and merges it into the enrollments as it goes, all or nothing, in one
 * transaction with one audit row. The same file a second time changes nothing.
 */
export async function commitRoster(
  work: Work,
  client: pg.ClientBase,
  id: string,
  files: RosterFiles,
  options: ReadOptions = {},
): Promise<CommittedRoster> {
  const found = await findRoster(work.trx, id);
  if (!found) throw notFound("This roster");
  await lockOrganizationRecords(work.trx, found.organizationId);
  const roster = (await findRoster(work.trx, id)) ?? found;
  // The job may run twice: what is committed stays committed, once.
  if (roster.state === "committed") return { outcome: roster.outcome, findings: [] };
  // "failed": an earlier try of the same job.
  if (!["committing", "ready", "reading", "failed"].includes(roster.state))
    throw conflict("This roster cannot be committed now.");
  const locked = await listLockedYears(work.trx, roster.organizationId);
  await createStaging(client);
  const stage = await RosterStage.open(work.trx, client, roster, "merge", yearsOf(locked));
  const reading = await readRosterFile(await fileOf(work, roster, files), stage, options);
  const { contents, findings } = reading;
  let { outcome } = reading;
  if (!contents) outcome = await settle(work, id, "refused", outcome);
  else if (outcome.questions?.length) outcome = await settle(work, id, "asking", outcome);
  else {
    const refusal = refuseLockedYears(locked, contents.academicYears);
    outcome = refusal
      ? await settle(work, id, "refused", { ...outcome, refusal })
      : await recordCommit(work, roster, { ...outcome, changes: await stage.changes(contents) }, contents);
  }
  return { outcome, findings };
}

/** Ends a commit whose rows are merged: archives what was ticked, notes sites, and records it. */
export async function recordCommit(
  work: Work,
  roster: Roster,
  outcome: RosterOutcome & { changes: ChangeCounts },
  contents: Pick<RosterContents, "academicYears" | "sites">,
): Promise<RosterOutcome> {
  const academicYears = [...contents.academicYears].toSorted();
  const archived = await archiveTicked(work.trx, roster);
  await noteSites(work.trx, roster.organizationId, sitesOf(contents));
  await updateRoster(work.trx, roster.id, {
    state: "committed",
    outcome,
    academicYears,
    progress: {},
    committedAt: work.now,
  });
  const { changes, rows } = outcome;
  await work.record(rosterCommitted, {
    organizationId: roster.organizationId,
    subject: ["roster", roster.id],
    data: {
      roster: roster.id,
      new: changes.new,
      changed: changes.changed,
      unchanged: changes.unchanged,
      archived,
      rejected: rows?.rejected ?? 0,
      academicYears,
    },
  });
  return outcome;
}

const sitesOf = ({ sites }: Pick<RosterContents, "sites">): { name: string; countyFips: string | null }[] =>
  [...sites].flatMap(([name, counties]) =>
    [...counties].map((county) => ({ name, countyFips: county || null })),
  );

const yearsOf = (locked: readonly LockedYear[]): Set<string> =>
  new Set(locked.map((year) => year.academicYear));

function refuseLockedYears(
  all: readonly LockedYear[],
  academicYears: ReadonlySet<string>,
): RosterRefusal | null {
  const locked = all.filter((year) => academicYears.has(year.academicYear));
  const first = locked[0];
  if (!first) return null;
  return {
    code: "YEAR_LOCKED",
    message: `The file has rows of ${locked.map((year) => year.academicYear).join(" and ")}, and that year is closed: ${first.reason} Nothing of the file was loaded. Ask the hub to open a correction of that year's report, or take those rows out of the file.`,
  };
}

async function fileOf(work: Work, roster: Roster, files: RosterFiles) {
  return {
    path: await files.pathOf(roster.fileHash),
    granteeCode: roster.granteeCode,
    given: roster.given,
    memory: await readMemory(work.trx, roster.organizationId),
    maxWorkbookBytes: files.maxWorkbookBytes,
  };
}
