import { z } from "zod";
import { defineEvent } from "../events/event.ts";

export const jobRetried = defineEvent(
  "platform.job-retried",
  z.object({ job: z.string(), name: z.string() }),
);

/** What is recorded of jobs: only what a person does to them. */
export const jobEvents = [jobRetried] as const;
