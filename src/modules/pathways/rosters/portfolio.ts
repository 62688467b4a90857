import type pg from "pg";
import type { Work } from "../../../platform/events/work.ts";
import { createPortfolioStaging, keepForPortfolio, stagedContents, stageMember } from "./portfolio.store.ts";
import type { Stage } from "./portion-writer.ts";
import { readRosterFile } from "./read-file.ts";
import { receiveRoster, recordCommit } from "./roster.actions.ts";
import { findRoster } from "./roster.store.ts";
import { RosterStage } from "./stage.ts";
import { copyStaged, createStaging, forgetStaged } from "./staging.store.ts";

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
  await createStaging(client);
  await createPortfolioStaging(client);
  const { outcome, contents } = await readRosterFile(
    {
      path,
      granteeCode: null,
      given,
      memory: { columns: {}, values: {} },
      maxWorkbookBytes: Number.MAX_SAFE_INTEGER,
    },
    portfolioStage(client),
  );
  if (outcome.refusal) throw new Error(outcome.refusal.message);
  if (!contents || outcome.rows?.rejected !== 0 || outcome.questions?.length !== 0)
    throw new Error(`${path} is not clean`);
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
    const stage = await RosterStage.open(work.trx, client, roster, "merge", new Set());
    await stage.compare(total);
    const rows = { total, loaded: total, rejected: 0, warned: 0 };
    const changes = await stage.changes({ programs: new Map() });
    await recordCommit(work, roster, { rows, changes }, await stagedContents(work.trx));
  }
}

function portfolioStage(client: pg.ClientBase): Stage {
  return {
    take: async ({ lines, leftOut }) => {
      await copyStaged(client, lines, leftOut);
      await keepForPortfolio(client);
    },
    forget: () => forgetStaged(client),
  };
}
