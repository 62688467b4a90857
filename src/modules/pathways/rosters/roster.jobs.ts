import type pg from "pg";
import { z } from "zod";
import type { Config } from "../../../platform/config/config.ts";
import { type Actor, system } from "../../../platform/database/actor.ts";
import type { OpenDatabase } from "../../../platform/database/database.ts";
import type { PerformBulk, PerformWork, Work } from "../../../platform/events/work.ts";
import type { FileStore } from "../../../platform/files/files.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { resolveActor } from "../../directory/index.ts";
import type { ReadOptions } from "./read-file.ts";
import {
  COMMIT_ROSTER_JOB,
  commitRoster,
  READ_ROSTER_JOB,
  type RosterFiles,
  readRoster,
} from "./roster.actions.ts";
import { noteFailure, noteProgress } from "./roster.store.ts";
import type { RosterProgress } from "./roster.types.ts";

/** What the jobs of this module need. */
export interface RosterServices {
  config: Config;
  files: FileStore;
  database: Pick<OpenDatabase, "db">;
  perform: PerformWork;
  performBulk: PerformBulk;
}

/** Ids only: a job's row is read by whoever keeps the queue. */
const payload = z.object({ roster: z.uuid(), user: z.string(), membership: z.uuid() });

/** The person who asked, with the rights they have by now; null: they have none here any more. */
async function actorOf(services: RosterServices, job: z.infer<typeof payload>): Promise<Actor | null> {
  const actor = await resolveActor(services.database.db, job.user, job.membership);
  return actor.kind === "person" && actor.membershipId === job.membership ? actor : null;
}

/** How often progress is written, in milliseconds. */
const PROGRESS_EVERY = 700;

/** A process that was killed is missed after so many seconds, and the work is done by another. */
const HEARTBEAT = 60;

/** Where uploads lie, and how large they may be. */
export function rosterFiles({ config, files }: Pick<RosterServices, "config" | "files">): RosterFiles {
  return {
    pathOf: (hash) => files.pathOf(hash),
    maxWorkbookBytes: config.maxWorkbookBytes,
  };
}

type Step = (
  work: Work,
  client: pg.ClientBase,
  id: string,
  files: RosterFiles,
  options: ReadOptions,
) => Promise<unknown>;

async function runStep(services: RosterServices, job: z.infer<typeof payload>, step: Step): Promise<void> {
  const fail = (): Promise<void> => services.perform(system, (work) => noteFailure(work.trx, job.roster));
  const actor = await actorOf(services, job);
  // Whoever asked works here no more: trying again would not help, and the page must not wait for ever.
  if (!actor) return fail();
  let writing: Promise<void> | null = null;
  let writtenAt = 0;
  const onProgress = (progress: RosterProgress): void => {
    const now = performance.now();
    if (writing || now - writtenAt < PROGRESS_EVERY) return;
    writtenAt = now;
    writing = services
      .perform(actor, (work) => noteProgress(work.trx, job.roster, progress))
      .catch(() => undefined)
      .finally(() => {
        writing = null;
      });
  };
  try {
    await services.performBulk(actor, (work, client) =>
      step(work, client, job.roster, rosterFiles(services), { onProgress }),
    );
  } catch (error) {
    await fail();
    throw error;
  } finally {
    if (writing) await (writing as Promise<void>);
  }
}

/** Reading and committing in the background; both may run twice and do their work once. */
export const rosterJobs: JobDefinition<RosterServices>[] = [
  defineJob<RosterServices, typeof payload>({
    name: READ_ROSTER_JOB,
    label: "Reading a roster",
    payload,
    retries: 2,
    heartbeat: HEARTBEAT,
    handle: (services, job) => runStep(services, job, readRoster),
  }),
  defineJob<RosterServices, typeof payload>({
    name: COMMIT_ROSTER_JOB,
    label: "Committing a roster",
    payload,
    retries: 2,
    heartbeat: HEARTBEAT,
    handle: (services, job) => runStep(services, job, commitRoster),
  }),
];
