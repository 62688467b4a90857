import { type RawBuilder, sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type {
  Adoption,
  AdoptionChange,
  AdoptionContent,
  AdoptionState,
  ChangeKind,
  Contact,
  Outcome,
  ShownAdoption,
} from "./adoption.types.ts";

/** The practice that tells an adoption now: what was merged is told by what it went into. Nothing is repointed when practices are merged. */
const selectAdoptions = (trx: Trx) =>
  trx
    .selectFrom("library.adoption as a")
    .innerJoin("directory.organization as o", "o.id", "a.organization_id")
    .innerJoin("library.practice as own", "own.id", "a.practice_id")
    .leftJoin("library.practice as survivor", "survivor.id", "own.merged_into")
    .leftJoin("directory.person as consenter", "consenter.id", "a.consented_by");

const told = {
  slug: sql<string>`coalesce(survivor.slug, own.slug)`,
  title: sql<string>`coalesce(survivor.title, own.title)`,
};

const readable = (trx: Trx) =>
  selectAdoptions(trx)
    .selectAll("a")
    .select(["o.name as organization_name", "own.slug as own_slug", "consenter.name as consenter_name"])
    .select([
      told.slug.as("slug"),
      told.title.as("title"),
      // Whoever does not work there any more is asked nothing.
      sql<string | null>`(select p.name from directory.person p
        where p.id = a.contact_id and p.archived_at is null and exists (select from directory.membership m
          where m.person_id = p.id and m.organization_id = a.organization_id and m.ended_on is null))`.as(
        "contact_name",
      ),
    ]);

type Row = Awaited<ReturnType<ReturnType<typeof readable>["executeTakeFirstOrThrow"]>>;

const read = (row: Row): Adoption => ({
  id: row.id,
  organizationId: row.organization_id,
  organizationName: row.organization_name,
  practice: { slug: row.slug, title: row.title },
  takenUp: { slug: row.own_slug, version: row.practice_version },
  state: row.state as AdoptionState,
  since: row.since,
  takesOn: row.takes_on,
  adapts: row.adapts,
  need: row.need,
  contactId: row.contact_id,
  contactName: row.contact_name,
  endedOn: row.ended_on,
  outcome: row.outcome as Outcome | null,
  howItWent: row.how_it_went,
  consent: row.consented_at ? { by: row.consenter_name ?? "", at: row.consented_at } : null,
  edition: row.edition,
  changedAt: row.changed_at,
});

/** An adoption, or null where there is none that the actor sees. */
export async function findAdoption(trx: Trx, id: string): Promise<Adoption | null> {
  const row = await readable(trx).where("a.id", "=", id).executeTakeFirst();
  return row ? read(row) : null;
}

/** An organization's newest adoption of a practice, or of one that was merged into it. */
export async function findAdoptionOf(
  trx: Trx,
  organizationId: string,
  practiceId: string,
): Promise<Adoption | null> {
  const row = await readable(trx)
    .where("a.organization_id", "=", organizationId)
    .where((either) =>
      either.or([either("own.id", "=", practiceId), either("own.merged_into", "=", practiceId)]),
    )
    .orderBy(sql`a.state <> 'ended'`, "desc")
    .orderBy("a.created_at", "desc")
    .executeTakeFirst();
  return row ? read(row) : null;
}

/** What a list of adoptions is narrowed to. */
export interface AdoptionFilter {
  /** Where the actor sees one organization alone, that one. */
  organizationId?: string | null | undefined;
  state?: AdoptionState | undefined;
  isShown?: boolean | undefined;
  /** Of the practice that tells it now. */
  slug?: string | undefined;
  /** In the practice's title or the organization's name. */
  text?: string | undefined;
}

function conditionOf({ organizationId, state, isShown, slug, text }: AdoptionFilter): RawBuilder<boolean> {
  const parts: RawBuilder<unknown>[] = [sql`true`];
  if (organizationId) parts.push(sql`a.organization_id = ${organizationId}`);
  if (state !== undefined) parts.push(sql`a.state = ${state}`);
  if (isShown !== undefined) parts.push(sql`(a.consented_at is not null) = ${isShown}`);
  if (slug !== undefined) parts.push(sql`${told.slug} = ${slug}`);
  if (text !== undefined)
    parts.push(
      sql`strpos(library.plain(${told.title} || ' ' || o.name), library.plain(${sql.val(text)}::text)) > 0`,
    );
  return sql<boolean>`${sql.join(parts, sql` and `)}`;
}

const ORDERS = {
  practice: told.title,
  organization: sql`o.name`,
  since: sql`a.since`,
  changed: sql`a.changed_at`,
};
export type AdoptionOrder = keyof typeof ORDERS;
export const ADOPTION_ORDERS = Object.keys(ORDERS) as AdoptionOrder[];

/** A page of the adoptions that a filter finds. */
export async function listAdoptions(
  trx: Trx,
  filter: AdoptionFilter,
  page: { order: AdoptionOrder; isDescending: boolean; limit: number; offset: number },
): Promise<Adoption[]> {
  const rows = await readable(trx)
    .where(conditionOf(filter))
    .orderBy(ORDERS[page.order], page.isDescending ? "desc" : "asc")
    .orderBy("a.id")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  return rows.map(read);
}

/** The same in an order that stays, from a place on. */
export async function listAdoptionsBehind(
  trx: Trx,
  filter: AdoptionFilter,
  place: { organizationId: string; id: string } | null,
  limit: number,
): Promise<Adoption[]> {
  const rows = await readable(trx)
    .where(conditionOf(filter))
    .$if(place !== null, (of) =>
      of.where(
        sql<boolean>`(a.organization_id, a.id) > (${place?.organizationId ?? null}::uuid, ${place?.id ?? null}::uuid)`,
      ),
    )
    .orderBy("a.organization_id")
    .orderBy("a.id")
    .limit(limit)
    .execute();
  return rows.map(read);
}

/** How many adoptions a filter finds. */
export async function countAdoptions(trx: Trx, filter: AdoptionFilter): Promise<number> {
  const { count } = await selectAdoptions(trx)
    .select((of) => of.fn.countAll<number>().as("count"))
    .where(conditionOf(filter))
    .executeTakeFirstOrThrow();
  return count;
}

/** Every change of an adoption, the newest first. */
export async function listAdoptionChanges(
  trx: Trx,
  adoption: { organizationId: string; id: string },
): Promise<AdoptionChange[]> {
  const rows = await trx
    .selectFrom("library.adoption_change as c")
    .leftJoin("directory.person as p", "p.id", "c.changed_by")
    .select(["c.edition", "c.kind", "c.before", "c.changed_at as at", "p.name as by"])
    .where("c.organization_id", "=", adoption.organizationId)
    .where("c.adoption_id", "=", adoption.id)
    .orderBy("c.edition", "desc")
    .execute();
  return rows.map((row) => ({
    ...row,
    kind: row.kind as ChangeKind,
    before: row.before as unknown as AdoptionContent,
  }));
}

/** What everybody may read of those who consented, the newest first. */
export async function listShownAdoptions(
  trx: Trx,
  practiceId: string,
  most: number,
): Promise<ShownAdoption[]> {
  const { rows } = await sql<{
    organization_name: string;
    organization_state: string | null;
    state: AdoptionState;
    since: string;
    adapts: string;
    ended_on: string | null;
    outcome: Outcome | null;
    how_it_went: string;
  }>`select * from library.shown_adoptions(${practiceId}, ${most})`.execute(trx);
  return rows.map((row) => ({
    organizationName: row.organization_name,
    organizationState: row.organization_state,
    state: row.state,
    since: row.since,
    adapts: row.adapts,
    endedOn: row.ended_on,
    outcome: row.outcome,
    howItWent: row.how_it_went,
  }));
}

/** How many organizations use a practice, or have used it, besides those that are shown. */
export async function countUnshownAdopters(trx: Trx, practiceId: string): Promise<number> {
  const { rows } = await sql<{
    count: number;
  }>`select library.count_unshown_adopters(${practiceId}) as count`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** The people of an organization who can be asked, by name. */
export async function listContacts(trx: Trx, organizationId: string): Promise<Contact[]> {
  return trx
    .selectFrom("directory.person as p")
    .select(["p.id", "p.name"])
    .where("p.archived_at", "is", null)
    .where((exists) =>
      exists.exists(
        exists
          .selectFrom("directory.membership as m")
          .select("m.id")
          .whereRef("m.person_id", "=", "p.id")
          .where("m.organization_id", "=", organizationId)
          .where("m.ended_on", "is", null),
      ),
    )
    .orderBy("p.name")
    .orderBy("p.id")
    .execute();
}
