import type { Context } from "hono";
import type { z } from "zod";
import { RequestProblem } from "../web/problems.ts";

/** Where in a request something is wrong, what, and how to mend it. */
export interface ApiFieldError {
  in: "path" | "query" | "header" | "body";
  /** The parameter's name, or the way into the body: "name", "answers.0.answer". */
  field: string;
  detail: string;
}

export type ApiProblemStatus = 400 | 401 | 403 | 404 | 406 | 409 | 413 | 415 | 422 | 429 | 500 | 503;

/** What each status says in general; its key is the end of the problem's type. */
export const apiProblems: Record<ApiProblemStatus, { key: string; title: string; meaning: string }> = {
  400: {
    key: "unreadable",
    title: "The request could not be read",
    meaning: "The body is not what its content type says.",
  },
  401: {
    key: "token",
    title: "A token is needed",
    meaning: "No token came, or one that is not known, has expired or was revoked.",
  },
  403: {
    key: "not-allowed",
    title: "This token may not do this",
    meaning: "The token lacks the scope, or its bearer's role may not do this.",
  },
  404: {
    key: "not-found",
    title: "There is no such thing",
    meaning: "It does not exist, or belongs to an organization that the token does not reach.",
  },
  406: {
    key: "format",
    title: "This format is not offered",
    meaning: "The call answers in another format than the one asked for.",
  },
  409: {
    key: "conflict",
    title: "This does not go now",
    meaning: "The thing is in a state that does not allow it, or the same request is being worked on.",
  },
  413: { key: "too-large", title: "Too much was sent", meaning: "The body is larger than the hub takes." },
  415: {
    key: "content-type",
    title: "This content type is not taken",
    meaning: "Send the body as the call says.",
  },
  422: {
    key: "unusable",
    title: "Something sent cannot be used",
    meaning: "`errors` says where, what, and how to mend it.",
  },
  429: { key: "too-many", title: "Too many requests", meaning: "Wait as many seconds as Retry-After says." },
  500: {
    key: "failed",
    title: "Something went wrong in the hub",
    meaning: "It is not the request's fault. Try again later; tell the hub's people the `instance`.",
  },
  503: {
    key: "too-long",
    title: "It took too long",
    meaning: "The hub has much to do, or too much was asked for at once. Ask for less, or later.",
  },
};

/** A problem of an API call; thrown anywhere below one. */
export class ApiProblem extends Error {
  readonly status: ApiProblemStatus;
  readonly errors: readonly ApiFieldError[];
  readonly headers: Readonly<Record<string, string>>;
  constructor(
    status: ApiProblemStatus,
    detail: string,
    more: { errors?: readonly ApiFieldError[]; headers?: Record<string, string> } = {},
  ) {
    super(detail);
    this.name = "ApiProblem";
    this.status = status;
    this.errors = more.errors ?? [];
    this.headers = more.headers ?? {};
  }
}

/** A 422 about single fields. */
export const unusableFields = (...errors: ApiFieldError[]): ApiProblem =>
  new ApiProblem(422, "Something sent cannot be used. Mend what `errors` names, and send it again.", {
    errors,
  });

/** A 422 with what a schema found. */
export const unusableBy = (place: ApiFieldError["in"], error: z.ZodError): ApiProblem =>
  unusableFields(
    ...error.issues.flatMap((issue): ApiFieldError[] =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({
            in: place,
            field: key,
            detail: "There is no such parameter here. See /api for the ones there are.",
          }))
        : [{ in: place, field: issue.path.join("."), detail: issue.message }],
    ),
  );

/** Addresses under which everything is JSON and no cookie counts. */
export const isApiPath = (path: string): boolean => path === "/api/v1" || path.startsWith("/api/v1/");

/** The answer that says what went wrong (RFC 9457). */
export function apiProblemAnswer(
  c: Context,
  status: number,
  detail: string | null,
  problem?: ApiProblem,
): Response {
  const known = apiProblems[status as ApiProblemStatus] ?? apiProblems[500];
  const requestId = c.get("requestId" as never) as string | undefined;
  return c.body(
    JSON.stringify({
      type: `/api#problem-${known.key}`,
      title: known.title,
      status,
      detail: detail ?? known.meaning,
      ...(requestId ? { instance: `urn:uuid:${requestId}` } : {}),
      ...(problem && problem.errors.length > 0 ? { errors: problem.errors } : {}),
    }),
    status as 400,
    { "Content-Type": "application/problem+json", "Cache-Control": "no-store", ...problem?.headers },
  );
}

/** Anything thrown below a call as its answer; null where it is no fault of the request. */
export function answerToThrown(c: Context, error: unknown): Response | null {
  if (error instanceof ApiProblem) return apiProblemAnswer(c, error.status, error.message, error);
  if (error instanceof RequestProblem) return apiProblemAnswer(c, error.status, error.message);
  return null;
}
