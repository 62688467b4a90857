// Straight at the database, as the application's role with each actor's settings: row-level security alone.
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { type Actor, anonymous, inTransaction } from "../src/platform/database/actor.ts";
import { fillEmptyTables, listGuardedTables } from "./support/foreign-rows.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode, signInVisitors } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const { db, ownerPool } = hub.services.database;
const other = await organizationOfCode(hub, "G05");
await fillEmptyTables(ownerPool, other);
const tables = await listGuardedTables(ownerPool);
const visitors = await signInVisitors(hub);
const lead = visitors.find((visitor) => visitor.name === "organization_lead")?.actor;
const administrator = visitors.find((visitor) => visitor.name === "administrator")?.actor;
if (lead?.kind !== "person" || administrator?.kind !== "person")
  throw new Error("the demonstration has neither lead nor administrator");

/** Settings that somebody who writes SQL might make up. */
const pretenders: { name: string; actor: Actor }[] = [
  {
    name: "a lead with an administrator's membership",
    actor: { ...lead, membershipId: administrator.membershipId },
  },
  {
    name: "an administrator's person with a lead's membership",
    actor: { ...administrator, membershipId: lead.membershipId },
  },
  { name: "a person who says that the role is administrator", actor: { ...lead, role: "administrator" } },
  { name: "a person whose membership there is none of", actor: { ...lead, membershipId: randomUUID() } },
  { name: "anonymous", actor: anonymous },
];
const actors = [
  ...visitors.filter((visitor) => !visitor.ofHub && visitor.actor.kind === "person"),
  ...pretenders,
];

/** How many rows a statement touched; 0 where it was refused. Another error is one. */
async function touch(actor: Actor, statement: string): Promise<number> {
  try {
    const result = await inTransaction(db, actor, (trx) => sql.raw<object>(statement).execute(trx));
    return Math.max(result.rows.length, Number(result.numAffectedRows ?? 0));
  } catch (error) {
    // 42501: no privilege, or refused by the policy.
    if ((error as { code?: string }).code === "42501") return 0;
    throw error;
  }
}

test("every table has a row that is to be protected, and the hub's staff sees it", async () => {
  expect(tables.length).toBeGreaterThan(14);
  for (const { name, owner } of tables)
    expect(
      await touch(administrator, `select from ${name} t where t.${owner} = '${other}' limit 1`),
      name,
    ).toBe(1);
});

describe.each(actors)("$name", ({ actor }) => {
  test("selects, changes, deletes and inserts no row of another organization, in any table", async () => {
    const touched: string[] = [];
    for (const { name, owner } of tables) {
      const foreign = `t.${owner} = '${other}'`;
      const statements = [
        `select from ${name} t where ${foreign}`,
        `update ${name} t set ${owner} = t.${owner} where ${foreign}`,
        `delete from ${name} t where ${foreign}`,
        `insert into ${name} (${owner}) values ('${other}')`,
      ];
      for (const statement of statements) if ((await touch(actor, statement)) > 0) touched.push(statement);
    }
    expect(touched).toEqual([]);
  });

  test("gives no own row away to another organization", async () => {
    const given: string[] = [];
    // The key of an organization itself is not for the application to change; all others carry it as their owner.
    for (const { name, owner } of tables.filter((table) => table.owner === "organization_id")) {
      const statement = `update ${name} set ${owner} = '${other}'`;
      if ((await touch(actor, statement)) > 0) given.push(statement);
    }
    expect(given).toEqual([]);
  });
});

test("a lead sees people of the own organization only, and the administrator all", async () => {
  const people = "select from directory.person";
  expect(await touch(administrator, people)).toBeGreaterThan(8);
  expect(await touch(lead, people)).toBe(1);
  expect(await touch(anonymous, people)).toBe(0);
});

test("nobody sees more by giving themselves a role of the hub, or their organization its type", async () => {
  const attempts = [
    `update directory.membership set role = 'administrator' where id = '${lead.membershipId}'`,
    `update directory.organization set organization_type = 'hub' where id = '${lead.organizationId}'`,
  ];
  const seen = await inTransaction(db, lead, async (trx) => {
    // Each attempt may be refused, and what is done then goes on.
    for (const attempt of attempts) {
      await sql`savepoint attempt`.execute(trx);
      await sql
        .raw(attempt)
        .execute(trx)
        .catch(() => sql`rollback to savepoint attempt`.execute(trx));
    }
    const { rows } = await sql<{
      id: string;
    }>`select id from directory.organization where id <> ${lead.organizationId}`.execute(trx);
    return rows.length;
  });
  expect(seen).toBe(0);
});
