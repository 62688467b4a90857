import { z } from "zod";
import type { Config } from "../config/config.ts";
import { system } from "../database/actor.ts";
import { readSecret } from "../database/database.ts";
import type { PerformWork } from "../events/work.ts";
import { defineJob, type JobDefinition } from "../jobs/jobs.ts";
import { sendMessage } from "./send-message.ts";
import { signatureHeaders, webhookSecret } from "./signature.ts";
import { SEND_WEBHOOK_JOB } from "./webhook.actions.ts";
import { deleteDeliveries, findDelivery, updateDelivery } from "./webhook.store.ts";

/** What the jobs need. */
export interface WebhookServices {
  config: Config;
  clock: () => Date;
  perform: PerformWork;
}

/** Seconds until each further try: together about a day. */
export const TRY_AGAIN_AFTER = [15, 60, 300, 900, 3600, 7200, 14_400, 28_800, 36_000] as const;
const KEPT_DAYS = 30;
const payload = z.object({ delivery: z.uuid() });

async function deliver(services: WebhookServices, id: string): Promise<void> {
  const { config, clock, perform } = services;
  const delivery = await perform(system, (work) => findDelivery(work.trx, id));
  // The job may run twice: what is settled stays. A webhook that was deleted took its messages along.
  if (delivery?.state !== "waiting") return;
  const tries = delivery.tries + 1;
  const now = clock();
  if (!delivery.isOn) {
    const dropped = {
      state: "dropped" as const,
      tries: delivery.tries,
      status: null,
      nextTryAt: null,
      triedAt: now,
    };
    await perform(system, (work) =>
      updateDelivery(work.trx, id, { ...dropped, problem: "The webhook was switched off." }),
    );
    return;
  }
  const secret = webhookSecret(readSecret(config), delivery.webhookId);
  const { body } = delivery;
  const headers = signatureHeaders(secret, { id: `msg_${id}`, body, at: now });
  const { status, problem } = await sendMessage(
    delivery.url,
    { body, headers },
    { mayBePrivate: config.webhookPrivateAddresses },
  );
  const wait = problem === null ? undefined : TRY_AGAIN_AFTER[tries - 1];
  const nextTryAt = wait === undefined ? null : new Date(now.getTime() + wait * 1000);
  const state = problem === null ? "delivered" : nextTryAt ? "waiting" : "failed";
  await perform(system, async (work) => {
    await updateDelivery(work.trx, id, { state, tries, status, problem, nextTryAt, triedAt: now });
    if (nextTryAt) await work.enqueue(SEND_WEBHOOK_JOB, { delivery: id }, nextTryAt);
  });
}

/** Telling others what happened, and forgetting that they were told. */
export const webhookJobs: JobDefinition<WebhookServices>[] = [
  defineJob<WebhookServices, typeof payload>({
    name: SEND_WEBHOOK_JOB,
    label: "Telling a webhook what happened",
    payload,
    // Of use where a process was killed: a message that is not taken is put into the queue anew, for later.
    retries: 2,
    atOnce: 4,
    heartbeat: 60,
    handle: (services, { delivery }) => deliver(services, delivery),
  }),
  defineJob<WebhookServices, z.ZodObject>({
    name: "platform.forget-webhook-deliveries",
    label: "Forgetting what webhooks have sent",
    payload: z.object({}),
    schedule: "41 3 * * *",
    retries: 0,
    handle: async ({ perform }) => {
      await perform(system, (work) =>
        deleteDeliveries(work.trx, new Date(work.now.getTime() - KEPT_DAYS * 86_400_000)),
      );
    },
  }),
];
