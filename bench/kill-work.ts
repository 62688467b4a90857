// The writing that goes on while the hub and its database are killed, and the list of what the hub has said yes to.
import type { Agent } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { type Answer, type Sending, send } from "./hub-process.ts";

const ROWS = 40;

/** What was answered with success, and what was sent without any answer. */
export interface Ledger {
  /** Names of organizations that the hub said it has added. */
  organizations: string[];
  /** Rosters that the hub took, with the trainees in them; and whether it took the commit. */
  rosters: Map<string, { program: string; commitTaken: boolean }>;
  /** Steps of a report's workflow that the hub took. */
  submitted: number;
  returned: number;
  /** Requests whose connection broke off: done or not, nobody was told. */
  unanswered: number;
  /** Requests that were refused while the database was away. */
  refused: number;
  stopped: boolean;
}

export const newLedger = (): Ledger => ({
  organizations: [],
  rosters: new Map(),
  submitted: 0,
  returned: 0,
  unanswered: 0,
  refused: 0,
  stopped: false,
});

/** Programs begun, so that names are never used twice. */
let begun = 0;

/** Sends, counts what came of it, and waits a moment where the hub is away. */
async function attempt(
  ledger: Ledger,
  agent: Agent,
  port: number,
  path: string,
  sending: Sending,
): Promise<Answer | null> {
  try {
    const answer = await send(agent, port, path, sending);
    if (answer.status >= 500) {
      ledger.refused += 1;
      await wait(100);
    }
    return answer;
  } catch {
    ledger.unanswered += 1;
    await wait(100);
    return null;
  }
}

/** An administrator who adds organizations through the form. */
export async function addOrganizations(
  ledger: Ledger,
  agent: Agent,
  port: number,
  cookie: string,
): Promise<void> {
  while (!ledger.stopped) {
    const name = `Killed ${(begun += 1)}`;
    const answer = await attempt(ledger, agent, port, "/directory/organizations", {
      cookie,
      form: { name, type: "other", state: "", code: "" },
    });
    if (answer?.status === 303) ledger.organizations.push(name);
  }
}

/** A lead who brings in rosters and commits them. */
export async function bringInRosters(
  ledger: Ledger,
  agent: Agent,
  port: number,
  cookie: string,
): Promise<void> {
  while (!ledger.stopped) {
    const program = `killed-${(begun += 1)}`;
    const answer = await attempt(ledger, agent, port, "/pathways/rosters", { cookie, ...multipart(program) });
    const id = /\/pathways\/rosters\/([0-9a-f-]{36})/.exec(answer?.location ?? "")?.[1];
    if (answer?.status !== 303 || !id) continue;
    const roster = { program, commitTaken: false };
    ledger.rosters.set(id, roster);
    const deadline = performance.now() + 60_000;
    while (!ledger.stopped && !roster.commitTaken && performance.now() < deadline) {
      const page = await attempt(ledger, agent, port, `/pathways/rosters/${id}`, { cookie });
      if (!page?.body.includes(`/pathways/rosters/${id}/commit"`)) {
        await wait(150);
        continue;
      }
      const committed = await attempt(ledger, agent, port, `/pathways/rosters/${id}/commit`, {
        cookie,
        form: "",
        method: "POST",
      });
      // 409: an earlier try was taken, and its answer lost.
      if (committed?.status === 303 || committed?.status === 409) roster.commitTaken = true;
    }
  }
}

function multipart(program: string): { body: Buffer; type: string } {
  const header =
    "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total";
  const rows = Array.from(
    { length: ROWS },
    (_, row) =>
      `${program}-${row},${program},practicum,2019-20,counselor,full_time,2019-09-01,yes,continuing,100`,
  );
  const boundary = "----bench";
  const parts = [
    `--${boundary}\r\nContent-Disposition: form-data; name="code"\r\n\r\nG35\r\n`,
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${program}.csv"\r\nContent-Type: text/csv\r\n\r\n`,
    `${[header, ...rows].join("\n")}\n\r\n--${boundary}--\r\n`,
  ];
  return { body: Buffer.from(parts.join("")), type: `multipart/form-data; boundary=${boundary}` };
}

/** How many trainees a roster of this load has. */
export const rowsPerRoster = ROWS;

/** A lead and a reviewer: the report is submitted and returned, again and again. */
export async function passReport(
  ledger: Ledger,
  agent: Agent,
  port: number,
  { lead, reviewer, organizationId }: { lead: string; reviewer: string; organizationId: string },
): Promise<void> {
  const path = `/reports/${organizationId}/2024-25`;
  while (!ledger.stopped) {
    const returned = await attempt(ledger, agent, port, `${path}/return`, {
      cookie: reviewer,
      form: { because: "Returned by the benchmark" },
    });
    if (returned?.status === 303) ledger.returned += 1;
    const submitted = await attempt(ledger, agent, port, `${path}/submit`, {
      cookie: lead,
      form: "",
      method: "POST",
    });
    if (submitted?.status === 303) ledger.submitted += 1;
  }
}
