import { CHOICE_KEYS, type Chosen } from "../practices/facets.ts";
import { FORMATS, viewOf, viewQuery } from "../practices/list-view.ts";
import {
  categoryPath,
  LIBRARY_PATH,
  type ListView,
  PRACTICES_PATH,
  statePath,
  viewPath,
} from "../practices/practice-addresses.ts";

/** Where harvesters ask (OAI-PMH). */
export const OAI_PATH = `${LIBRARY_PATH}/oai`;
export const FEED_PATH = `${LIBRARY_PATH}/feed.atom`;
export const stateFeedPath = (state: string): string => `${statePath(state)}/feed.atom`;
export const categoryFeedPath = (category: string): string => `${categoryPath(category)}/feed.atom`;

/** Where the library is taken along as a whole. */
export const libraryPlaces = { list: PRACTICES_PATH, formats: FORMATS, feed: FEED_PATH, harvest: OAI_PATH };

/** The feed of a view of the list: its order and page do not matter. */
export function feedPath(view: ListView): string {
  const path = viewPath({ q: view.q, chosen: view.chosen });
  const [list = "", query] = path.split("?");
  const feed = /\/(?:states|categories)\//.test(list) ? `${list}/feed.atom` : FEED_PATH;
  return query ? `${feed}?${query}` : feed;
}

/** A view as one text, the same however its address was written: what is followed. */
export function viewKey(view: ListView): string {
  const parts = new URLSearchParams();
  if (view.q) parts.set("q", view.q);
  for (const key of CHOICE_KEYS)
    for (const code of [...new Set(view.chosen[key] ?? [])].toSorted()) parts.append(key, code);
  return parts.toString();
}

/** The view that a key names. */
export function viewOfKey(key: string): { q?: string | undefined; chosen: Chosen } {
  const parts = new URLSearchParams(key);
  const given = Object.fromEntries([...new Set(parts.keys())].map((name) => [name, parts.getAll(name)]));
  const { q, chosen } = viewOf(viewQuery.parse({ ...given, q: parts.get("q") ?? undefined }));
  return { q, chosen };
}

/** Where one asks for mail about a view. */
export const FOLLOW_PATH = `${LIBRARY_PATH}/follow`;
export const ASKED_PATH = `${FOLLOW_PATH}/asked`;
export const confirmPath = (token: string): string => `${FOLLOW_PATH}/confirm/${token}`;
export const leavePath = (token: string): string => `${FOLLOW_PATH}/leave/${token}`;

/** Whether what is sent to a path may come from anywhere: from harvesters, who change nothing, and from mail programs that leave a list for their reader. */
export const isFollowedFromAnywhere = (path: string): boolean =>
  path === OAI_PATH || path.startsWith(leavePath(""));
