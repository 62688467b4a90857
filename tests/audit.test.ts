// The audit: sealed in the order of commits, and nothing in it changes unseen.
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { expect, test } from "vitest";
import { sealAudit, verifyAudit } from "../src/platform/audit/audit.store.ts";
import { inTransaction, system } from "../src/platform/database/actor.ts";
import { createTestHub, type TestHub } from "./support/test-hub.ts";

const ORGANIZATION = "00000000-0000-4000-8000-000000000001";
const INSERT =
  "insert into platform.audit (organization_id, event, actor_kind, subject_kind, subject_id) values ($1, 'test.happened', 'system', 'test', $2)";

const verify = (hub: TestHub) => inTransaction(hub.services.database.db, system, (trx) => verifyAudit(trx));

/** Seals; first what other test files had begun on the same server has ended, since sealing waits for every older transaction. */
async function seal(hub: TestHub): Promise<number> {
  const { ownerPool, db } = hub.services.database;
  const running = async (): Promise<string[]> => {
    const { rows } = await ownerPool.query<{ one: string }>(
      "select pid || '/' || backend_xid as one from pg_stat_activity where backend_xid is not null and datname <> current_database()",
    );
    return rows.map(({ one }) => one);
  };
  let older = await running();
  while (older.length > 0) {
    await wait(20);
    const still = new Set(await running());
    older = older.filter((one) => still.has(one));
  }
  return inTransaction(db, system, (trx) => sealAudit(trx));
}

async function write(client: pg.ClientBase | pg.Pool, ...subjects: string[]): Promise<void> {
  for (const subject of subjects) await client.query(INSERT, [ORGANIZATION, subject]);
}

/** A connection of the application with a transaction that has begun. */
async function begin(hub: TestHub): Promise<pg.PoolClient> {
  const client = await hub.services.database.pool.connect();
  await client.query("begin");
  await client.query("select set_config('trellis.actor', 'system', true)");
  return client;
}

async function finish(client: pg.PoolClient, how: "commit" | "rollback"): Promise<void> {
  await client.query(how);
  client.release();
}

/** The subjects of the sealed rows, in the order of the chain. */
async function chain(hub: TestHub): Promise<string[]> {
  const { rows } = await hub.services.database.ownerPool.query<{ subject: string }>(
    "select a.subject_id as subject from platform.audit_seal s left join platform.audit a on a.organization_id = s.organization_id and a.id = s.audit_id order by s.sequence",
  );
  return rows.map(({ subject }) => subject);
}

/** A hub with four sealed rows. */
async function sealedHub(): Promise<TestHub> {
  const hub = await createTestHub();
  await write(hub.services.database.ownerPool, "first", "second", "third", "fourth");
  expect(await seal(hub)).toBe(4);
  return hub;
}

test("a row of a transaction that began earlier is sealed after it commits, and holds back what came later", async () => {
  const hub = await createTestHub();
  await write(hub.services.database.ownerPool, "before");
  const slow = await begin(hub);
  await write(slow, "slow");
  const quick = await begin(hub);
  await write(quick, "quick");
  await finish(quick, "commit");
  await seal(hub);
  expect(await chain(hub)).toEqual(["before"]);
  expect(await verify(hub)).toMatchObject({ sealed: 1, unsealed: 1, broken: [] });
  await finish(slow, "commit");
  await seal(hub);
  expect((await chain(hub)).toSorted()).toEqual(["before", "quick", "slow"]);
  await write(hub.services.database.ownerPool, "after");
  await seal(hub);
  expect((await chain(hub)).at(-1)).toBe("after");
  expect(await verify(hub)).toMatchObject({ sealed: 4, unsealed: 0, broken: [] });
});

test("rows of a transaction that was rolled back are nowhere, and leave no gap", async () => {
  const hub = await createTestHub();
  const client = await begin(hub);
  await write(client, "never");
  await finish(client, "rollback");
  await write(hub.services.database.ownerPool, "kept");
  expect(await seal(hub)).toBe(1);
  expect(await chain(hub)).toEqual(["kept"]);
  const { rows } = await hub.services.database.ownerPool.query(
    "select from platform.audit where subject_id = 'never'",
  );
  expect(rows).toEqual([]);
  expect((await verify(hub)).broken).toEqual([]);
});

test("two that seal at once make one chain", async () => {
  const hub = await createTestHub();
  await write(hub.services.database.ownerPool, ...Array.from({ length: 200 }, (_, at) => `row ${at}`));
  const counts = await Promise.all([seal(hub), seal(hub), seal(hub)]);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(200);
  expect(await verify(hub)).toMatchObject({ sealed: 200, unsealed: 0, broken: [] });
});

test("a changed row breaks its own link, whichever of its values was changed", async () => {
  const hub = await sealedHub();
  const { ownerPool } = hub.services.database;
  const changes = [
    "subject_id = 'another'",
    "event = 'test.other'",
    "data = '{\"a\": 1}'",
    "recorded_at = recorded_at + interval '1 microsecond'",
    "actor_kind = 'person'",
    "person_id = gen_random_uuid()",
    "request_id = 'x'",
  ];
  for (const change of changes) {
    const client = await ownerPool.connect();
    try {
      await client.query("begin");
      await client.query(`update platform.audit set ${change} where subject_id = 'third'`);
      const { rows } = await client.query<{ holds: boolean }>(
        "select s.hash = sha256(s.previous_hash || convert_to(platform.audit_text(a), 'UTF8')) as holds from platform.audit_seal s join platform.audit a on a.id = s.audit_id where s.sequence = 3",
      );
      expect(rows, change).toEqual([{ holds: false }]);
      await client.query("rollback");
    } finally {
      client.release();
    }
  }
  await ownerPool.query("update platform.audit set data = '{\"a\": 1}' where subject_id = 'third'");
  expect((await verify(hub)).broken).toEqual([{ sequence: 3, problem: "its audit row was changed" }]);
});

test("a removed row, a removed link and a forged link are reported", async () => {
  const row = await sealedHub();
  await row.services.database.ownerPool.query("delete from platform.audit where subject_id = 'second'");
  expect((await verify(row)).broken).toEqual([{ sequence: 2, problem: "its audit row is gone" }]);

  const link = await sealedHub();
  await link.services.database.ownerPool.query("delete from platform.audit_seal where sequence = 2");
  const verdict = await verify(link);
  expect(verdict.broken.length).toBeGreaterThan(0);
  expect(verdict.broken[0]).toEqual({ sequence: 3, problem: "a link before it is gone" });
  expect(verdict.unsealed).toBe(1);

  const forged = await sealedHub();
  await forged.services.database.ownerPool.query(
    "update platform.audit_seal set hash = sha256('forged') where sequence = 2",
  );
  expect((await verify(forged)).broken.map(({ sequence }) => sequence)).toEqual([2, 3]);
});

test("the unsealed tail is counted, and the head changes with every link", async () => {
  const hub = await sealedHub();
  const { head } = await verify(hub);
  expect(head).toMatch(/^[0-9a-f]{64}$/);
  await write(hub.services.database.ownerPool, "fifth", "sixth");
  expect(await verify(hub)).toMatchObject({ sealed: 4, unsealed: 2, head, broken: [] });
  await seal(hub);
  const after = await verify(hub);
  expect(after).toMatchObject({ sealed: 6, unsealed: 0, broken: [] });
  expect(after.head).not.toBe(head);
});

test("the application can change or remove neither audit rows nor links, nor write a link", async () => {
  const hub = await sealedHub();
  const forbidden = [
    "update platform.audit set event = 'x'",
    "delete from platform.audit",
    "truncate platform.audit",
    "update platform.audit_seal set hash = ''",
    "delete from platform.audit_seal",
    "insert into platform.audit_seal (sequence, organization_id, audit_id, previous_hash, hash) values (9, gen_random_uuid(), 9, '', '')",
    "delete from platform.audit_unsealed",
    "alter table platform.audit disable trigger all",
  ];
  for (const statement of forbidden) {
    const client = await begin(hub);
    await expect(client.query(statement), statement).rejects.toMatchObject({ code: "42501" });
    await finish(client, "rollback");
  }
  expect(await chain(hub)).toEqual(["first", "second", "third", "fourth"]);
});
