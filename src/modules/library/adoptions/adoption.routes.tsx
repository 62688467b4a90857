import { z } from "zod";
import { onlyOrganizationOf, worksForHub } from "../../../platform/database/actor.ts";
import { filterText, listQuery, orderOf, PAGE_SIZE } from "../../../platform/web/list-query.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type Crumb, type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { type DownloadColumn, tableDownload } from "../../../platform/web/table-download.ts";
import { listOrganizations } from "../../directory/index.ts";
import { ADOPTION_READERS, mayConsentFor, mayWriteAdoptionsOf } from "../library.policy.ts";
import { listPracticesBySlug } from "../practices/practice.store.ts";
import { LIBRARY_PATH } from "../practices/practice-addresses.ts";
import { AdoptionPage } from "./adoption.pages.tsx";
import {
  ADOPTION_ORDERS,
  type AdoptionFilter,
  countAdoptions,
  findAdoption,
  listAdoptionChanges,
  listAdoptions,
} from "./adoption.store.ts";
import { ADOPTION_STATES, type Adoption } from "./adoption.types.ts";
import { ADOPTIONS_PATH } from "./adoption-addresses.ts";
import { OUTCOME_LABELS, STATE_LABELS } from "./adoption-labels.ts";
import { AdoptionListPage } from "./adoption-list.pages.tsx";
import { adoptionsHeading } from "./adoption-ways.ts";

export const adoptionParams = z.object({ adoption: z.uuid() });
export type AdoptionVisit = Visit<z.infer<typeof adoptionParams>, unknown>;

const MOST_IN_A_FILE = 100_000;

/** Where one is: the library, who uses what, and further. */
export const adoptionCrumbs = (visit: Visit<unknown, unknown>, ...further: Crumb[]): Crumb[] => [
  { label: "Library", href: LIBRARY_PATH },
  {
    label: adoptionsHeading(worksForHub(visit.actor)),
    ...(further.length > 0 ? { href: ADOPTIONS_PATH } : {}),
  },
  ...further,
];

/** The adoption that an address names. */
export async function getAdoption(visit: AdoptionVisit): Promise<Adoption> {
  const adoption = await findAdoption(visit.trx, visit.params.adoption);
  if (!adoption) throw notFound("This entry");
  return adoption;
}

const COLUMNS: DownloadColumn<Adoption>[] = [
  { header: "Practice", value: ({ practice }) => practice.title },
  { header: "Organization", value: (row) => row.organizationName },
  { header: "How far", value: ({ state }) => STATE_LABELS[state] },
  { header: "Since", value: ({ since }) => since, type: "date" },
  { header: "What is taken on", value: ({ takesOn }) => takesOn },
  { header: "What is changed", value: ({ adapts }) => adapts },
  { header: "Need", value: ({ need }) => need },
  { header: "Ended on", value: ({ endedOn }) => endedOn, type: "date" },
  { header: "How it went", value: ({ outcome }) => outcome && OUTCOME_LABELS[outcome] },
  { header: "In words", value: ({ howItWent }) => howItWent },
  {
    header: "Who reads it",
    value: ({ consent }) => (consent ? "Everybody" : "The organization and the hub"),
  },
];

/** Which organizations use which practices: the list, and one entry. */
export const adoptionRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: ADOPTIONS_PATH,
    who: ADOPTION_READERS,
    query: z.object({
      ...listQuery,
      q: filterText,
      state: z.enum(ADOPTION_STATES).optional().catch(undefined),
      shown: z.enum(["yes", "no"]).optional().catch(undefined),
      organization: z.uuid().optional().catch(undefined),
      practice: z
        .string()
        .regex(/^[a-z0-9-]{1,120}$/)
        .optional()
        .catch(undefined),
    }),
    handle: async (visit) => {
      const { trx, actor, query } = visit;
      const isOfHub = worksForHub(actor);
      const order = orderOf(query.sort, ADOPTION_ORDERS, { key: "changed", descending: true });
      const filter: AdoptionFilter = {
        organizationId: onlyOrganizationOf(actor) ?? query.organization,
        state: query.state,
        isShown: query.shown && query.shown === "yes",
        slug: query.practice,
        text: query.q,
      };
      const page = { order: order.key, isDescending: order.descending };
      if (query.format)
        return tableDownload(visit, {
          name: "practices-in-use",
          format: query.format,
          columns: COLUMNS,
          rows: await listAdoptions(trx, filter, { ...page, limit: MOST_IN_A_FILE, offset: 0 }),
        });
      const [practice] = query.practice ? await listPracticesBySlug(trx, [query.practice]) : [];
      const practiceTitle = practice?.content.title ?? null;
      return visit.page(
        { title: adoptionsHeading(isOfHub, practiceTitle), breadcrumbs: adoptionCrumbs(visit) },
        <AdoptionListPage
          adoptions={
            await listAdoptions(trx, filter, {
              ...page,
              limit: PAGE_SIZE,
              offset: (query.page - 1) * PAGE_SIZE,
            })
          }
          total={await countAdoptions(trx, filter)}
          query={query}
          sort={`${order.descending ? "-" : ""}${order.key}`}
          isOfHub={isOfHub}
          organizations={isOfHub ? await listOrganizations(trx) : []}
          practiceTitle={practiceTitle}
        />,
      );
    },
  }),
  route({
    method: "GET",
    path: `${ADOPTIONS_PATH}/:adoption`,
    who: ADOPTION_READERS,
    params: adoptionParams,
    handle: async (visit) => {
      const adoption = await getAdoption(visit);
      const { title } = adoption.practice;
      return visit.page(
        {
          title: `${title}: ${adoption.organizationName}`,
          breadcrumbs: adoptionCrumbs(visit, { label: title }),
          scripts: ["submit-once"],
        },
        <AdoptionPage
          adoption={adoption}
          changes={await listAdoptionChanges(visit.trx, adoption)}
          rights={{
            write: mayWriteAdoptionsOf(visit.actor, adoption.organizationId),
            consent: mayConsentFor(visit.actor, adoption.organizationId),
          }}
        />,
      );
    },
  }),
];
