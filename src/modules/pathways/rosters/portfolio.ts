import type pg from "pg";
import type { Work } from "../../../platform/events/work.ts";
import { dropMember, setPortfolioAside, stageMember } from "./portfolio.store.ts";
import { openRoster, stageRows } from "./read-file.ts";
import { mergeAndRecord, receiveRoster } from "./roster.actions.ts";
import { findRoster } from "./roster.store.ts";
import { stagedYears } from "./staging.store.ts";

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
    await setPortfolioAside(client);
    for (const [granteeCode, member] of members) {
      const total = await stageMember(client, granteeCode);
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
      await mergeAndRecord(
        work,
        roster,
        { rows: { total, loaded: total, rejected: 0, warned: 0 } },
        await stagedYears(work.trx),
      );
      await dropMember(client);
    }
  } finally {
    await opened.close();
  }
}
