import { CHOICE_KEYS, type Chosen, type FacetKey } from "./facets.ts";

export const LIBRARY_PATH = "/library";
export const PRACTICES_PATH = `${LIBRARY_PATH}/practices`;
export const COMPARE_PATH = `${LIBRARY_PATH}/compare`;

export const practicePath = (slug: string): string => `${PRACTICES_PATH}/${slug}`;
export const statePath = (state: string): string => `${LIBRARY_PATH}/states/${state}`;
export const categoryPath = (category: string): string => `${LIBRARY_PATH}/categories/${category}`;

/** What a list of practices shows, as its address says it. */
export interface ListView {
  q?: string | undefined;
  chosen: Chosen;
  sort?: string | undefined;
  page?: number | undefined;
}

/** The address of a view of the list: one state or category alone has a short one. */
export function viewPath(view: ListView, format?: string): string {
  const parts = new URLSearchParams();
  if (view.q) parts.set("q", view.q);
  for (const key of CHOICE_KEYS) for (const code of view.chosen[key] ?? []) parts.append(key, code);
  const [only, ...others] = [...parts];
  if (view.sort) parts.set("sort", view.sort);
  if (view.page && view.page > 1) parts.set("page", String(view.page));
  if (format) parts.set("format", format);
  const short = only && others.length === 0 ? shortPath(only[0], only[1]) : null;
  if (short && only) parts.delete(only[0]);
  const query = parts.toString();
  return `${short ?? PRACTICES_PATH}${query ? `?${query}` : ""}`;
}

const shortPath = (key: string, code: string): string | null =>
  key === "state" ? statePath(code) : key === "category" ? categoryPath(code) : null;

/** The same view with one choice added, or taken away where it is there. */
export function withChoice(view: ListView, key: FacetKey, code: string): ListView {
  const codes = view.chosen[key] ?? [];
  const next = codes.includes(code) ? codes.filter((one) => one !== code) : [...codes, code];
  return { ...view, page: undefined, chosen: { ...view.chosen, [key]: next } };
}

/** Where the library is kept: drafts, and what waits. */
export const DESK_PATH = `${LIBRARY_PATH}/desk`;
