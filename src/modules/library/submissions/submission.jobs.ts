import { z } from "zod";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import { system } from "../../../platform/database/actor.ts";
import type { PerformWork, Work } from "../../../platform/events/work.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { inLanguage, languageNow } from "../../../ui/language.ts";
import { findHub, getHubOrganization } from "../../directory/index.ts";
import { sendersErased } from "../events.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import { ANSWER_SENDER_JOB } from "./submission.actions.ts";
import { deleteOldSenders, findSender, findSubmission, listDecisionsOf } from "./submission.store.ts";
import { type Decision, languageOf } from "./submission.types.ts";
import { inPageLanguage } from "./submission-addresses.ts";
import { answerLetter } from "./submission-letters.ts";

/** What the jobs need. */
export interface SubmissionServices {
  config: Config;
  perform: PerformWork;
}

const DAY = 86_400_000;
const answerPayload = z.object({ submission: z.uuid(), version: z.number().int() });
const nothing = z.object({});

/** Decisions that their sender is not written to about: spam is answered by nobody, a draft is on its way. */
const UNTOLD: readonly Decision[] = ["waiting", "spam", "drafted"];
/** Decisions after which the entry may be read. */
const WITH_ENTRY: readonly Decision[] = ["published", "applied", "merged"];

async function answerSender(
  work: Work,
  config: Config,
  { submission: id, version }: z.infer<typeof answerPayload>,
): Promise<void> {
  const submission = await findSubmission(work.trx, id);
  const sender = await findSender(work.trx, id);
  const decision = (await listDecisionsOf(work.trx, id)).find((one) => one.version === version);
  if (!submission || !sender?.email || !decision || UNTOLD.includes(decision.decision)) return;
  const hub = await findHub(work.trx);
  const slug = decision.practice?.slug ?? submission.practice?.slug;
  await inLanguage(languageOf(submission), () =>
    queueMail(work, {
      to: sender.email,
      personId: null,
      kind: "submission",
      language: languageNow(),
      key: `submission/${id}/${version}`,
      ...answerLetter(
        hub?.name ?? "Trellis",
        submission,
        decision,
        slug && WITH_ENTRY.includes(decision.decision)
          ? hubAddress(config, inPageLanguage(practicePath(slug)))
          : null,
      ),
    }),
  );
}

async function eraseSenders(work: Work, keptDays: number): Promise<void> {
  const count = await deleteOldSenders(work.trx, new Date(work.now.getTime() - keptDays * DAY));
  if (count === 0) return;
  const { id: organizationId } = await getHubOrganization(work.trx);
  await work.record(sendersErased, { organizationId, subject: ["library", "submissions"], data: { count } });
}

/** Answering who has sent something to the library, and forgetting who it was. */
export const submissionJobs: JobDefinition<SubmissionServices>[] = [
  defineJob<SubmissionServices, typeof answerPayload>({
    name: ANSWER_SENDER_JOB,
    label: "Answering who told the library something",
    payload: answerPayload,
    retries: 3,
    handle: ({ config, perform }, payload) => perform(system, (work) => answerSender(work, config, payload)),
  }),
  defineJob<SubmissionServices, typeof nothing>({
    name: "library.erase-senders",
    label: "Erasing who told the library something",
    payload: nothing,
    schedule: "23 3 * * *",
    retries: 2,
    handle: ({ config, perform }) => perform(system, (work) => eraseSenders(work, config.keepSendersDays)),
  }),
];
