import { createHash } from "node:crypto";
import type { Context } from "hono";
import { z } from "zod";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { languageNow } from "../../../ui/language.ts";
import { findHub } from "../../directory/index.ts";
import type { Chosen } from "../practices/facets.ts";
import { searchOf } from "../practices/find-practices.ts";
import { viewOf, viewQuery } from "../practices/list-view.ts";
import { listPracticesBySlug } from "../practices/practice.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { LIBRARY_PATH, practicePath, viewPath } from "../practices/practice-addresses.ts";
import { labelOf, type PracticeLabels, readPracticeLabels } from "../practices/practice-labels.ts";
import { listHits } from "../practices/search.store.ts";
import { inPageLanguage } from "../submissions/submission-addresses.ts";
import { ATOM, type AtomEntry, writeAtom } from "./atom.ts";
import { findLastChange } from "./feed.store.ts";
import { say } from "./follow.words.ts";
import { categoryFeedPath, FEED_PATH, feedPath, stateFeedPath } from "./follow-addresses.ts";
import { viewInWords } from "./view-in-words.ts";

const MOST_ENTRIES = 50;
const KEPT_SECONDS = 300;

type FeedVisit = Visit<unknown, z.infer<typeof viewQuery>>;

/** A practice as an entry. Its id is the same wherever the entry is read, and whatever becomes of its address. */
function entryOf(practice: Practice, labels: PracticeLabels, config: Config): AtomEntry {
  const { content } = practice;
  const list = (key: "category" | "state", codes: readonly string[], scheme: string) =>
    codes.map((term) => ({ term, scheme: hubAddress(config, scheme), label: labelOf(labels, key, term) }));
  return {
    id: `urn:uuid:${practice.id}`,
    title: content.title,
    summary: content.summary,
    language: content.language,
    address: hubAddress(config, inPageLanguage(practicePath(practice.slug))),
    published: practice.publishedAt ?? practice.changedAt,
    updated: practice.changedAt,
    categories: [
      ...list("category", content.categories, "/api/v1/code-lists/practice_category"),
      ...list("state", content.states, `${LIBRARY_PATH}/states`),
    ],
    rights: labelOf(labels, "license", content.license),
  };
}

async function sendFeed(visit: FeedVisit, fixed: Chosen = {}): Promise<Response> {
  const { trx, platform } = visit;
  const { config } = platform;
  const { q, chosen } = viewOf(visit.query, fixed);
  const view = { q, chosen };
  const labels = await readPracticeLabels(trx);
  const search = await searchOf(trx, view);
  const hits = await listHits(trx, search, { order: "changed", limit: MOST_ENTRIES, offset: 0 });
  const practices = await listPracticesBySlug(
    trx,
    hits.map(({ slug }) => slug),
  );
  const hub = (await findHub(trx))?.name ?? "Trellis";
  const changed = (await findLastChange(trx)) ?? new Date(0);
  const feed = writeAtom({
    title: say("feed_title", { hub, what: viewInWords(view, labels) }),
    subtitle: say("feed_subtitle"),
    language: languageNow(),
    updated: practices[0]?.changedAt ?? changed,
    author: { name: hub, uri: hubAddress(config, inPageLanguage("/")) },
    self: hubAddress(config, inPageLanguage(feedPath(view))),
    alternate: hubAddress(config, inPageLanguage(viewPath(view))),
    entries: practices.map((practice) => entryOf(practice, labels, config)),
  });
  return sendUnlessKnown(visit.c, feed, changed);
}

/** Sends a feed, or says that the reader has it already (RFC 9110, 13): by its tag, else by the day of its last change. */
function sendUnlessKnown(c: Context, feed: string, changed: Date): Response {
  const tag = createHash("sha256").update(feed).digest("base64url").slice(0, 27);
  const headers = {
    ETag: `"${tag}"`,
    "Last-Modified": changed.toUTCString(),
    "Cache-Control": `public, max-age=${KEPT_SECONDS}`,
  };
  const known = c.req.header("if-none-match");
  const since = Date.parse(c.req.header("if-modified-since") ?? "");
  const isKnown =
    known === undefined
      ? since >= Math.floor(changed.getTime() / 1000) * 1000
      : known.trim() === "*" || known.split(",").some((one) => one.trim().replace(/^W\//, "") === `"${tag}"`);
  if (isKnown) return c.body(null, 304, headers);
  return c.body(feed, 200, { ...headers, "Content-Type": `${ATOM}; charset=utf-8` });
}

/** What is new or changed in a view of the list, for feed readers. */
export const feedRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: FEED_PATH,
    who: "public",
    query: viewQuery,
    handle: (visit) => sendFeed(visit),
  }),
  route({
    method: "GET",
    path: stateFeedPath(":state"),
    who: "public",
    params: z.object({ state: z.string().regex(/^[A-Z]{2}$/) }),
    query: viewQuery,
    handle: async (visit) => {
      const { state } = visit.params;
      if (!(await readPracticeLabels(visit.trx)).get("state")?.has(state)) throw notFound();
      return sendFeed(visit, { state: [state] });
    },
  }),
  route({
    method: "GET",
    path: categoryFeedPath(":category"),
    who: "public",
    params: z.object({ category: z.string().regex(/^[a-z_]{1,60}$/) }),
    query: viewQuery,
    handle: async (visit) => {
      const { category } = visit.params;
      if (!(await readPracticeLabels(visit.trx)).get("category")?.has(category)) throw notFound();
      return sendFeed(visit, { category: [category] });
    },
  }),
];
