import { z } from "zod";
import { ApiProblem, unusableFields } from "../../../platform/api/api-problem.ts";
import {
  type ApiVisit,
  apiRoute,
  formatParameter,
  listAnswer,
  listOf,
  listParameters,
} from "../../../platform/api/api-route.ts";
import { fromCursor, partOf, toCursor } from "../../../platform/api/cursor.ts";
import { refuseAllButTables } from "../../../platform/files/file-kind.ts";
import type { RouteDefinition } from "../../../platform/web/route.ts";
import { listGranteeCodes } from "../../directory/index.ts";
import { findingsExported, rosterCommitted, rosterDiscarded, rosterReceived } from "../events.ts";
import {
  discardRoster,
  enqueueStep,
  READ_ROSTER_JOB,
  receiveRoster,
  requestCommit,
} from "./roster.actions.ts";
import { mayImport, refuseEvaluators } from "./roster.policy.ts";
import { countFindings, findRoster, listFindings, listRosters } from "./roster.store.ts";
import type { Roster } from "./roster.types.ts";
import {
  finding,
  roster,
  rosterDetail,
  rosterFields,
  shownRoster,
  shownRosterDetail,
} from "./roster-json.ts";
import { dropRefusedFile } from "./unneeded-file.ts";

const GROUP = "Rosters";
const params = z.object({ id: z.uuid().describe("The roster's id.") });
const addressOf = (id: string): string => `/api/v1/rosters/${id}`;

type OneRoster = ApiVisit<{ id: string }, unknown>;

async function getRoster(visit: OneRoster): Promise<Roster> {
  refuseEvaluators(visit.actor);
  const found = await findRoster(visit.trx, visit.params.id);
  if (!found) throw new ApiProblem(404, "There is no such roster, or the token does not reach it.");
  return found;
}

async function getOwnRoster(visit: OneRoster): Promise<Roster> {
  const found = await getRoster(visit);
  if (!mayImport(visit.actor, found.organizationId))
    throw new ApiProblem(403, "Only the organization's lead and hub staff bring in rosters.");
  return found;
}

async function detailOf(visit: OneRoster): Promise<z.input<typeof rosterDetail>> {
  const found = await getRoster(visit);
  return shownRosterDetail(found, await countFindings(visit.trx, found.id));
}

/** Rosters: bring one in, look how it stands, commit it or put it aside. */
export const rosterApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/rosters",
    operationId: "listRosters",
    group: GROUP,
    scope: "rosters:read",
    summary: "List rosters",
    description: "The files that were brought in, the newest first.",
    query: z.object({ ...listParameters, ...formatParameter }),
    answer: listOf(roster),
    csv: true,
    handle: async ({ trx, actor, query }) => {
      refuseEvaluators(actor);
      const behind = fromCursor(query.cursor, z.tuple([z.uuid()]))?.[0] ?? null;
      const { rows, last } = partOf(await listRosters(trx, query.limit + 1, behind), query.limit);
      return listAnswer(rows.map(shownRoster), last ? toCursor([last.id]) : null, [
        { header: "id", value: (row) => row.id },
        { header: "organization_id", value: (row) => row.organization_id },
        { header: "grantee_code", value: (row) => row.grantee_code },
        { header: "file_name", value: (row) => row.file_name },
        { header: "state", value: (row) => row.state },
        { header: "academic_years", value: (row) => row.academic_years.join(";") },
        { header: "created_at", value: (row) => row.created_at },
        { header: "committed_at", value: (row) => row.committed_at },
      ]);
    },
  }),
  apiRoute({
    method: "POST",
    path: "/rosters",
    operationId: "bringInRoster",
    group: GROUP,
    scope: "rosters:write",
    summary: "Bring in a roster",
    description:
      "Takes a file as the page does: CSV and other delimited text, XLSX, ODS, or a web page with a table. Send it as multipart/form-data, or as the body itself with the fields in the address. It is read in the background: ask at the answer's Location until its state is no longer `reading`. Nothing is stored before the commit.",
    upload: { fields: rosterFields, refuse: refuseAllButTables, drop: dropRefusedFile },
    answer: roster,
    status: 202,
    problems: [413, 415],
    events: [rosterReceived],
    handle: async (visit, fields) => {
      const { actor, file } = visit;
      if (actor.kind !== "person" || !file)
        throw new Error("a roster is brought in by a bearer, with a file");
      const target = (await listGranteeCodes(visit.trx)).find((one) => one.code === fields.code);
      if (!target)
        throw unusableFields({
          in: "body",
          field: "code",
          detail: "The token reaches no organization with this grantee code.",
        });
      if (!mayImport(actor, target.organizationId))
        throw new ApiProblem(403, "Only the organization's lead and hub staff bring in rosters.");
      const id = await receiveRoster(visit, {
        organizationId: target.organizationId,
        granteeCode: target.code,
        fileName: file.name,
        fileHash: file.hash,
        fileSize: file.bytes,
        given: {
          ...(fields.year ? { academicYear: fields.year } : {}),
          ...(fields.program ? { programName: fields.program } : {}),
          answers: [],
          archive: [],
        },
        uploadedBy: actor.personId,
      });
      await enqueueStep(visit, READ_ROSTER_JOB, id);
      const made = await findRoster(visit.trx, id);
      if (!made) throw new Error("the roster that was made is not there");
      return {
        data: shownRoster(made),
        location: addressOf(id),
      };
    },
  }),
  apiRoute({
    method: "GET",
    path: "/rosters/:id",
    operationId: "getRoster",
    group: GROUP,
    scope: "rosters:read",
    summary: "Read one roster",
    description:
      "How it stands, what was found in it, what a commit would change, its totals, and the questions that a person must answer on its page.",
    params,
    answer: rosterDetail,
    problems: [404],
    handle: async (visit) => ({ data: await detailOf(visit) }),
  }),
  apiRoute({
    method: "GET",
    path: "/rosters/:id/findings",
    operationId: "listFindings",
    group: GROUP,
    scope: "rosters:read",
    summary: "List a roster's findings",
    description:
      "What is wrong in which row, and how to mend it, in the order of the file. Each call leaves a line in the audit.",
    params,
    query: z.object({ ...listParameters, ...formatParameter }),
    answer: listOf(finding),
    csv: true,
    problems: [404],
    events: [findingsExported],
    handle: async (visit) => {
      const { limit, cursor } = visit.query;
      const of = await getRoster(visit);
      // Findings are numbered without gaps, from 0.
      const from = fromCursor(cursor, z.tuple([z.int().min(0).max(10_000_000)]))?.[0] ?? 0;
      const { rows, last } = partOf(await listFindings(visit.trx, of.id, {}, limit + 1, from), limit);
      await visit.record(findingsExported, {
        organizationId: of.organizationId,
        subject: ["roster", of.id],
        data: { roster: of.id, format: visit.format },
      });
      return listAnswer(
        rows.map(({ sheet, row, column, code, severity, message }) => ({
          sheet,
          row,
          column,
          code,
          severity,
          message,
        })),
        last ? toCursor([from + limit]) : null,
        (["sheet", "row", "column", "code", "severity", "message"] as const).map((name) => ({
          header: name,
          value: (row) => row[name],
        })),
      );
    },
  }),
  apiRoute({
    method: "POST",
    path: "/rosters/:id/commit",
    operationId: "commitRoster",
    group: GROUP,
    scope: "rosters:write",
    summary: "Commit a roster",
    description:
      "Asks for the commit of a roster whose state is `ready`: all of it or nothing, in the background. Records that the file lacks are kept, unless their ids are named in `archive`.",
    params,
    body: z.object({
      archive: z
        .array(z.int().positive(), "Give a list of ids.")
        .max(100_000)
        .default([])
        .describe("Ids of enrollments to archive, because the file lacks them."),
    }),
    example: { archive: [] },
    answer: roster,
    status: 202,
    problems: [404, 409],
    events: [rosterCommitted],
    handle: async (visit, { archive }) => {
      const { id } = await getOwnRoster(visit);
      await requestCommit(visit, id, archive);
      return { data: shownRoster(await getRoster(visit)), location: addressOf(id) };
    },
  }),
  apiRoute({
    method: "POST",
    path: "/rosters/:id/discard",
    operationId: "discardRoster",
    group: GROUP,
    scope: "rosters:write",
    summary: "Put a roster aside",
    description: "Puts aside a roster that is not committed. Nothing of it is stored.",
    params,
    answer: roster,
    problems: [404, 409],
    events: [rosterDiscarded],
    handle: async (visit) => {
      const { id } = await getOwnRoster(visit);
      await discardRoster(visit, id);
      return { data: shownRoster(await getRoster(visit)) };
    },
  }),
];
