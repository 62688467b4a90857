import { z } from "zod";
import { ApiProblem, unusableFields } from "../../../platform/api/api-problem.ts";
import {
  apiRoute,
  formatParameter,
  listAnswer,
  listOf,
  listParameters,
} from "../../../platform/api/api-route.ts";
import { fromCursor, partOf, toCursor } from "../../../platform/api/cursor.ts";
import type { RouteDefinition } from "../../../platform/web/route.ts";
import { granteeCodeAdded, organizationCreated } from "../events.ts";
import { checkNewOrganization } from "./new-organization.ts";
import { createOrganization } from "./organization.actions.ts";
import {
  findOrganization,
  listAwards,
  listOrganizations,
  listSites,
  type Organization,
} from "./organization.store.ts";

const GROUP = "Organizations";

const organization = z
  .object({
    id: z.uuid(),
    name: z.string(),
    type: z.string().describe("A code of the list `organization_type`."),
    state: z.string().nullable().describe("Two letters, or null."),
    grantee_codes: z.array(z.string()).describe("Under which its rows stand in rosters."),
  })
  .meta({ id: "Organization", description: "An organization of the hub." });

const detail = organization
  .extend({
    awards: z.array(
      z.object({
        id: z.uuid(),
        program: z.string(),
        number: z.string(),
        starts_on: z.iso.date(),
        ends_on: z.iso.date(),
        grantee_code: z.string().nullable(),
      }),
    ),
    sites: z
      .array(
        z.object({
          id: z.uuid(),
          name: z.string(),
          county: z.string().nullable(),
          state: z.string().nullable(),
          is_rural: z.boolean().nullable().describe("null: not known."),
        }),
      )
      .describe("Training sites that its rosters name."),
  })
  .meta({ id: "OrganizationDetail", description: "An organization with its awards and training sites." });

const shown = (row: Organization): z.infer<typeof organization> => ({
  id: row.id,
  name: row.name,
  type: row.organizationType,
  state: row.state,
  grantee_codes: row.granteeCodes,
});

const params = z.object({ id: z.uuid().describe("The organization's id.") });

/** Organizations: read them, and for administrators, add them. */
export const organizationApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/organizations",
    operationId: "listOrganizations",
    group: GROUP,
    scope: "organizations:read",
    summary: "List organizations",
    description:
      "The organizations that the token reaches, in the order of their ids: the hub's see all, others their own.",
    query: z.object({ ...listParameters, ...formatParameter }),
    answer: listOf(organization),
    csv: true,
    handle: async ({ trx, query }) => {
      const behind = fromCursor(query.cursor, z.tuple([z.uuid()]))?.[0] ?? "";
      const all = (await listOrganizations(trx))
        .filter((row) => row.id > behind)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
      const { rows, last } = partOf(all, query.limit);
      return listAnswer(rows.map(shown), last ? toCursor([last.id]) : null, [
        { header: "id", value: (row) => row.id },
        { header: "name", value: (row) => row.name },
        { header: "type", value: (row) => row.type },
        { header: "state", value: (row) => row.state },
        { header: "grantee_codes", value: (row) => row.grantee_codes.join(";") },
      ]);
    },
  }),
  apiRoute({
    method: "GET",
    path: "/organizations/:id",
    operationId: "getOrganization",
    group: GROUP,
    scope: "organizations:read",
    summary: "Read one organization",
    description: "One organization, with its awards and the training sites that its rosters name.",
    params,
    answer: detail,
    problems: [404],
    handle: async ({ trx, params: { id } }) => {
      const found = await findOrganization(trx, id);
      if (!found) throw new ApiProblem(404, "There is no such organization, or the token does not reach it.");
      const awards = await listAwards(trx, id);
      const sites = await listSites(trx, id);
      return {
        data: {
          ...shown(found),
          awards: awards.map((award) => ({
            id: award.id,
            program: award.program,
            number: award.number,
            starts_on: award.startsOn,
            ends_on: award.endsOn,
            grantee_code: award.granteeCode,
          })),
          sites: sites.map(({ isRural, ...site }) => ({ ...site, is_rural: isRural })),
        },
      };
    },
  }),
  apiRoute({
    method: "POST",
    path: "/organizations",
    operationId: "addOrganization",
    group: GROUP,
    scope: "organizations:write",
    summary: "Add an organization",
    description: "Makes an organization, with a grantee code where it has one. For administrators.",
    body: z.object({
      name: z
        .string("Give the organization's name.")
        .trim()
        .min(1, "Give the organization's name.")
        .max(200, "Use at most 200 characters for the name.")
        .describe("What it is called."),
      type: z
        .string("Give a type.")
        .min(1, "Give a type.")
        .describe("A code of the list `organization_type`."),
      state: z
        .string()
        .regex(/^[A-Z]{2}$/, "Write a state with two capital letters, or null.")
        .nullable()
        .default(null)
        .describe("Two letters, such as OH."),
      grantee_code: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z0-9][A-Z0-9._-]{0,39}$/, "A code has letters, digits, dots and dashes only.")
        .nullable()
        .default(null)
        .describe("Under which its rows stand in rosters, such as G01."),
    }),
    example: {
      name: "Prairie Counseling Partners",
      type: "community_organization",
      state: "NE",
      grantee_code: "G41",
    },
    answer: organization,
    status: 201,
    problems: [409],
    events: [organizationCreated, granteeCodeAdded],
    handle: async (visit, body) => {
      const { name, type, state, grantee_code: code } = body;
      const errors = await checkNewOrganization(visit.trx, { type, state, code });
      const fields = Object.entries(errors).map(([field, [detail = ""]]) => ({
        in: "body" as const,
        field: field === "code" ? "grantee_code" : field,
        detail,
      }));
      if (fields.length > 0) throw unusableFields(...fields);
      const granteeCodes = code ? [code] : [];
      const id = await createOrganization(visit, { name, organizationType: type, state, granteeCodes });
      return {
        data: shown({ id, name, organizationType: type, state, granteeCodes }),
        location: `/api/v1/organizations/${id}`,
      };
    },
  }),
];
