import { z } from "zod";

/** How many rows a list page shows. */
export const PAGE_SIZE = 50;
const LAST_PAGE = 100_000;

/** The part of a list's address that every list has. A value that cannot be used counts as absent. */
export const listQuery = {
  sort: z.string().max(60).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(LAST_PAGE).catch(1).default(1),
  format: z.enum(["csv", "xlsx"]).optional().catch(undefined),
};

/** A filter of a list: trimmed text, absent when empty or used twice. */
export const filterText = z
  .string()
  .trim()
  .max(200)
  .transform((text) => text || undefined)
  .optional()
  .catch(undefined);

export interface Order<Key extends string> {
  key: Key;
  descending: boolean;
}

/** The order that `sort` asks for ("name", "-name"), or the list's own where it asks for none that there is. */
export function orderOf<Key extends string>(
  sort: string | undefined,
  keys: readonly Key[],
  fallback: Order<Key>,
): Order<Key> {
  const descending = sort?.startsWith("-") ?? false;
  const wanted = descending ? sort?.slice(1) : sort;
  const key = keys.find((one) => one === wanted);
  return key ? { key, descending } : fallback;
}

/** The address of the same list with something changed; empty and default parts are left out. */
export function listHref(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
  change: Readonly<Record<string, string | number | undefined>> = {},
): string {
  // Another order or another filter begins at the first page again.
  const next = { ...query, ...("page" in change ? {} : { page: undefined }), ...change };
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries(next))
    if (value !== undefined && value !== "" && !(name === "page" && value === 1))
      parts.set(name, String(value));
  const text = parts.toString();
  return text === "" ? path : `${path}?${text}`;
}
