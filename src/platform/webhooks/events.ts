import { z } from "zod";
import { defineEvent } from "../events/event.ts";

const webhook = z.object({ webhook: z.string() });

export const webhookMade = defineEvent(
  "platform.webhook-made",
  webhook.extend({ events: z.array(z.string()) }),
);
export const webhookSwitched = defineEvent("platform.webhook-switched", webhook.extend({ on: z.boolean() }));
export const webhookDeleted = defineEvent("platform.webhook-deleted", webhook);
export const webhookTested = defineEvent("platform.webhook-tested", webhook);

/** What people do to webhooks. What webhooks send is listed on their page. */
export const webhookEvents = [webhookMade, webhookSwitched, webhookDeleted, webhookTested] as const;
