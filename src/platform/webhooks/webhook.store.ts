import { sql } from "kysely";
import type { Trx } from "../database/database.ts";
import type { RecordedEvent } from "../events/work.ts";

export interface Webhook {
  organizationId: string;
  id: string;
  url: string;
  events: string[];
  isOn: boolean;
  createdAt: Date;
}

export interface Delivery {
  id: string;
  webhookId: string;
  event: string;
  state: "waiting" | "delivered" | "failed" | "dropped";
  tries: number;
  status: number | null;
  problem: string | null;
  nextTryAt: Date | null;
  createdAt: Date;
  triedAt: Date | null;
}

const webhookColumns = [
  "organization_id as organizationId",
  "id",
  "url",
  "events",
  "is_on as isOn",
  "created_at as createdAt",
] as const;

const deliveryColumns = [
  "id",
  "webhook_id as webhookId",
  "event",
  "state",
  "tries",
  "status",
  "problem",
  "next_try_at as nextTryAt",
  "created_at as createdAt",
  "tried_at as triedAt",
] as const;

/** The organization's webhooks, the oldest first. */
export function listWebhooks(trx: Trx, organizationId: string): Promise<Webhook[]> {
  return trx
    .selectFrom("platform.webhook")
    .select([...webhookColumns])
    .where("organization_id", "=", organizationId)
    .orderBy("created_at")
    .execute();
}

export async function findWebhook(trx: Trx, organizationId: string, id: string): Promise<Webhook | null> {
  const row = await trx
    .selectFrom("platform.webhook")
    .select([...webhookColumns])
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ?? null;
}

export async function insertWebhook(
  trx: Trx,
  webhook: {
    organizationId: string;
    url: string;
    events: readonly string[];
    madeBy: string | null;
    now: Date;
  },
): Promise<string> {
  const row = await trx
    .insertInto("platform.webhook")
    .values({
      organization_id: webhook.organizationId,
      url: webhook.url,
      events: [...webhook.events],
      made_by: webhook.madeBy,
      created_at: webhook.now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function switchWebhook(trx: Trx, { organizationId, id }: Webhook, isOn: boolean): Promise<void> {
  await trx
    .updateTable("platform.webhook")
    .set({ is_on: isOn })
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .execute();
}

export async function deleteWebhook(trx: Trx, { organizationId, id }: Webhook): Promise<void> {
  await trx
    .deleteFrom("platform.webhook")
    .where("organization_id", "=", organizationId)
    .where("id", "=", id)
    .execute();
}

/** Notes an event for every webhook that wants it. @returns the ids of what is to be delivered. */
export async function insertDeliveries(trx: Trx, recorded: RecordedEvent, now: Date): Promise<string[]> {
  const [kind, id] = recorded.subject;
  const { rows } = await sql<{ id: string }>`
    select queued as id from platform.queue_webhooks(${recorded.organizationId}, ${recorded.name}, ${kind}, ${id}, ${JSON.stringify(recorded.data ?? {})}::jsonb, ${now}) as queued`.execute(
    trx,
  );
  return rows.map((row) => row.id);
}

/** Notes a message for one webhook, whatever it has asked for. */
export async function insertTestDelivery(
  trx: Trx,
  webhook: Webhook,
  message: { id: string; event: string; body: string; now: Date },
): Promise<void> {
  await trx
    .insertInto("platform.webhook_delivery")
    .values({
      organization_id: webhook.organizationId,
      id: message.id,
      webhook_id: webhook.id,
      event: message.event,
      body: message.body,
      created_at: message.now,
    })
    .execute();
}

/** What is to be delivered, and where to. */
export async function findDelivery(
  trx: Trx,
  id: string,
): Promise<(Delivery & { body: string; url: string; isOn: boolean }) | null> {
  const row = await trx
    .selectFrom("platform.webhook_delivery as d")
    .innerJoin("platform.webhook as w", (join) =>
      join.onRef("w.organization_id", "=", "d.organization_id").onRef("w.id", "=", "d.webhook_id"),
    )
    .select([
      ...deliveryColumns.map((column) => `d.${column}` as const),
      "d.body",
      "w.url",
      "w.is_on as isOn",
    ])
    .where("d.id", "=", id)
    .$castTo<Delivery & { body: string; url: string; isOn: boolean }>()
    .executeTakeFirst();
  return row ?? null;
}

/** What came of a try. */
export async function updateDelivery(
  trx: Trx,
  id: string,
  outcome: Pick<Delivery, "state" | "tries" | "status" | "problem" | "nextTryAt" | "triedAt">,
): Promise<void> {
  await trx
    .updateTable("platform.webhook_delivery")
    .set({
      state: outcome.state,
      tries: outcome.tries,
      status: outcome.status,
      problem: outcome.problem,
      next_try_at: outcome.nextTryAt,
      tried_at: outcome.triedAt,
    })
    .where("id", "=", id)
    .execute();
}

/** The organization's newest deliveries. */
export function listDeliveries(trx: Trx, organizationId: string, limit: number): Promise<Delivery[]> {
  return trx
    .selectFrom("platform.webhook_delivery")
    .select([...deliveryColumns])
    .where("organization_id", "=", organizationId)
    .orderBy("created_at", "desc")
    .orderBy("id")
    .limit(limit)
    .$castTo<Delivery>()
    .execute();
}

/** The newest delivery of each of the organization's webhooks. */
export function listLastDeliveries(trx: Trx, organizationId: string): Promise<Delivery[]> {
  return trx
    .selectFrom("platform.webhook_delivery")
    .distinctOn("webhook_id")
    .select([...deliveryColumns])
    .where("organization_id", "=", organizationId)
    .orderBy("webhook_id")
    .orderBy("created_at", "desc")
    .$castTo<Delivery>()
    .execute();
}

/** Forgets what was settled before. @returns how many. */
export async function deleteDeliveries(trx: Trx, before: Date): Promise<number> {
  const deleted = await trx
    .deleteFrom("platform.webhook_delivery")
    .where("created_at", "<", before)
    .where("state", "<>", "waiting")
    .executeTakeFirst();
  return Number(deleted.numDeletedRows);
}
