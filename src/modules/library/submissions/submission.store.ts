import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type {
  Decision,
  Sender,
  Submission,
  SubmissionDecision,
  SubmissionKind,
  SubmissionState,
  SubmittedCorrection,
  SubmittedPractice,
  Suspicion,
} from "./submission.types.ts";

interface SubmissionRow {
  id: string;
  kind: string;
  state: SubmissionState;
  content: unknown;
  suspicion: Suspicion | null;
  version: number;
  practice: { slug: string; title: string } | null;
  result: { slug: string; title: string } | null;
  sentAt: Date;
  decidedAt: Date | null;
}

const columns = sql`s.id, s.kind, s.state, s.content, s.suspicion, s.version, s.sent_at as "sentAt", s.decided_at as "decidedAt",
  case when p.id is not null then jsonb_build_object('slug', p.slug, 'title', p.title) end as practice,
  case when r.id is not null then jsonb_build_object('slug', r.slug, 'title', r.title) end as result`;
const from = sql`from library.submission s left join library.practice p on p.id = s.practice_id
  left join library.practice r on r.id = s.result_id`;

const read = (row: SubmissionRow): Submission => row as Submission;

export interface NewSubmission {
  id: string;
  tokenHash: Buffer;
  practiceId: string | null;
  suspicion: Suspicion | null;
  content: SubmittedPractice | SubmittedCorrection;
  sender: Sender;
  at: Date;
}

/** Writes down what was sent, and apart from it who sent it. */
export async function insertSubmission(trx: Trx, sent: NewSubmission): Promise<void> {
  await trx
    .insertInto("library.submission")
    .values({
      id: sent.id,
      token_hash: sent.tokenHash,
      kind: sent.practiceId === null ? "practice" : "correction",
      practice_id: sent.practiceId,
      state: sent.suspicion === null ? "waiting" : "probably_spam",
      content: JSON.stringify(sent.content),
      suspicion: sent.suspicion,
      sent_at: sent.at,
    })
    .execute();
  if (sent.sender.name || sent.sender.email)
    await trx
      .insertInto("library.submission_sender")
      .values({ submission_id: sent.id, ...sent.sender })
      .execute();
}

export async function findSubmission(trx: Trx, id: string): Promise<Submission | null> {
  const { rows } = await sql<SubmissionRow>`select ${columns} ${from} where s.id = ${id}`.execute(trx);
  return rows[0] ? read(rows[0]) : null;
}

/** By the hash of the sender's secret; to be asked as the hub itself. */
export async function findSubmissionBySecret(trx: Trx, tokenHash: Buffer): Promise<Submission | null> {
  const { rows } =
    await sql<SubmissionRow>`select ${columns} ${from} where s.token_hash = ${tokenHash}`.execute(trx);
  return rows[0] ? read(rows[0]) : null;
}

export interface SubmissionFilter {
  states: readonly SubmissionState[];
  kind?: SubmissionKind | undefined;
}

const conditionOf = ({ states, kind }: SubmissionFilter) =>
  sql`s.state = any (${sql.val([...states])}::text[]) and (${kind ?? null}::text is null or s.kind = ${kind ?? null})`;

/** Submissions in some states: what waits longest first, what is settled newest first. */
export async function listSubmissions(
  trx: Trx,
  filter: SubmissionFilter,
  page: { limit: number; offset: number; newestFirst: boolean },
): Promise<Submission[]> {
  const { rows } = await sql<SubmissionRow>`select ${columns} ${from} where ${conditionOf(filter)}
    order by s.sent_at ${page.newestFirst ? sql`desc` : sql`asc`}, s.id limit ${page.limit} offset ${page.offset}`.execute(
    trx,
  );
  return rows.map(read);
}

/** How many submissions there are, by state and kind. */
export async function countSubmissions(
  trx: Trx,
): Promise<{ state: SubmissionState; kind: SubmissionKind; count: number }[]> {
  const { rows } = await sql<{ state: SubmissionState; kind: SubmissionKind; count: number }>`
    select state, kind, count(*) as count from library.submission group by state, kind`.execute(trx);
  return rows;
}

/** The submissions that a draft was made of. */
export async function listSubmissionsOfDraft(trx: Trx, slug: string): Promise<Submission[]> {
  const { rows } =
    await sql<SubmissionRow>`select ${columns} ${from} where r.slug = ${slug} and s.state = 'drafted' order by s.sent_at`.execute(
      trx,
    );
  return rows.map(read);
}

export interface DecisionWrite {
  submissionId: string;
  /** The new version of the submission. */
  version: number;
  decision: Decision;
  reason: string | null;
  practiceId: string | null;
  decidedBy: string | null;
  at: Date;
}

/** @returns false where somebody else has decided since `version - 1` was read; nothing is written then. */
export async function insertDecision(trx: Trx, made: DecisionWrite): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable("library.submission")
    .set({
      state: made.decision,
      version: made.version,
      result_id: made.practiceId,
      decided_at: made.decision === "waiting" ? null : made.at,
    })
    .where("id", "=", made.submissionId)
    .where("version", "=", made.version - 1)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) return false;
  await trx
    .insertInto("library.submission_decision")
    .values({
      submission_id: made.submissionId,
      version: made.version,
      decision: made.decision,
      reason: made.reason,
      practice_id: made.practiceId,
      decided_by: made.decidedBy,
      decided_at: made.at,
    })
    .execute();
  return true;
}

interface DecisionRow extends Omit<SubmissionDecision, "practice"> {
  practice: { slug: string; title: string } | null;
}

const decisionColumns = sql`d.submission_id as "submissionId", d.version, d.decision, d.reason, d.decided_at as "decidedAt",
  person.name as "decidedBy", case when p.id is not null then jsonb_build_object('slug', p.slug, 'title', p.title) end as practice`;
const decisionFrom = sql`from library.submission_decision d left join library.practice p on p.id = d.practice_id
  left join directory.person person on person.id = d.decided_by`;

/** Everything decided of one submission, the newest first. */
export async function listDecisionsOf(trx: Trx, submissionId: string): Promise<SubmissionDecision[]> {
  const { rows } = await sql<DecisionRow>`select ${decisionColumns} ${decisionFrom}
    where d.submission_id = ${submissionId} order by d.version desc`.execute(trx);
  return rows;
}

/** A decision with what it is about, for the list of all of them. */
export interface ListedDecision extends SubmissionDecision {
  kind: SubmissionKind;
  /** What was sent: its title, or the practice that a correction is of. */
  about: string;
  sentAt: Date;
}

/** Every decision, the newest first. */
export async function listDecisions(trx: Trx, limit: number): Promise<ListedDecision[]> {
  const { rows } = await sql<DecisionRow & { kind: SubmissionKind; about: string; sentAt: Date }>`
    select ${decisionColumns}, s.kind, s.sent_at as "sentAt", coalesce(s.content ->> 'title', about.title, '') as about
    ${decisionFrom} join library.submission s on s.id = d.submission_id left join library.practice about on about.id = s.practice_id
    order by d.decided_at desc, d.submission_id limit ${limit}`.execute(trx);
  return rows;
}

/** Who sent it, where that is known and not erased yet. */
export async function findSender(trx: Trx, submissionId: string): Promise<Sender | null> {
  const row = await trx
    .selectFrom("library.submission_sender")
    .select(["name", "email"])
    .where("submission_id", "=", submissionId)
    .executeTakeFirst();
  return row ?? null;
}

/** Erases who sent what was settled long ago, and what nobody has looked at among the spam. @returns how many. */
export async function deleteOldSenders(trx: Trx, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from library.submission_sender w using library.submission s
    where s.id = w.submission_id and s.state not in ('waiting', 'drafted') and coalesce(s.decided_at, s.sent_at) < ${before}`.execute(
    trx,
  );
  return Number(numAffectedRows ?? 0);
}

/** What points at a practice points at another one from now on. */
export async function repointSubmissions(trx: Trx, fromId: string, toId: string): Promise<void> {
  await sql`update library.submission set practice_id = case when practice_id = ${fromId} then ${toId}::uuid else practice_id end,
      result_id = case when result_id = ${fromId} then ${toId}::uuid else result_id end
    where practice_id = ${fromId} or result_id = ${fromId}`.execute(trx);
}
