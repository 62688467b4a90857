import { sql } from "kysely";
import type { Grant, Role } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";

export const DIGESTS = ["daily", "weekly", "never"] as const;
export type Digest = (typeof DIGESTS)[number];

export interface MailPreference {
  digest: Digest;
  reminders: boolean;
}

const DEFAULT: MailPreference = { digest: "weekly", reminders: true };

/** How often a person wants to hear from the hub; the default where they have not said. */
export async function readMailPreference(trx: Trx, personId: string): Promise<MailPreference> {
  const row = await trx
    .selectFrom("directory.mail_preference")
    .select(["digest", "reminders"])
    .where("person_id", "=", personId)
    .executeTakeFirst();
  return row ? { digest: row.digest as Digest, reminders: row.reminders } : DEFAULT;
}

/** Writes a person's preference; what is not named stays as it is. @returns false where there is no such person. */
export async function saveMailPreference(
  trx: Trx,
  personId: string,
  preference: Partial<MailPreference>,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql`
    insert into directory.mail_preference as known (person_id, digest, reminders, updated_at)
    select p.id, ${preference.digest ?? DEFAULT.digest}, ${preference.reminders ?? DEFAULT.reminders}, ${now}
    from directory.person p where p.id = ${personId}
    on conflict (person_id) do update set updated_at = excluded.updated_at,
      digest = coalesce(${preference.digest ?? null}, known.digest),
      reminders = coalesce(${preference.reminders ?? null}::boolean, known.reminders)
    returning person_id`.execute(trx);
  return rows.length > 0;
}

export interface MailRecipient extends MailPreference {
  personId: string;
  name: string;
  email: string;
  memberships: { organizationId: string; role: Role; grants: Grant[] }[];
}

/** Everybody who works in the hub now, with their preference; one query. */
export async function listMailRecipients(trx: Trx): Promise<MailRecipient[]> {
  const { rows } = await sql<MailRecipient>`
    select p.id as "personId", p.name, u.email, coalesce(f.digest, ${DEFAULT.digest}) as digest,
      coalesce(f.reminders, ${DEFAULT.reminders}) as reminders,
      jsonb_agg(jsonb_build_object('organizationId', m.organization_id, 'role', m.role, 'grants', m.grants)) as memberships
    from directory.person p
      join auth."user" u on u.id = p.user_id
      join directory.membership m on m.person_id = p.id and m.ended_on is null
      join directory.organization o on o.id = m.organization_id and o.archived_at is null
      left join directory.mail_preference f on f.person_id = p.id
    where p.archived_at is null
    group by p.id, u.email, f.person_id
    order by p.id`.execute(trx);
  return rows;
}
