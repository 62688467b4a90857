// What the database itself undertakes: whose row it is, who may see it, and who may never become its owner.
import { readFileSync } from "node:fs";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { renderTableTypes, tableTypesFile } from "../scripts/table-types.ts";
import { moduleRanks } from "./support/ranks.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub();
const { db, owner, pool, ownerPool } = hub.services.database;

/** Schemas may point at their own rank only from inside, and at lower ones. */
const ranks: Record<string, number> = { auth: 0, platform: 0, pgboss: 0, ...moduleRanks };

/** Tables that guard themselves against everybody but their owner, with the reason. */
const notForced: Record<string, string> = {
  "directory.membership":
    "the functions that decide whose rows an actor reaches read it with the owner's eyes",
};

test("foreign keys follow the ranks of the modules", async () => {
  const { rows } = await sql<{ name: string; from: string; to: string }>`
    select c.conname as name, n.nspname as "from", tn.nspname as "to"
    from pg_constraint c join pg_class t on t.oid = c.conrelid join pg_namespace n on n.oid = t.relnamespace
      join pg_class tt on tt.oid = c.confrelid join pg_namespace tn on tn.oid = tt.relnamespace
    where c.contype = 'f'`.execute(owner);
  expect(rows.length).toBeGreaterThan(15);
  const rankOf = (schema: string): number => ranks[schema] ?? Number.NaN;
  expect(rows.filter(({ from, to }) => from !== to && !(rankOf(to) < rankOf(from)))).toEqual([]);
});

/** Evaluators leave a trace of what they take out of the hub, and write nothing else. */
const writtenByEvaluators = ["platform.audit", "platform.audit_seal", "platform.audit_unsealed"];

test("every table with an organization has one permissive policy, the generated one, forces it, and lets no evaluator write", async () => {
  const { rows } = await sql<{
    name: string;
    enabled: boolean;
    forced: boolean;
    policies: {
      name: string;
      command: string;
      permissive: boolean;
      using: string | null;
      check: string | null;
      roles: string;
    }[];
  }>`
    select n.nspname || '.' || t.relname as name, t.relrowsecurity as enabled, t.relforcerowsecurity as forced,
      coalesce((select jsonb_agg(jsonb_build_object('name', p.polname, 'command', p.polcmd, 'permissive', p.polpermissive, 'using', pg_get_expr(p.polqual, p.polrelid),
        'check', pg_get_expr(p.polwithcheck, p.polrelid), 'roles', p.polroles::text)) from pg_policy p where p.polrelid = t.oid), '[]') as policies
    from pg_class t join pg_namespace n on n.oid = t.relnamespace
    where t.relkind in ('r', 'p') and exists (select from pg_attribute a where a.attrelid = t.oid and a.attname = 'organization_id' and not a.attisdropped)
    order by 1`.execute(owner);
  expect(rows.length).toBeGreaterThan(12);
  const generated = (using: string): boolean =>
    /^\(\( SELECT directory\.sees_every_organization\(\) AS sees_every_organization\) OR \(organization_id = \( SELECT directory\.actor_organization\(\) AS actor_organization\)\)\)$/.test(
      using,
    );
  const notAnEvaluator = "( SELECT directory.reads_identities() AS reads_identities)";
  const unguarded = rows.filter(({ name, enabled, forced, policies }) => {
    const [policy, ...others] = policies.filter((one) => one.permissive);
    const refusals = policies
      .filter((one) => !one.permissive && one.roles === "{0}" && (one.using ?? one.check) === notAnEvaluator)
      .map((one) => one.command);
    return (
      !enabled ||
      (!forced && !(name in notForced)) ||
      others.length > 0 ||
      (!writtenByEvaluators.includes(name) && refusals.toSorted().join("") !== "adw") ||
      policy?.name !== "by_organization" ||
      policy.command !== "*" ||
      policy.check !== null ||
      policy.roles !== "{0}" ||
      !generated(policy.using ?? "")
    );
  });
  expect(unguarded).toEqual([]);
});

test("the application owns nothing, has no special rights and cannot become the owner", async () => {
  const { rows } = await pool.query<{ name: string; special: boolean; owned: number }>(
    `select r.rolname as name, r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolreplication as special,
      (select count(*) from pg_class c where c.relowner = r.oid) + (select count(*) from pg_proc p where p.proowner = r.oid) + (select count(*) from pg_namespace n where n.nspowner = r.oid) as owned
    from pg_roles r where r.rolname in (current_user, 'trellis_app')`,
  );
  expect(rows).toHaveLength(2);
  expect(rows.map(({ special, owned }) => ({ special, owned }))).toEqual([
    { special: false, owned: 0 },
    { special: false, owned: 0 },
  ]);
  const { rows: owners } = await ownerPool.query<{ name: string }>(
    "select distinct quote_ident(r.rolname) as name from pg_class c join pg_roles r on r.oid = c.relowner join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('directory', 'platform')",
  );
  expect(owners).not.toEqual([]);
  for (const { name } of owners) {
    await expect(pool.query(`set role ${name}`)).rejects.toMatchObject({ code: "42501" });
    await expect(pool.query(`set session authorization ${name}`)).rejects.toMatchObject({ code: "42501" });
  }
});

test("the application cannot change the schema, the policies or the audit that is written", async () => {
  const refused = [
    "create table public.mine (id int)",
    "create schema mine",
    "alter table pathways.enrollment disable row level security",
    "drop policy by_organization on pathways.enrollment",
    "update platform.audit set event = event",
    "delete from platform.audit",
    "truncate pathways.enrollment",
    "insert into platform.audit_seal (sequence, organization_id, audit_id, previous_hash, hash) values (1, gen_random_uuid(), 1, '', '')",
    "delete from directory.organization",
  ];
  for (const statement of refused)
    await expect(pool.query(statement), statement).rejects.toMatchObject({ code: "42501" });
});

test("without an actor the application sees no organization's rows", async () => {
  const organization = await hub.services.perform({ kind: "system" }, async (work) =>
    (await import("../src/modules/directory/index.ts")).createOrganization(work, {
      name: "Hidden",
      organizationType: "other",
      state: null,
      granteeCodes: [],
    }),
  );
  const seen = await db.selectFrom("directory.organization").select("id").execute();
  const there = await owner.selectFrom("directory.organization").select("id").execute();
  expect(there.map(({ id }) => id)).toContain(organization);
  expect(seen).toEqual([]);
});

test("the table types are those of the migrated database", async () => {
  expect(await renderTableTypes(owner as never)).toBe(readFileSync(tableTypesFile, "utf8"));
});

test("the roster's code lists say from which day they hold", async () => {
  const rows = await owner
    .selectFrom("platform.code_list")
    .select(["list_id", "version", "effective_from", "effective_to", "verified"])
    .where("list_id", "in", ["program_type", "race_ethnicity"])
    .orderBy("list_id")
    .execute();
  const held = { version: 1, effective_from: "2024-07-01", effective_to: null, verified: false };
  expect(rows).toEqual([
    { list_id: "program_type", ...held },
    { list_id: "race_ethnicity", ...held },
  ]);
});
