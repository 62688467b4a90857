import type { Context } from "hono";
import { z } from "zod";
import type { EventDefinition } from "../events/event.ts";
import type { Work } from "../events/work.ts";
import type { Acceptance, StoredFile } from "../files/files.ts";
import { csvLine } from "../spreadsheets/csv.ts";
import type { RouteDefinition, WebPlatform, Who } from "../web/route.ts";
import type { DownloadColumn } from "../web/table-download.ts";
import type { ApiProblemStatus } from "./api-problem.ts";
import { type Scope, whoOfScope } from "./scopes.ts";

/** A file that a call brought, received before the transaction opens. */
export type FileOfCall = StoredFile & { name: string };

/** One API request on its way. */
export interface ApiVisit<Params, Query> extends Work {
  c: Context;
  params: Params;
  query: Query;
  requestId: string;
  platform: WebPlatform;
  /** As asked for by `format` or Accept. */
  format: "json" | "csv";
  /** Only where the call takes one. */
  file: FileOfCall | null;
}

/** What a call answers with. */
export interface ApiAnswer<Data> {
  data: Data;
  /** The address of what was made. */
  location?: string;
  /** The cursor of the next part of a list. */
  next?: string | null;
  csv?: () => string;
}

/** What is asked of the file of a call, and of the fields beside it. */
export interface ApiUpload<Fields extends z.ZodObject> {
  fields: Fields;
  refuse?: NonNullable<Acceptance["refuse"]>;
  /** Told of the file of a call that was refused after the file had come. */
  drop?: (platform: WebPlatform, hash: string) => Promise<void>;
}

/** What the document says of a call besides its line in the route table. */
export interface ApiDetails {
  operationId: string;
  /** The heading under which it stands. */
  group: string;
  /** null: everybody, without a token. */
  scope: Scope | null;
  summary: string;
  description: string;
  body?: z.ZodType;
  /** A body as it may be sent, for the readable page. */
  example?: unknown;
  /** The call takes a file, and these fields beside it: as multipart, or raw with the fields in the address. */
  upload?: ApiUpload<z.ZodObject>;
  answer: z.ZodType;
  status: 200 | 201 | 202;
  /** The list is also to be had as CSV. */
  csv: boolean;
  /** What may go wrong besides what every call answers. */
  problems: readonly ApiProblemStatus[];
}

interface TypedApiRoute<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Answer extends z.ZodType,
> extends Omit<ApiDetails, "status" | "csv" | "problems" | "body" | "answer" | "upload"> {
  method: "GET" | "POST";
  path: string;
  params?: Params;
  query?: Query;
  body?: Body;
  upload?: ApiUpload<Body & z.ZodObject>;
  answer: Answer;
  status?: ApiDetails["status"];
  csv?: boolean;
  problems?: ApiDetails["problems"];
  events?: readonly EventDefinition[];
  handle(
    visit: ApiVisit<z.infer<Params>, z.infer<Query>>,
    body: z.infer<Body>,
  ): Promise<ApiAnswer<z.input<Answer>>>;
}

type Nothing = z.ZodType<Record<string, never>>;

/** The beginning of every call's path. */
export const API_BASE = "/api/v1";

/** Declares a call of the API: a line of the route table like a page's, with what its documentation needs. */
export function apiRoute<
  Answer extends z.ZodType,
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Body extends z.ZodType = Nothing,
>(definition: TypedApiRoute<Params, Query, Body, Answer>): RouteDefinition {
  const { method, path, params, query, events, handle, ...details } = definition;
  const who: Who = details.scope === null ? "public" : whoOfScope(details.scope);
  return {
    method,
    path: `${API_BASE}${path}`,
    who,
    ...(params ? { params } : {}),
    ...(query ? { query } : {}),
    ...(events ? { events } : {}),
    ...(details.upload ? { body: "streamed" as const } : {}),
    // Taken by the API's own mount, which gives it what it is typed for.
    handle: handle as unknown as NonNullable<RouteDefinition["handle"]>,
    api: {
      ...details,
      status: details.status ?? 200,
      csv: details.csv ?? false,
      problems: details.problems ?? [],
    },
  };
}

/** The parameters of every list. */
export const listParameters = {
  limit: z.coerce
    .number("Write a whole number from 1 to 1000.")
    .int("Write a whole number from 1 to 1000.")
    .min(1, "Write a whole number from 1 to 1000.")
    .max(1000, "Write a whole number from 1 to 1000.")
    .default(100)
    .describe("How many to give at once, from 1 to 1000."),
  cursor: z
    .string()
    .optional()
    .describe("Where to go on: `next` of the answer before. Leave it out to begin."),
};

/** For lists that are also to be had as CSV. */
export const formatParameter = {
  format: z
    .enum(["json", "csv"], "Write json or csv.")
    .optional()
    .describe("`json` or `csv`; takes precedence over the Accept header."),
};

/** The answer of a list. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().describe("The cursor of the next part; null at the end."),
  });

/** A part of a list, as JSON and, with `columns`, as CSV. */
export function listAnswer<Item>(
  items: Item[],
  next: string | null,
  columns?: readonly DownloadColumn<Item>[],
): ApiAnswer<{ items: Item[]; next: string | null }> {
  const csv = (): string =>
    [
      csvLine((columns ?? []).map((column) => column.header)),
      ...items.map((item) => csvLine((columns ?? []).map((column) => column.value(item)))),
    ].join("");
  return { data: { items, next }, next, ...(columns ? { csv } : {}) };
}
