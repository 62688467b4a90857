import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { Language } from "../../../ui/language.ts";
import type { Often } from "./follow-link.ts";

/** Somebody's wish to hear when a view of the list changes. Read by the hub itself alone. */
export interface Subscription {
  id: string;
  email: string;
  view: string;
  often: Often;
  language: Language;
}

/**
 * Writes down who asks for what; nothing changes for who has said yes already.
 * @returns the id, of the wish that is there where there is one.
 */
export async function upsertSubscription(trx: Trx, asked: Subscription, at: Date): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into library.subscription as known (id, email, view, often, language, asked_at)
    values (${asked.id}, ${asked.email}, ${asked.view}, ${asked.often}, ${asked.language}, ${at})
    on conflict (lower(email), md5(view)) do update set
      asked_at = case when known.confirmed_at is null then excluded.asked_at else known.asked_at end,
      language = case when known.confirmed_at is null then excluded.language else known.language end
    returning id`.execute(trx);
  return rows[0]?.id ?? asked.id;
}

const columns = ["id", "email", "view", "often", "language"] as const;

export async function findSubscription(trx: Trx, id: string): Promise<Subscription | null> {
  const row = await trx
    .selectFrom("library.subscription")
    .select(columns)
    .where("id", "=", id)
    .executeTakeFirst();
  return row ? (row as Subscription) : null;
}

/** Yes was said: what changes from now on is told. Said again, only how often changes. */
export async function confirmSubscription(trx: Trx, id: string, often: Often, at: Date): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("library.subscription")
    .set({
      often,
      confirmed_at: sql<Date>`coalesce(confirmed_at, ${at})`,
      told_until: sql<Date>`coalesce(told_until, ${at})`,
    })
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Forgets a wish. @returns false where it was not there. */
export async function deleteSubscription(trx: Trx, id: string): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom("library.subscription")
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Forgets those that nobody said yes to. @returns their ids. */
export async function deleteUnconfirmed(trx: Trx, before: Date): Promise<string[]> {
  const rows = await trx
    .deleteFrom("library.subscription")
    .where("confirmed_at", "is", null)
    .where("asked_at", "<", before)
    .returning("id")
    .execute();
  return rows.map(({ id }) => id);
}

/** Wishes of one frequency that nothing has been told of since a moment, with the moment up to which it was. */
export async function listDue(
  trx: Trx,
  often: Often,
  before: Date,
): Promise<(Subscription & { toldUntil: Date })[]> {
  const rows = await trx
    .selectFrom("library.subscription")
    .select([...columns, "told_until"])
    .where("often", "=", often)
    .where("told_until", "<", before)
    .orderBy("view")
    .orderBy("id")
    // Two of these jobs at once would tell everything twice: who comes second finds nothing.
    .forUpdate()
    .skipLocked()
    .execute();
  return rows.map(({ told_until, ...row }) => ({
    ...(row as Subscription),
    toldUntil: told_until ?? before,
  }));
}

/** Everything up to a moment has been told. */
export async function noteTold(trx: Trx, ids: readonly string[], until: Date): Promise<void> {
  if (ids.length === 0) return;
  await trx
    .updateTable("library.subscription")
    .set({ told_until: until })
    .where("id", "in", [...ids])
    .execute();
}
