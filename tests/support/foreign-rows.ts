// Every guarded table of the database, read as the owner: what an organization must never see or change.
import type pg from "pg";

export interface GuardedTable {
  name: string;
  /** The column that says whose row it is. */
  owner: string;
}

/** Tables with a policy by organization. */
export async function listGuardedTables(owner: pg.Pool): Promise<GuardedTable[]> {
  const { rows } = await owner.query<GuardedTable>(`
    select format('%I.%I', n.nspname, t.relname) as name, case when exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'organization_id') then 'organization_id' else 'id' end as owner
    from pg_class t join pg_namespace n on n.oid = t.relnamespace join pg_policy p on p.polrelid = t.oid
    where p.polname = 'by_organization' order by 1`);
  return rows;
}

/** What the guarded tables hold of other organizations, one hash per table; tables that nobody owns are watched whole. */
export async function takeFingerprint(owner: pg.Pool, organization: string): Promise<Record<string, string>> {
  const fingerprint: Record<string, string> = {};
  const hashed =
    "count(*)::text || '/' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text as hash";
  for (const table of await listGuardedTables(owner)) {
    const { rows } = await owner.query<{ hash: string }>(
      `select ${hashed} from ${table.name} t where t.${table.owner} <> $1`,
      [organization],
    );
    fingerprint[table.name] = rows[0]?.hash ?? "";
  }
  for (const table of ["platform.hub", "reports.release"])
    fingerprint[table] =
      (await owner.query<{ hash: string }>(`select ${hashed} from ${table} t`)).rows[0]?.hash ?? "";
  return fingerprint;
}

export async function countForeignRows(owner: pg.Pool, organization: string): Promise<number> {
  let count = 0;
  for (const table of await listGuardedTables(owner)) {
    const { rows } = await owner.query<{ count: number }>(
      `select count(*) as count from ${table.name} t where t.${table.owner} <> $1`,
      [organization],
    );
    count += rows[0]?.count ?? 0;
  }
  return count;
}

/** Values for the columns that must be filled, where the type's own would be refused. */
const VALUES: Record<string, string> = {
  role: "'partner'",
  academic_year: "'2019-20'",
  kind: "'changed'",
  "pathways.remembered_mapping.kind": "'column'",
  "directory.api_token.hash": "sha256('x')",
  scopes: "array['enrollments:read']",
  "library.adoption.state": "'considering'",
  "platform.webhook.events": "array['directory.award-added']",
};
const BY_TYPE: Record<string, string> = {
  bytea: "''",
  uuid: "gen_random_uuid()",
  text: "'X-SECRET'",
  jsonb: "'{}'",
  "text[]": "'{}'",
  date: "'2019-07-01'",
  character: "'01001'",
  "timestamp with time zone": "now() + interval '1 day'",
};

/** Gives an organization a row in every guarded table that has none of it, so that there is something to protect. */
export async function fillEmptyTables(owner: pg.Pool, organization: string): Promise<void> {
  const client = await owner.connect();
  try {
    // Rows that only have to be there: what they point at does not matter.
    await client.query("set session_replication_role = replica");
    for (const table of await listGuardedTables(owner)) {
      const found = await client.query(`select from ${table.name} t where t.${table.owner} = $1 limit 1`, [
        organization,
      ]);
      if (found.rowCount) continue;
      const { rows } = await client.query<{ name: string; type: string }>(
        "select attname as name, format_type(atttypid, null) as type from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attnotnull and not atthasdef and attidentity = ''",
        [table.name],
      );
      const values = rows.map(({ name, type }) =>
        name === table.owner
          ? "$1"
          : (VALUES[`${table.name}.${name}`] ?? VALUES[name] ?? BY_TYPE[type] ?? "1"),
      );
      await client.query(
        `insert into ${table.name} (${rows.map(({ name }) => name).join(", ")}) values (${values.join(", ")})`,
        [organization],
      );
    }
  } finally {
    await client.query("set session_replication_role = default");
    client.release();
  }
}
