import { z } from "zod";
import { defineEvent } from "../events/event.ts";

export const mailRetried = defineEvent("platform.mail-retried", z.object({ mail: z.string() }));
export const testMailQueued = defineEvent("platform.test-mail-queued", z.object({}));

/** What is recorded of mail: only what a person does to it. Why a mail was queued, the event says that caused it. */
export const mailEvents = [mailRetried, testMailQueued] as const;
