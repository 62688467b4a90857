import type pg from "pg";
import type { Work } from "../../../platform/events/work.ts";
import type { Finding, Question } from "../roster-reading/roster-reading.types.ts";
import { commitRoster, receiveRoster } from "./roster.actions.ts";
import type { RosterGiven, RosterOutcome } from "./roster.types.ts";

export interface ImportRequest {
  path: string;
  fileName: string;
  fileHash: string;
  fileSize: number;
  organizationId: string;
  granteeCode: string;
  given: RosterGiven;
  maxWorkbookBytes: number;
}

export interface ImportResult {
  outcome: RosterOutcome;
  findings: Finding[];
  /** Open, with the proposed answers. */
  questions: Question[];
}

/** Reads a roster from a path and commits it, in one transaction: the command line's way through the same engine. */
export async function importRoster(
  work: Work,
  client: pg.ClientBase,
  request: ImportRequest,
): Promise<ImportResult> {
  const id = await receiveRoster(work, {
    organizationId: request.organizationId,
    granteeCode: request.granteeCode,
    fileName: request.fileName,
    fileHash: request.fileHash,
    fileSize: request.fileSize,
    given: request.given,
    uploadedBy: null,
  });
  const files = { pathOf: () => Promise.resolve(request.path), maxWorkbookBytes: request.maxWorkbookBytes };
  const { outcome, findings } = await commitRoster(work, client, id, files);
  return { outcome, findings, questions: outcome.questions ?? [] };
}
