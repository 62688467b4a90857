// The hub and its database are killed at random moments while people write: nothing that was acknowledged may be lost,
// nothing half done, and it starts again by itself.
import type { ChildProcess } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { openServices } from "../src/app/services.ts";
import { verifyAudit } from "../src/platform/audit/audit.store.ts";
import { readConfig } from "../src/platform/config/config.ts";
import { system } from "../src/platform/database/actor.ts";
import { freePort, signIn, startHub, stop, untilReady } from "./hub-process.ts";
import {
  addOrganizations,
  bringInRosters,
  type Ledger,
  newLedger,
  passReport,
  rowsPerRoster,
} from "./kill-work.ts";

/** The longest pause between two kills, in milliseconds, once everything is up again. */
const LONGEST_PAUSE = 2500;
/** How long what was begun may take to come to its end after the last kill, in milliseconds. */
const DRAIN = 120_000;

const round = (value: number): number => Math.round(value);

/** Prints how often which was killed, what was acknowledged, and what was lost or half done: both must be 0. */
export async function benchKill(times: number): Promise<object[]> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-kill-"));
  chmodSync(folder, 0o755);
  const data = join(folder, "data");
  const port = await freePort();
  const agent = new Agent({ keepAlive: false });
  let hub: ChildProcess = startHub(data, port);
  const ledger = newLedger();
  const back: number[] = [];
  const kills = { hub: 0, database: 0 };
  try {
    await untilReady(agent, port);
    const organizationId = await organizationOf(data, "G35");
    const administrator = await signIn(agent, port, "marisol@demo.example");
    const lead = await signIn(agent, port, "samuel@demo.example");
    const reviewer = await signIn(agent, port, "imani@demo.example");
    const work = Promise.all([
      addOrganizations(ledger, agent, port, administrator),
      // Several: after a kill a job waits for its heartbeat to be missed before it is taken up again.
      ...Array.from({ length: 8 }, () => bringInRosters(ledger, agent, port, lead)),
      passReport(ledger, agent, port, { lead, reviewer, organizationId }),
    ]);
    for (let kill = 0; kill < times; kill += 1) {
      await wait(Math.random() * LONGEST_PAUSE);
      if (Math.random() < 0.5) {
        await stop(hub, "SIGKILL");
        kills.hub += 1;
        hub = startHub(data, port);
      } else {
        process.kill(await postmaster(data), "SIGKILL");
        kills.database += 1;
        // The hub may still answer for a moment as if nothing had happened.
        await wait(50);
      }
      back.push(await untilReady(agent, port));
    }
    ledger.stopped = true;
    await work;
    const counts = await check(data, ledger);
    back.sort((a, b) => a - b);
    return [
      {
        bench: "kill",
        times,
        kills,
        acknowledged: {
          organizations: ledger.organizations.length,
          rosters: ledger.rosters.size,
          commits: [...ledger.rosters.values()].filter(({ commitTaken }) => commitTaken).length,
          submitted: ledger.submitted,
          returned: ledger.returned,
        },
        unanswered: ledger.unanswered,
        refused: ledger.refused,
        ...counts,
        backMs: {
          median: round(back[Math.floor(back.length / 2)] ?? 0),
          longest: round(back.at(-1) ?? 0),
        },
      },
    ];
  } finally {
    ledger.stopped = true;
    agent.destroy();
    await stop(hub);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Joins the hub's own database server. */
async function withDatabase<T>(data: string, task: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const services = await openServices(readConfig({ TRELLIS_DATA: data, LOG_LEVEL: "silent" }));
  try {
    return await task(services.database.ownerPool);
  } finally {
    await services.close();
  }
}

const organizationOf = (data: string, code: string): Promise<string> =>
  withDatabase(data, async (pool) => {
    const { rows } = await pool.query<{ id: string }>(
      "select organization_id as id from directory.grantee_code where code = $1",
      [code],
    );
    return rows[0]?.id ?? "";
  });

/** The number of the database server's own process; while it is being started there is none. */
async function postmaster(data: string): Promise<number> {
  for (;;) {
    try {
      const file = join(data, "postgresql", "cluster", "postmaster.pid");
      const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
      if (pid > 1) return pid;
    } catch {
      await wait(25);
    }
  }
}

interface Counts {
  lost: Record<string, number>;
  halfDone: Record<string, number>;
}

/** Waits until what was begun has ended, then holds the database against the ledger. */
async function check(data: string, ledger: Ledger): Promise<Counts> {
  const services = await openServices(readConfig({ TRELLIS_DATA: data, LOG_LEVEL: "silent" }));
  const pool = services.database.ownerPool;
  const count = async (text: string, values: unknown[] = []): Promise<number> =>
    (await pool.query<{ count: number }>(text, values)).rows[0]?.count ?? 0;
  try {
    const deadline = performance.now() + DRAIN;
    const busy = "select count(*) as count from pathways.roster where state in ('reading', 'committing')";
    while ((await count(busy)) > 0 && performance.now() < deadline) await wait(250);
    const taken = [...ledger.rosters].filter(([, { commitTaken }]) => commitTaken).map(([id]) => id);
    const verdict = await services.perform(system, (work) => verifyAudit(work.trx));
    return {
      lost: {
        organizations: await count(
          "select count(*) as count from unnest($1::text[]) as said (name) where not exists (select from directory.organization o where o.name = said.name)",
          [ledger.organizations],
        ),
        rosters: await count(
          "select count(*) as count from unnest($1::uuid[]) as said (id) where not exists (select from pathways.roster r where r.id = said.id)",
          [[...ledger.rosters.keys()]],
        ),
        commits: await count(
          "select count(*) as count from unnest($1::uuid[]) as said (id) where not exists (select from pathways.roster r where r.id = said.id and r.state = 'committed')",
          [taken],
        ),
        submitted: Math.max(
          0,
          ledger.submitted -
            (await count(
              "select count(*) as count from platform.audit where event = 'reports.report-submitted' and request_id is not null",
            )),
        ),
        returned: Math.max(
          0,
          ledger.returned -
            (await count(
              "select count(*) as count from platform.audit where event = 'reports.report-returned' and request_id is not null",
            )),
        ),
      },
      halfDone: {
        organizationsWithoutAudit: await count(
          "select count(*) as count from directory.organization o where o.name like 'Killed %' and not exists (select from platform.audit a where a.organization_id = o.id and a.event = 'directory.organization-created')",
        ),
        rostersStuck: await count(busy),
        rostersInPart: await count(
          `select count(*) as count from pathways.roster r where r.file_name like 'killed-%'
             and (select count(*) from pathways.enrollment e where e.organization_id = r.organization_id and e.program_key = replace(r.file_name, '.csv', ''))
               <> case when r.state = 'committed' or exists (select from pathways.roster other where other.file_name = r.file_name and other.state = 'committed') then $1::int else 0 end`,
          [rowsPerRoster],
        ),
        commitsTwice: await count(
          "select count(*) as count from (select subject_id from platform.audit where event = 'pathways.roster-committed' group by subject_id having count(*) > 1) as twice",
        ),
        brokenAuditLinks: verdict.broken.length,
      },
    };
  } finally {
    await services.close();
  }
}
