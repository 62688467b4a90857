import { z } from "zod";
import { system } from "../database/actor.ts";
import type { PerformWork } from "../events/work.ts";
import { defineJob, type JobDefinition } from "../jobs/jobs.ts";
import { deleteStoredAnswers } from "./idempotency.store.ts";
import { answersKeptSince } from "./idempotency.ts";

/** Forgets the answers of repeated writes that are out of date. */
export const apiJobs: JobDefinition<{ perform: PerformWork }>[] = [
  defineJob<{ perform: PerformWork }, z.ZodObject>({
    name: "platform.forget-answers",
    label: "Forgetting answers of the API",
    payload: z.object({}),
    schedule: "23 * * * *",
    retries: 0,
    handle: async ({ perform }) => {
      await perform(system, (work) => deleteStoredAnswers(work.trx, answersKeptSince(work.now)));
    },
  }),
];
