import type { RecordedEvent, Work } from "../events/work.ts";
import { webhookDeleted, webhookMade, webhookSwitched, webhookTested } from "./events.ts";
import {
  deleteWebhook,
  insertDeliveries,
  insertTestDelivery,
  insertWebhook,
  switchWebhook,
  type Webhook,
} from "./webhook.store.ts";

/** Delivers one message. */
export const SEND_WEBHOOK_JOB = "platform.send-webhook";

/** Every recorded event: those who asked to be told of it are, once the transaction commits. */
export async function queueWebhooks(work: Work, recorded: RecordedEvent): Promise<void> {
  for (const delivery of await insertDeliveries(work.trx, recorded, work.now))
    await work.enqueue(SEND_WEBHOOK_JOB, { delivery });
}

/** Has the hub tell an address what happens. @returns the webhook's id. */
export async function makeWebhook(
  work: Work,
  webhook: { organizationId: string; url: string; events: readonly string[] },
): Promise<string> {
  const madeBy = work.actor.kind === "person" ? work.actor.personId : null;
  const id = await insertWebhook(work.trx, { ...webhook, madeBy, now: work.now });
  await work.record(webhookMade, {
    organizationId: webhook.organizationId,
    subject: ["webhook", id],
    data: { webhook: id, events: [...webhook.events] },
  });
  return id;
}

/** Switches a webhook on or off; what is waiting while it is off is dropped. */
export async function setWebhookOn(work: Work, webhook: Webhook, isOn: boolean): Promise<void> {
  await switchWebhook(work.trx, webhook, isOn);
  await work.record(webhookSwitched, {
    organizationId: webhook.organizationId,
    subject: ["webhook", webhook.id],
    data: { webhook: webhook.id, on: isOn },
  });
}

/** Takes a webhook away, with what it has sent. */
export async function removeWebhook(work: Work, webhook: Webhook): Promise<void> {
  await deleteWebhook(work.trx, webhook);
  await work.record(webhookDeleted, {
    organizationId: webhook.organizationId,
    subject: ["webhook", webhook.id],
    data: { webhook: webhook.id },
  });
}

/** Sends a message that says nothing, to see whether it arrives. */
export async function testWebhook(work: Work, webhook: Webhook): Promise<void> {
  const id = crypto.randomUUID();
  const data = { webhook: webhook.id };
  const body = JSON.stringify({
    id: `msg_${id}`,
    event: webhookTested.name,
    organization: webhook.organizationId,
    subject: { kind: "webhook", id: webhook.id },
    data,
    at: work.now.toISOString(),
  });
  await insertTestDelivery(work.trx, webhook, { id, event: webhookTested.name, body, now: work.now });
  await work.enqueue(SEND_WEBHOOK_JOB, { delivery: id });
  await work.record(webhookTested, {
    organizationId: webhook.organizationId,
    subject: ["webhook", webhook.id],
    data,
  });
}
