import { z } from "zod";
import { system } from "../../platform/database/actor.ts";
import { defineJob } from "../../platform/jobs/jobs.ts";
import { forgetFailuresBefore } from "../../platform/watching/failure.store.ts";
import { FAILURES_KEPT_DAYS } from "../../platform/watching/failures.ts";
import type { Services } from "../services.ts";

/** Once a day: errors that have not been seen for long are forgotten. */
export const forgetFailuresJob = defineJob<Services, z.ZodObject>({
  name: "platform.forget-failures",
  label: "Forgetting old errors",
  payload: z.object({}),
  schedule: "17 4 * * *",
  retries: 0,
  handle: async (services) => {
    await services.perform(system, (work) =>
      forgetFailuresBefore(work.trx, new Date(work.now.getTime() - FAILURES_KEPT_DAYS * 86_400_000)),
    );
  },
});
