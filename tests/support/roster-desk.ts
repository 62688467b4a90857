// A grantee's desk in a test: small rosters that come in through the front door, and what became of them.
import { expect } from "vitest";
import type { TestHub } from "./test-hub.ts";
import { organizationOfCode, upload } from "./visitors.ts";

export const YEAR = "2019-20";
const HEADER =
  "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total,notes";

/** A roster of a program of its own; each line gives trainee, hours and note. */
export function file(
  program: string,
  lines: readonly [trainee: string, hours: string, note?: string][],
  year = YEAR,
): File {
  const rows = lines.map(
    ([trainee, hours, note = ""]) =>
      `${trainee},${program},practicum,${year},counselor,full_time,${year.slice(0, 4)}-09-01,yes,continuing,${hours},${note}`,
  );
  return new File([`${[HEADER, ...rows].join("\n")}\n`], `${program}.csv`);
}

export interface RosterRow {
  state: string;
  outcome: {
    refusal?: { code: string; message: string };
    questions?: unknown[];
    changes?: Record<string, number>;
    rows?: Record<string, number>;
  };
}

export interface Stored {
  id: number;
  trainee_code: string;
  hours_total: string;
  notes: string | null;
  archived_at: Date | null;
  roster_id: string;
}
/** The desk of G35, at which Samuel works. */
export async function openRosterDesk(hub: TestHub) {
  const { ownerPool } = hub.services.database;
  const samuel = await hub.signIn("samuel@demo.example");
  const organizationId = await organizationOfCode(hub, "G35");

  async function bringIn(content: File, cookie = samuel): Promise<string> {
    const answer = await upload(hub, "/pathways/rosters", { code: "G35" }, cookie, content);
    expect(answer.status, await answer.clone().text()).toBe(303);
    await hub.workJobs();
    return answer.headers.get("location")?.split("/").at(-1) ?? "";
  }

  async function rosterOf(id: string): Promise<RosterRow> {
    const { rows } = await ownerPool.query<RosterRow>(
      "select state, outcome from pathways.roster where id = $1",
      [id],
    );
    if (!rows[0]) throw new Error("there is no such roster");
    return rows[0];
  }

  async function commit(id: string, archive: string[] = []): Promise<void> {
    expect((await hub.post(`/pathways/rosters/${id}/commit`, { archive }, samuel)).status).toBe(303);
    await hub.workJobs();
    expect((await rosterOf(id)).state).toBe("committed");
  }

  async function stored(program: string): Promise<Stored[]> {
    const { rows } = await ownerPool.query<Stored>(
      "select id, trainee_code, hours_total, notes, archived_at, roster_id from pathways.enrollment where organization_id = $1 and program_key = lower($2) order by trainee_key",
      [organizationId, program],
    );
    return rows;
  }

  async function auditRows(id: string): Promise<{ data: Record<string, unknown> }[]> {
    const { rows } = await ownerPool.query<{ data: Record<string, unknown> }>(
      "select data from platform.audit where event = 'pathways.roster-committed' and subject_id = $1",
      [id],
    );
    return rows;
  }

  return { samuel, organizationId, bringIn, rosterOf, commit, stored, auditRows };
}
