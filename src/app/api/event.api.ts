import { z } from "zod";
import {
  apiRoute,
  formatParameter,
  listAnswer,
  listOf,
  listParameters,
} from "../../platform/api/api-route.ts";
import { fromCursor, partOf, toCursor } from "../../platform/api/cursor.ts";
import { listSealedEvents } from "../../platform/audit/audit.store.ts";
import type { RouteDefinition } from "../../platform/web/route.ts";

const event = z
  .object({
    sequence: z.int().describe("Its place in the sealed chain."),
    event: z.string().describe("What happened, such as pathways.roster-committed."),
    organization_id: z.uuid(),
    subject: z.object({ kind: z.string(), id: z.string() }),
    data: z.record(z.string(), z.unknown()).describe("Ids and counts; no personal data."),
    by: z
      .object({ person_id: z.uuid(), membership_id: z.uuid().nullable() })
      .nullable()
      .describe("Who did it; null: the hub itself."),
    at: z.iso.datetime(),
  })
  .meta({ id: "Event", description: "Something that happened." });

/** The audit, as far as the token's bearer sees it. */
export const eventApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/events",
    operationId: "listEvents",
    group: "Events",
    scope: "events:read",
    summary: "List what happened",
    description:
      "The audit of the organizations that the token reaches, in the order in which it was sealed, the oldest first. Keep the last `next` that is not null and go on from there later: nothing is missed. What happens is sealed within a minute. To be told instead of asking, an administrator sets up a webhook.",
    query: z.object({
      ...listParameters,
      ...formatParameter,
      event: z.string().optional().describe("Only events of this name."),
    }),
    answer: listOf(event).extend({
      next: z
        .string()
        .nullable()
        .describe("Where to go on, now or later; null only where nothing has happened yet."),
    }),
    csv: true,
    handle: async ({ trx, query }) => {
      const behind = fromCursor(query.cursor, z.tuple([z.int().min(0)]))?.[0] ?? 0;
      const { rows, last } = partOf(
        await listSealedEvents(trx, { behind, event: query.event, limit: query.limit + 1 }),
        query.limit,
      );
      const end = last ?? rows.at(-1);
      const answer = listAnswer(
        rows.map((row) => ({
          sequence: row.sequence,
          event: row.event,
          organization_id: row.organizationId,
          subject: { kind: row.subjectKind, id: row.subjectId },
          data: row.data as Record<string, unknown>,
          by: row.personId ? { person_id: row.personId, membership_id: row.membershipId } : null,
          at: row.recordedAt.toISOString(),
        })),
        end ? toCursor([end.sequence]) : (query.cursor ?? null),
        [
          { header: "sequence", value: (row) => row.sequence },
          { header: "event", value: (row) => row.event },
          { header: "organization_id", value: (row) => row.organization_id },
          { header: "subject_kind", value: (row) => row.subject.kind },
          { header: "subject_id", value: (row) => row.subject.id },
          { header: "data", value: (row) => JSON.stringify(row.data) },
          { header: "person_id", value: (row) => row.by?.person_id ?? null },
          { header: "at", value: (row) => row.at },
        ],
      );
      // A link only where there is more: a program that follows links must come to an end.
      return { ...answer, next: last ? answer.data.next : null };
    },
  }),
];
