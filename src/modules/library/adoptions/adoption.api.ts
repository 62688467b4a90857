import { z } from "zod";
import {
  apiRoute,
  formatParameter,
  listAnswer,
  listOf,
  listParameters,
} from "../../../platform/api/api-route.ts";
import { fromCursor, partOf, toCursor } from "../../../platform/api/cursor.ts";
import { onlyOrganizationOf } from "../../../platform/database/actor.ts";
import type { RouteDefinition } from "../../../platform/web/route.ts";
import { listAdoptionsBehind } from "./adoption.store.ts";
import { ADOPTION_STATES, type Adoption, OUTCOMES } from "./adoption.types.ts";

const day = z.iso.date();

const adoption = z
  .object({
    id: z.uuid(),
    organization_id: z.uuid(),
    organization: z.string(),
    practice: z
      .string()
      .describe("The practice's place in its address; where it was merged, of what it went into."),
    title: z.string(),
    taken_up: z.string().describe("The practice as it was taken up: its place in the address then."),
    version: z.int().describe("The version of it that was taken up."),
    state: z.enum(ADOPTION_STATES),
    since: day,
    takes_on: z.string(),
    adapts: z.string().describe("What is done otherwise, and why."),
    need: z.string(),
    ended_on: day.nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    how_it_went: z.string(),
    is_shown: z.boolean().describe("Whether the organization lets everybody read it."),
    changed_at: z.iso.datetime(),
  })
  .meta({ id: "Adoption", description: "An organization's use of a practice." });

const shown = (row: Adoption): z.infer<typeof adoption> => ({
  id: row.id,
  organization_id: row.organizationId,
  organization: row.organizationName,
  practice: row.practice.slug,
  title: row.practice.title,
  taken_up: row.takenUp.slug,
  version: row.takenUp.version,
  state: row.state,
  since: row.since,
  takes_on: row.takesOn,
  adapts: row.adapts,
  need: row.need,
  ended_on: row.endedOn,
  outcome: row.outcome,
  how_it_went: row.howItWent,
  is_shown: row.consent !== null,
  changed_at: row.changedAt.toISOString(),
});

const COLUMNS = Object.keys(adoption.shape) as (keyof z.infer<typeof adoption>)[];

/** Which organizations use which practices. */
export const adoptionApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/adoptions",
    operationId: "listAdoptions",
    group: "Practices",
    scope: "adoptions:read",
    summary: "List which practices organizations use",
    description:
      "What organizations tell of their use of practices, in an order that stays: the hub's tokens reach all, others their own organization's. Whom to ask is left out.",
    query: z.object({
      ...listParameters,
      ...formatParameter,
      state: z
        .enum(ADOPTION_STATES, "Write considering, running or ended.")
        .optional()
        .describe("How far it is."),
      practice: z
        .string()
        .regex(/^[a-z0-9-]{1,120}$/, "Write a practice's place in its address.")
        .optional()
        .describe("A practice's place in its address."),
    }),
    answer: listOf(adoption),
    csv: true,
    handle: async ({ trx, actor, query }) => {
      const place = fromCursor(query.cursor, z.tuple([z.uuid(), z.uuid()]));
      const found = await listAdoptionsBehind(
        trx,
        { organizationId: onlyOrganizationOf(actor), state: query.state, slug: query.practice },
        place && { organizationId: place[0], id: place[1] },
        query.limit + 1,
      );
      const { rows, last } = partOf(found, query.limit);
      return listAnswer(
        rows.map(shown),
        last ? toCursor([last.organizationId, last.id]) : null,
        COLUMNS.map((name) => ({
          header: name,
          value: (row) => (name === "is_shown" ? String(row.is_shown) : row[name]),
        })),
      );
    },
  }),
];
