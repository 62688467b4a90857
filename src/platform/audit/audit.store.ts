import { sql } from "kysely";
import type { Actor } from "../database/actor.ts";
import type { Trx } from "../database/database.ts";

/** Writes one audit row. Called by Work.record only. */
export async function insertAudit(
  trx: Trx,
  entry: {
    actor: Actor;
    requestId: string | null;
    organizationId: string;
    event: string;
    subject: [kind: string, id: string];
    data: unknown;
  },
): Promise<void> {
  const { actor } = entry;
  await trx
    .insertInto("platform.audit")
    .values({
      organization_id: entry.organizationId,
      event: entry.event,
      actor_kind: actor.kind === "person" ? "person" : "system",
      person_id: actor.kind === "person" ? actor.personId : null,
      membership_id: actor.kind === "person" ? actor.membershipId : null,
      subject_kind: entry.subject[0],
      subject_id: entry.subject[1],
      data: JSON.stringify(entry.data ?? {}),
      request_id: entry.requestId,
    })
    .execute();
}

/** Seals the committed rows into the hash chain. @returns how many were sealed. */
export async function sealAudit(trx: Trx): Promise<number> {
  const { rows } = await sql<{ sealed: number }>`select platform.seal_audit() as sealed`.execute(trx);
  return rows[0]?.sealed ?? 0;
}

/**
 * After a move to another server: rows that wait for their seal carry numbers of transactions that mean nothing here and
 * could make them wait for ever. They are all committed; number 1 is before every transaction. As the owner.
 */
export async function releaseUnsealed(trx: Trx): Promise<void> {
  await sql`update platform.audit_unsealed set transaction_id = '1'`.execute(trx);
}

export interface AuditVerdict {
  sealed: number;
  /** Rows written but not sealed yet. */
  unsealed: number;
  /** The newest link's hash in hex: keep it elsewhere to notice a cut-off end. */
  head: string | null;
  /** Links that do not hold: the sequence number and what is wrong. */
  broken: { sequence: number; problem: string }[];
}

/** Recomputes the whole chain: each link's place, its previous hash, and its row's own hash. Constant work per row, in the database. */
export async function verifyAudit(trx: Trx): Promise<AuditVerdict> {
  const broken = await sql<{ sequence: number; problem: string }>`
    with link as (
      select s.sequence, s.hash, s.previous_hash, a.id as row_id,
        lag(s.hash, 1, sha256('trellis')) over (order by s.sequence) as expected_previous,
        row_number() over (order by s.sequence) as place,
        sha256(s.previous_hash || convert_to(platform.audit_text(a), 'UTF8')) as expected_hash
      from platform.audit_seal s left join platform.audit a on a.organization_id = s.organization_id and a.id = s.audit_id
    )
    select sequence, case
        when row_id is null then 'its audit row is gone'
        when sequence <> place then 'a link before it is gone'
        when previous_hash <> expected_previous then 'it does not follow the link before it'
        else 'its audit row was changed' end as problem
    from link where row_id is null or sequence <> place or previous_hash <> expected_previous or hash <> expected_hash
    order by sequence limit 100`.execute(trx);
  const counts = await sql<{ sealed: number; unsealed: number; head: string | null }>`
    select (select count(*) from platform.audit_seal) as sealed,
      (select count(*) from platform.audit a where not exists (select from platform.audit_seal s where s.audit_id = a.id)) as unsealed,
      (select encode(hash, 'hex') from platform.audit_seal order by sequence desc limit 1) as head`.execute(
    trx,
  );
  const totals = counts.rows[0] ?? { sealed: 0, unsealed: 0, head: null };
  return { ...totals, broken: broken.rows };
}

export interface SealedEvent {
  sequence: number;
  event: string;
  organizationId: string;
  subjectKind: string;
  subjectId: string;
  data: unknown;
  personId: string | null;
  membershipId: string | null;
  recordedAt: Date;
}

/**
 * Sealed events behind a place in the chain, in its order: whoever goes on from the last one misses none, since nothing
 * is sealed later before what is sealed.
 */
export async function listSealedEvents(
  trx: Trx,
  wanted: { behind: number; event: string | undefined; limit: number },
): Promise<SealedEvent[]> {
  let events = trx
    .selectFrom("platform.audit_seal as s")
    .innerJoin("platform.audit as a", (join) =>
      join.onRef("a.organization_id", "=", "s.organization_id").onRef("a.id", "=", "s.audit_id"),
    )
    .select([
      "s.sequence",
      "a.event",
      "a.organization_id as organizationId",
      "a.subject_kind as subjectKind",
      "a.subject_id as subjectId",
      "a.data",
      "a.person_id as personId",
      "a.membership_id as membershipId",
      "a.recorded_at as recordedAt",
    ])
    .where("s.sequence", ">", wanted.behind);
  if (wanted.event) events = events.where("a.event", "=", wanted.event);
  return events.orderBy("s.sequence").limit(wanted.limit).$castTo<SealedEvent>().execute();
}
