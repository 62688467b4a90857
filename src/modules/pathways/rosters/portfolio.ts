import type pg from "pg";
import type { Work } from "../../../platform/events/work.ts";
import { openRoster, stageRows } from "./read-file.ts";
import { mergeAndRecord, receiveRoster } from "./roster.actions.ts";
import { findRoster } from "./roster.store.ts";

/** Whose rows a grantee code of a portfolio file are. */
export interface PortfolioMember {
  organizationId: string;
  /** Under which name the organization's part is listed among its rosters. */
  fileName: string;
}

/**
 * Loads a checked portfolio file for all of its grantees in one reading: the demonstration. Every grantee gets a
 * committed roster of its own.
 * @throws Error when the file is not clean: it is ours, and every row must load.
 */
export async function loadPortfolioRoster(
  work: Work,
  client: pg.ClientBase,
  path: string,
  members: ReadonlyMap<string, PortfolioMember>,
): Promise<void> {
  const given = { answers: [], archive: [] };
  const opened = await openRoster({
    path,
    granteeCode: null,
    given,
    memory: { columns: {}, values: {} },
    maxWorkbookBytes: Number.MAX_SAFE_INTEGER,
  });
  if ("refusal" in opened) throw new Error(opened.refusal.message);
  try {
    const whole = await stageRows(client, opened);
    if (!whole.rows || whole.rows.rejected > 0 || opened.examination.questions.length > 0)
      throw new Error(`${path} is not clean`);
    await client.query("alter table staged rename to staged_portfolio");
    for (const [granteeCode, member] of members) {
      await client.query(
        "create temporary table staged on commit drop as select * from staged_portfolio where false",
      );
      await client.query("insert into staged select * from staged_portfolio where grantee_code = $1", [
        granteeCode,
      ]);
      const counted = await client.query<{ rows: number }>("select count(*) as rows from staged");
      const total = counted.rows[0]?.rows ?? 0;
      const id = await receiveRoster(work, {
        ...member,
        granteeCode,
        fileHash: "",
        fileSize: 0,
        given,
        uploadedBy: null,
      });
      const roster = await findRoster(work.trx, id);
      if (!roster) throw new Error("the roster that was just made is gone");
      const years = await client.query<{ year: string }>(
        "select distinct academic_year as year from staged order by 1",
      );
      await mergeAndRecord(
        work,
        roster,
        { rows: { total, loaded: total, rejected: 0, warned: 0 } },
        years.rows.map((row) => row.year),
      );
      await client.query("drop table staged, staged_match");
    }
  } finally {
    await opened.close();
  }
}
