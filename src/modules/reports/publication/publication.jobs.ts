import { z } from "zod";
import { isReportingYear } from "../../../methods/reporting-year.ts";
import type { Config } from "../../../platform/config/config.ts";
import { isEvaluator, system } from "../../../platform/database/actor.ts";
import type { OpenDatabase } from "../../../platform/database/database.ts";
import type { PerformWork } from "../../../platform/events/work.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { RequestProblem } from "../../../platform/web/problems.ts";
import { resolveActor } from "../../directory/index.ts";
import { isReviewer } from "../annual/report.policy.ts";
import { PUBLISH_JOB, publishRequested } from "./publication.actions.ts";
import { NOT_ALLOWED, whyNotPublished } from "./publication.rules.ts";
import { finishPublication, notePublicationProgress } from "./publication.store.ts";
import type { PublicationProgress } from "./publication.types.ts";

/** What the job needs. */
export interface PublicationServices {
  config: Config;
  database: Pick<OpenDatabase, "db">;
  perform: PerformWork;
}

/** Ids only: a job's row is read by whoever keeps the queue. */
const payload = z.object({
  year: z.string().refine(isReportingYear),
  user: z.string(),
  membership: z.uuid(),
});

/** How often progress is written, in milliseconds. */
const PROGRESS_EVERY = 700;
/** A process that was killed is missed after so many seconds, and the work is done by another. */
const HEARTBEAT = 30;

async function publish(services: PublicationServices, job: z.infer<typeof payload>): Promise<void> {
  const { config, database, perform } = services;
  // How the work goes is the hub's own to note: whoever asked for it may be gone.
  const fail = (reason: string): Promise<void> =>
    perform(system, (work) => finishPublication(work.trx, job.year, "failed", { reason }, work.now));
  // The person who asked, with the rights they have by now.
  const actor = await resolveActor(database.db, job.user, job.membership);
  const isTheSame = actor.kind === "person" && actor.membershipId === job.membership;
  if (!isTheSame || !isReviewer(actor) || isEvaluator(actor)) return fail(NOT_ALLOWED);
  let step: PublicationProgress["step"];
  let writtenAt = 0;
  const onProgress = async (progress: PublicationProgress): Promise<void> => {
    if (progress.step === step && performance.now() - writtenAt < PROGRESS_EVERY) return;
    step = progress.step;
    writtenAt = performance.now();
    await perform(system, (work) => notePublicationProgress(work.trx, job.year, progress, work.now)).catch(
      () => undefined,
    );
  };
  try {
    await perform(actor, (work) => publishRequested(work, job.year, config.withholdBelow, { onProgress }));
  } catch (error) {
    await fail(whyNotPublished(error));
    if (!(error instanceof RequestProblem)) throw error;
  }
}

/** Publishing in the background; it may run twice and makes one release. */
export const publicationJobs: JobDefinition<PublicationServices>[] = [
  defineJob<PublicationServices, typeof payload>({
    name: PUBLISH_JOB,
    label: "Publishing a year's results",
    payload,
    // Of use where a process was killed: whatever fails is noted, and the person may try again.
    retries: 2,
    heartbeat: HEARTBEAT,
    handle: publish,
  }),
];
