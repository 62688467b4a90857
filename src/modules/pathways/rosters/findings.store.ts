import type pg from "pg";
import { copyLine, copyLines } from "../../../platform/database/copy.ts";
import type { Finding } from "../roster-reading/roster-reading.types.ts";
import type { Roster } from "./roster.types.ts";

/** Writes findings in the order of the file, by COPY. */
export async function writeFindings(
  client: pg.ClientBase,
  roster: Roster,
  findings: readonly Finding[],
): Promise<void> {
  if (findings.length === 0) return;
  // COPY is refused where row-level security applies to the role, so it goes into a table of the transaction's own.
  await client.query(
    "create temporary table staged_finding (position int, sheet text, row int, column_name text, code text, severity text, message text, read text) on commit drop",
  );
  const lines = findings.map((finding, position) =>
    copyLine([
      position,
      finding.sheet,
      finding.row,
      finding.column,
      finding.code,
      finding.severity,
      finding.message,
      finding.read ?? null,
    ]),
  );
  await copyLines(client, "staged_finding", lines);
  await client.query(
    "insert into pathways.roster_finding (organization_id, roster_id, position, sheet, row, column_name, code, severity, message, read) select $1, $2, f.* from staged_finding f",
    [roster.organizationId, roster.id],
  );
}
