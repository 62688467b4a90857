import type { Context } from "hono";
import type { Child } from "hono/jsx";
import type { z } from "zod";
import type { SectionNavProps } from "../../ui/section-nav.tsx";
import type { ApiDetails } from "../api/api-route.ts";
import type { Config } from "../config/config.ts";
import type { Actor, Grant, Role } from "../database/actor.ts";
import type { EventDefinition } from "../events/event.ts";
import type { PerformBulk, PerformWork, Work } from "../events/work.ts";
import type { FileStore } from "../files/files.ts";
import type { Log } from "../log/log.ts";
import type { SignIn } from "../sign-in/sign-in.ts";
import type { SingleSignOn } from "../sign-in/single-sign-on.ts";
import type { Flash } from "./flash.ts";

/**
 * Who may use a route: everybody, everybody signed in or on the way to it (the second factor is missing), everybody
 * signed in, or people with one of these roles or grants.
 */
export type Who = "public" | "signing-in" | "signed-in" | readonly (Role | Grant)[];

export interface Crumb {
  label: string;
  href?: string;
}

/** What a page says of itself; the shell (menu, person, flash) is put around it. */
export interface PageOptions {
  title: string;
  description?: string;
  breadcrumbs?: Crumb[];
  status?: 200 | 404 | 409 | 422 | 429;
  wide?: boolean;
  /** The page draws its own full-width bands. */
  bands?: boolean;
  /** The pages of the section this one belongs to, shown beside it. */
  section?: SectionNavProps;
  /** Behaviors of client/ that this page uses. */
  scripts?: string[];
  /** Ask again after so many seconds, for those without script. */
  refreshSeconds?: number;
  /** Further elements of the document's head: feeds, what the page is about for programs. */
  head?: Child;
}

/** What handlers may need of the platform besides the transaction. */
export interface WebPlatform {
  config: Config;
  log: Log;
  signIn: SignIn;
  singleSignOn: SingleSignOn | null;
  perform: PerformWork;
  performBulk: PerformBulk;
  files: FileStore;
  clock: () => Date;
}

/** One request on its way through a route. */
export interface Visit<Params, Query> extends Work {
  c: Context;
  params: Params;
  query: Query;
  requestId: string;
  path: string;
  platform: WebPlatform;
  page(options: PageOptions, body: Child): Promise<Response>;
  /** A fragment for a behavior that replaces a region. */
  fragment(body: Child): Promise<Response>;
  redirect(path: string, flash?: Flash): Response;
  download(name: string, type: string, body: string | Uint8Array<ArrayBuffer> | ReadableStream): Response;
}

/** A form as it was sent, to show it again with what is wrong. */
export interface Sent {
  values: Record<string, string | string[] | undefined>;
  errors: Record<string, string[] | undefined>;
}

/** Puts the shell around a body, for handlers that open their own transaction. */
export type RenderPage = (work: Work, options: PageOptions, body: Child) => Promise<Response>;

/** One line of the route table. */
export interface RouteDefinition {
  method: "GET" | "POST";
  path: string;
  who: Who;
  /** Only people of the hub, whatever the role list says of grants. */
  menu?: { label: string; order: number };
  params?: z.ZodType;
  query?: z.ZodType;
  form?: z.ZodType;
  /** What it records; a POST without one changes nothing that belongs to an organization. */
  events?: readonly EventDefinition[];
  /** "streamed": the handler reads the body itself (an upload) and opens its own transactions. */
  body?: "form" | "streamed";
  handle?: (visit: never, form: never) => Promise<Response>;
  /** Shows the form again when `form` refuses it; without it a kind 422 page is shown. */
  again?: (visit: never, sent: Sent) => Promise<Response>;
  /** A call of the API: it comes with a token instead of a session, and answers with data instead of a page. */
  api?: ApiDetails;
  /** For streamed bodies: outside any transaction. */
  stream?: (
    c: Context,
    platform: WebPlatform,
    actor: Actor,
    requestId: string,
    render: RenderPage,
  ) => Promise<Response>;
}

interface TypedRoute<Params extends z.ZodType, Query extends z.ZodType, Form extends z.ZodType> {
  method: "GET" | "POST";
  path: string;
  who: Who;
  menu?: { label: string; order: number };
  params?: Params;
  query?: Query;
  form?: Form;
  events?: readonly EventDefinition[];
  handle(visit: Visit<z.infer<Params>, z.infer<Query>>, form: z.infer<Form>): Promise<Response>;
  again?(visit: Visit<z.infer<Params>, z.infer<Query>>, sent: Sent): Promise<Response>;
}

type Nothing = z.ZodType<Record<string, never>>;

/** Declares a route; its handler gets parameters, query and form as their schemas say. */
export function route<
  Params extends z.ZodType = Nothing,
  Query extends z.ZodType = Nothing,
  Form extends z.ZodType = Nothing,
>(definition: TypedRoute<Params, Query, Form>): RouteDefinition {
  return definition;
}

/** Declares a route that takes a streamed upload. */
export function uploadRoute(definition: {
  path: string;
  who: Who;
  events: readonly EventDefinition[];
  stream: NonNullable<RouteDefinition["stream"]>;
}): RouteDefinition {
  return { ...definition, method: "POST", body: "streamed" };
}

/** Whether `who` lets the actor in. */
export function mayUse(who: Who, actor: Actor): boolean {
  if (who === "public") return true;
  if (who === "signing-in" && actor.kind === "anonymous") return actor.signingIn !== undefined;
  if (actor.kind !== "person") return false;
  if (who === "signed-in" || who === "signing-in") return true;
  return who.some((allowed) => actor.role === allowed || actor.grants.some((grant) => grant === allowed));
}
