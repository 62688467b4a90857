import type { z } from "zod";
import { unusableFields } from "./api-problem.ts";

/** Where a list goes on, as text that says nothing to its reader. */
export const toCursor = (place: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(place)).toString("base64url");

/** The place that a cursor names, or null where the list begins. @throws ApiProblem 422 for what is none of this list. */
export function fromCursor<Schema extends z.ZodType>(
  cursor: string | undefined,
  schema: Schema,
): z.infer<Schema> | null {
  if (cursor === undefined) return null;
  let place: unknown;
  try {
    place = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    place = null;
  }
  const parsed = schema.safeParse(place);
  if (parsed.success) return parsed.data;
  throw unusableFields({
    in: "query",
    field: "cursor",
    detail:
      "This is no cursor of this list. Take `next` from the answer before, or leave it out to begin again.",
  });
}

/** The first `limit` of rows of which one more was asked for, and whether there are more. */
export function partOf<Row>(rows: readonly Row[], limit: number): { rows: Row[]; last: Row | null } {
  const part = rows.slice(0, limit);
  return { rows: part, last: rows.length > limit ? (part.at(-1) ?? null) : null };
}
