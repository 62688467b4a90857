import { z } from "zod";
import { sealAudit } from "../platform/audit/audit.store.ts";
import { system } from "../platform/database/actor.ts";
import { defineJob } from "../platform/jobs/jobs.ts";
import type { Services } from "./services.ts";

/** Once a minute: what has been committed is sealed into the audit's hash chain. */
export const sealAuditJob = defineJob<Services, z.ZodObject>({
  name: "platform.seal-audit",
  label: "Sealing the audit",
  payload: z.object({}),
  schedule: "* * * * *",
  retries: 0,
  handle: async (services) => {
    await services.perform(system, (work) => sealAudit(work.trx));
  },
});
