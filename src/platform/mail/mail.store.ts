import { sql } from "kysely";
import type { Language } from "../../ui/language.ts";
import type { Trx } from "../database/database.ts";
import type { MailKind } from "./mail.ts";

export const MAIL_STATES = [
  "waiting",
  "sending",
  "sent",
  "bounced",
  "failed",
  "perhaps_sent",
  "kept",
] as const;
export type MailState = (typeof MAIL_STATES)[number];

export interface NewMail {
  id: string;
  key: string;
  kind: MailKind;
  recipient: string;
  personId: string | null;
  subject: string;
  body: string;
  language: Language;
  isSecret: boolean;
  leavePath: string | null;
  queuedAt: Date;
}

/**
 * Puts a mail into the outbox. The conflict names no column and nothing is returned, because who queues a mail may not
 * be allowed to read one.
 * @returns false where its key is there already.
 */
export async function insertMail(trx: Trx, mail: NewMail): Promise<boolean> {
  const inserted = await trx
    .insertInto("platform.mail")
    .values({
      id: mail.id,
      key: mail.key,
      kind: mail.kind,
      recipient: mail.recipient,
      person_id: mail.personId,
      subject: mail.subject,
      body: mail.body,
      language: mail.language,
      is_secret: mail.isSecret,
      leave_path: mail.leavePath,
      queued_at: mail.queuedAt,
      updated_at: mail.queuedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

export interface ClaimedMail {
  id: string;
  kind: MailKind;
  recipient: string;
  personId: string | null;
  subject: string;
  body: string;
  language: Language;
  leavePath: string | null;
  /** This try counted. */
  tries: number;
  hubName: string;
}

/** Takes a waiting mail for sending, so that nobody else does. @returns null where it does not wait. */
export async function claimMail(trx: Trx, id: string, now: Date): Promise<ClaimedMail | null> {
  const { rows } = await sql<ClaimedMail>`
    update platform.mail set state = 'sending', tries = tries + 1, updated_at = ${now}
    where id = ${id} and state = 'waiting' and body is not null
    returning id, kind, recipient, person_id as "personId", subject, body, language, leave_path as "leavePath", tries,
      coalesce((select name from platform.hub), 'Trellis') as "hubName"`.execute(trx);
  return rows[0] ?? null;
}

/** Writes down how a try went. A mail with a link that signs in loses its text, unless it is tried again. */
export async function settleMail(
  trx: Trx,
  id: string,
  how: { state: MailState; code: number | null; reason: string | null },
  now: Date,
): Promise<void> {
  await sql`
    update platform.mail set state = ${how.state}, reply_code = ${how.code}, reason = ${how.reason}, updated_at = ${now},
      settled_at = case when ${how.state} = 'waiting' then null else ${now}::timestamptz end,
      body = case when is_secret and ${how.state} <> 'waiting' then null else body end
    where id = ${id} and state in ('sending', 'perhaps_sent')`.execute(trx);
}

/**
 * Where no mail server is set: the mail stays.
 * @param isLocal whether secret texts may be read here; they may in a demonstration too, and are wiped elsewhere.
 */
export async function keepMail(trx: Trx, id: string, isLocal: boolean, now: Date): Promise<void> {
  await sql`
    update platform.mail set state = 'kept', updated_at = ${now}, settled_at = ${now},
      reason = 'No mail server is set, so it was not sent.',
      body = case when is_secret and not (${isLocal} or exists (select from platform.hub where is_demo)) then null else body end
    where id = ${id} and state = 'waiting'`.execute(trx);
}

/** Mails whose sending broke off without a word, its process killed: whether they left, nobody knows. */
export async function markStrandedMails(trx: Trx, before: Date, now: Date): Promise<void> {
  await sql`
    update platform.mail set state = 'perhaps_sent', updated_at = ${now}, settled_at = ${now},
      reason = 'The hub stopped while it sent this.', body = case when is_secret then null else body end
    where state = 'sending' and updated_at < ${before}`.execute(trx);
}

/** After a restore: what waited when the hub was backed up may have left since, so it is not sent by itself. As the owner. */
export async function doubtUnsentMails(trx: Trx): Promise<void> {
  await sql`
    update platform.mail set state = 'perhaps_sent', settled_at = now(), reason = 'It waited when the hub was backed up, and may have left since.',
      body = case when is_secret then null else body end
    where state in ('waiting', 'sending')`.execute(trx);
}

/** Mails that wait although no try is near, their job lost; they count as seen now. @returns their ids. */
export async function takeForgottenMails(trx: Trx, before: Date, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update platform.mail set updated_at = ${now} where state = 'waiting' and updated_at < ${before} returning id`.execute(
    trx,
  );
  return rows.map(({ id }) => id);
}

/** Wipes links that sign in from mails that are kept here. */
export async function wipeKeptSecrets(trx: Trx, before: Date): Promise<void> {
  await sql`update platform.mail set body = null where is_secret and state = 'kept' and body is not null and updated_at < ${before}`.execute(
    trx,
  );
}

/** Wipes address, subject and text of mails that were settled long ago. The key stays: it is not sent again. */
export async function wipeOldMails(trx: Trx, before: Date): Promise<void> {
  await sql`
    update platform.mail set recipient = '(wiped)', subject = '(wiped)', body = null, reason = null, leave_path = null
    where settled_at < ${before} and recipient <> '(wiped)'`.execute(trx);
}

/** Wipes the mails whose keys begin so, for somebody who is to be forgotten. What waits is not sent any more. */
export async function wipeMailsOf(trx: Trx, keyStarts: readonly string[], now: Date): Promise<void> {
  await sql`
    update platform.mail set recipient = '(wiped)', subject = '(wiped)', body = null, reason = null, leave_path = null, updated_at = ${now},
      state = case when state = 'waiting' then 'failed' else state end, settled_at = coalesce(settled_at, ${now})
    where exists (select from unnest(${[...keyStarts]}::text[]) start where starts_with(key, start))`.execute(
    trx,
  );
}

/** Puts a mail that did not arrive, or perhaps did, back among those that wait. @returns false where there is nothing to try again. */
export async function requeueMail(trx: Trx, id: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update platform.mail set state = 'waiting', tries = 0, reply_code = null, reason = null, settled_at = null, updated_at = ${now}
    where id = ${id} and state in ('bounced', 'failed', 'perhaps_sent', 'kept') and body is not null returning id`.execute(
    trx,
  );
  return rows.length > 0;
}

export interface MailRow {
  id: string;
  kind: MailKind;
  recipient: string;
  subject: string;
  state: MailState;
  tries: number;
  code: number | null;
  reason: string | null;
  queuedAt: Date;
  settledAt: Date | null;
  isSecret: boolean;
  isWiped: boolean;
}

const columns = sql`id, kind, recipient, subject, state, tries, reply_code as code, reason, queued_at as "queuedAt",
  settled_at as "settledAt", is_secret as "isSecret", body is null as "isWiped"`;

/** The newest mails, without their text. @param states all where there is none. */
export async function listMails(trx: Trx, states: readonly MailState[], limit: number): Promise<MailRow[]> {
  const { rows } = await sql<MailRow>`
    select ${columns} from platform.mail
    where ${states.length === 0} or state = any(${[...states]}::text[])
    order by queued_at desc, id limit ${limit}`.execute(trx);
  return rows;
}

/** The newest test mail that a person asked for, or null. */
export async function findLastTestMail(trx: Trx, personId: string): Promise<MailRow | null> {
  const { rows } = await sql<MailRow>`
    select ${columns} from platform.mail where kind = 'test' and person_id = ${personId}
    order by queued_at desc, id limit 1`.execute(trx);
  return rows[0] ?? null;
}

/** How many mails are in each state. */
export async function countMails(trx: Trx): Promise<Map<MailState, number>> {
  const { rows } = await sql<{ state: MailState; count: number }>`
    select state, count(*) as count from platform.mail group by state`.execute(trx);
  return new Map(rows.map((row) => [row.state, row.count]));
}

/** One mail with its text, null where that is wiped. */
export async function findMail(trx: Trx, id: string): Promise<(MailRow & { body: string | null }) | null> {
  const { rows } = await sql<MailRow & { body: string | null }>`
    select ${columns}, body from platform.mail where id = ${id}`.execute(trx);
  return rows[0] ?? null;
}

/** Which of these addresses the last mail came back from, in lower case; an actor who may not read the outbox learns of none. */
export async function listReturnedAddresses(trx: Trx, addresses: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ address: string }>`
    select address from (
      select distinct on (lower(recipient)) lower(recipient) as address, state from platform.mail
      where state in ('sent', 'bounced') and lower(recipient) = any(${addresses.map((one) => one.toLowerCase())}::text[])
      order by lower(recipient), settled_at desc) latest
    where state = 'bounced'`.execute(trx);
  return new Set(rows.map(({ address }) => address));
}
