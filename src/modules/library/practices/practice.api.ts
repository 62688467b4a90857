import { z } from "zod";
import {
  apiRoute,
  formatParameter,
  listAnswer,
  listOf,
  listParameters,
} from "../../../platform/api/api-route.ts";
import { fromCursor, partOf, toCursor } from "../../../platform/api/cursor.ts";
import type { RouteDefinition } from "../../../platform/web/route.ts";
import { DIRECTIONS } from "../evidence/evidence.types.ts";
import { evidenceJson } from "../evidence/evidence-data.ts";
import { type Chosen, FACET_GROUPS, type FacetKey } from "./facets.ts";
import { searchOf } from "./find-practices.ts";
import { listPracticesBySlug } from "./practice.store.ts";
import { practiceContent } from "./practice.types.ts";
import { type PracticeWithEvidence, withEvidence } from "./practice-data.ts";
import { listSlugsBehind } from "./search.store.ts";

const content = practiceContent.meta({
  id: "PracticeContent",
  description:
    "All that the library tells of a practice, as its page's JSON download has it. Empty text and null mean that nobody has told.",
});

const evidence = z
  .object({
    kind: z.string().describe("A code of the list `evidence_kind`."),
    design: z.string().describe("A code of the list `evidence_design`."),
    setting: z.string(),
    participants: z
      .union([z.int(), z.literal("withheld")])
      .nullable()
      .describe(
        "How many took part. null: not known; the word withheld where so few of one place took part that they could be recognized.",
      ),
    outcome: z.string().describe("What was measured."),
    direction: z
      .enum(DIRECTIONS)
      .describe("What was found: for the practice, no difference, both, against it, or nothing clear."),
    source: z.object({
      title: z.string(),
      publisher: z.string(),
      year: z.int().nullable(),
      url: z.string(),
    }),
    note: z.string(),
  })
  .meta({
    id: "Evidence",
    description:
      "One finding on a practice, for it or against it, with its source. Empty text means that nobody has told.",
  });

const practice = z
  .object({
    id: z.uuid(),
    slug: z.string().describe("Its place in the address: /library/practices/{slug}."),
    version: z.int().describe("One more with every edit."),
    rating: z
      .string()
      .nullable()
      .describe("How sure it is that it works: a rung of the library's ladder. null: not yet rated."),
    published_at: z.iso.datetime(),
    changed_at: z.iso.datetime(),
    content,
    evidence: z.array(evidence).describe("What was found out about it, the newest source first."),
  })
  .meta({ id: "Practice", description: "A practice of the library." });

const shown = (row: PracticeWithEvidence): z.input<typeof practice> => ({
  id: row.id,
  slug: row.slug,
  version: row.version,
  rating: row.rating,
  published_at: (row.publishedAt ?? row.changedAt).toISOString(),
  changed_at: row.changedAt.toISOString(),
  content: row.content,
  evidence: row.evidence.map(evidenceJson),
});

/** What the filters mean, for whoever writes a program. */
const meaningOf = (key: FacetKey, list: string | null): string =>
  list
    ? `A code of the list \`${list}\`.`
    : {
        state: "A state, two letters; US for what is national.",
        rating: "A rung of the ladder of ratings, or not_rated.",
        obligation: "Whether people owe service for it: yes or no.",
      }[key as "state" | "rating" | "obligation"];

const choice = z
  .string()
  .regex(/^[A-Za-z0-9_]{1,60}$/, "Write one code.")
  .optional();

const filters = Object.fromEntries(
  FACET_GROUPS.map(({ key, list }) => [key, choice.describe(meaningOf(key, list))]),
) as Record<FacetKey, typeof choice>;

/** The practices of the library, for everybody. */
export const practiceApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/practices",
    operationId: "listPractices",
    group: "Practices",
    scope: null,
    summary: "List practices",
    description:
      "The library's published practices, whole, in an order that stays: go on with `next` until it is null and every practice comes once. The filters are those of the library's pages, and together narrow the list.",
    query: z.object({
      ...listParameters,
      ...formatParameter,
      q: z
        .string()
        .max(200, "Use at most 200 characters.")
        .optional()
        .describe("Words to look for, as the library's search takes them."),
      ...filters,
    }),
    answer: listOf(practice),
    csv: true,
    handle: async ({ trx, query }) => {
      const chosen: Chosen = Object.fromEntries(
        FACET_GROUPS.flatMap(({ key }) => (query[key] ? [[key, [query[key]]]] : [])),
      );
      const search = await searchOf(trx, { q: query.q, chosen });
      const behind = fromCursor(query.cursor, z.tuple([z.uuid()]))?.[0] ?? null;
      const { rows, last } = partOf(await listSlugsBehind(trx, search, behind, query.limit + 1), query.limit);
      const practices = await listPracticesBySlug(
        trx,
        rows.map(({ slug }) => slug),
      );
      return listAnswer((await withEvidence(trx, practices)).map(shown), last ? toCursor([last.id]) : null, [
        { header: "id", value: (row) => row.id },
        { header: "slug", value: (row) => row.slug },
        { header: "version", value: (row) => row.version },
        { header: "rating", value: (row) => row.rating },
        { header: "changed_at", value: (row) => row.changed_at },
        { header: "title", value: (row) => row.content.title },
        { header: "summary", value: (row) => row.content.summary },
        { header: "sponsor", value: (row) => row.content.sponsor },
        { header: "states", value: (row) => row.content.states.join(";") },
        { header: "categories", value: (row) => row.content.categories.join(";") },
        { header: "status", value: (row) => row.content.status },
        { header: "license", value: (row) => row.content.license },
      ]);
    },
  }),
];
