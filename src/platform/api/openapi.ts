import { z } from "zod";
import type { RouteDefinition } from "../web/route.ts";
import { type ApiProblemStatus, apiProblems } from "./api-problem.ts";
import { API_BASE, type ApiDetails } from "./api-route.ts";
import { JsonSchemas } from "./json-schemas.ts";
import type { ApiOperation, ApiParameter, ApiResponse, OpenApiDocument } from "./openapi.types.ts";

const problem = z
  .object({
    type: z.string().describe("What kind of problem: an address of the hub's API page."),
    title: z.string(),
    status: z.int(),
    detail: z.string().describe("What is wrong here, and what to do."),
    instance: z.string().optional().describe("The request's id, for the hub's people."),
    errors: z
      .array(
        z.object({
          in: z.enum(["path", "query", "header", "body"]),
          field: z.string().describe("The parameter, or the way into the body."),
          detail: z.string().describe("What is wrong, and how to mend it."),
        }),
      )
      .optional(),
  })
  .meta({ id: "Problem", description: "What went wrong (RFC 9457)." });

/** Words of the document that belong to this hub. */
export interface ApiDocumentOptions {
  title: string;
  /** The address of the hub, without a path. */
  address: string;
}

const DESCRIPTION =
  "Everything a program may read and write in this hub. A token is sent as `Authorization: Bearer trl_…`; it acts under a role, and reaches the organizations that this role reaches. Lists are read part by part with `limit` and `cursor`. Writes take an Idempotency-Key, so that a repeated one is done once. Problems are told as application/problem+json.";

/** The OpenAPI document of the route table's calls. */
export function makeApiDocument(
  routes: readonly RouteDefinition[],
  { title, address }: ApiDocumentOptions,
): OpenApiDocument {
  const schemas = new JsonSchemas();
  const problemSchema = schemas.of(problem, "output");
  const calls = routes.flatMap((route) => (route.api ? [{ route, api: route.api }] : []));
  const paths: OpenApiDocument["paths"] = {};
  for (const { route, api } of calls) {
    const path = route.path.slice(API_BASE.length).replaceAll(/:(\w+)/g, "{$1}");
    const operation = describeOperation(route, api, schemas);
    paths[path] = { ...paths[path], [route.method === "GET" ? "get" : "post"]: operation };
  }
  const responses = Object.fromEntries(
    Object.entries(apiProblems).map(([status, { key, title, meaning }]): [string, ApiResponse] => [
      nameOf(key),
      {
        description: `${title}. ${meaning}`,
        ...(status === "401" ? { headers: { "WWW-Authenticate": textHeader("What token is needed.") } } : {}),
        ...(status === "429" ? { headers: { "Retry-After": textHeader("Seconds to wait.") } } : {}),
        content: { "application/problem+json": { schema: problemSchema } },
      },
    ]),
  );
  return {
    openapi: "3.1.0",
    info: {
      title,
      version: "1",
      description: DESCRIPTION,
      license: { name: "Apache License 2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: `${address}${API_BASE}` }],
    tags: [...new Set(calls.map(({ api }) => api.group))].map((name) => ({ name })),
    paths,
    components: {
      schemas: schemas.components,
      responses,
      parameters: {
        IdempotencyKey: {
          name: "Idempotency-Key",
          in: "header",
          required: false,
          description:
            "Names this write, best with a random UUID. Sent again within 24 hours, it is not done again: the first answer comes once more, with `Idempotency-Replayed: true`.",
          schema: { type: "string", minLength: 1, maxLength: 255 },
        },
      },
      securitySchemes: {
        token: {
          type: "http",
          scheme: "bearer",
          description:
            "A token of this hub, made under Your account or by an administrator for an organization.",
        },
      },
    },
  };
}

const nameOf = (key: string): string =>
  key.replaceAll(/(^|-)(\w)/g, (_, _dash, letter: string) => letter.toUpperCase());

const textHeader = (description: string) => ({ description, schema: { type: "string" } });

/** What may go wrong with a call: what every one of its kind answers, and its own. */
export function problemsOf(route: RouteDefinition, api: ApiDetails): ApiProblemStatus[] {
  const all = new Set<ApiProblemStatus>([406, 422, 429, 500, 503, ...api.problems]);
  if (api.scope !== null) for (const status of [401, 403] as const) all.add(status);
  if (route.method === "POST") for (const status of [400, 409, 413, 415] as const) all.add(status);
  return [...all].toSorted((a, b) => a - b);
}

function describeOperation(route: RouteDefinition, api: ApiDetails, schemas: JsonSchemas): ApiOperation {
  const parameters: ApiOperation["parameters"] = [
    ...describeParameters("path", route.params, schemas),
    ...describeParameters("query", route.query, schemas),
    ...(api.upload ? describeUploadParameters(api.upload.fields, schemas) : []),
    ...(route.method === "POST" ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
  ];
  const body = describeBody(api, schemas);
  return {
    operationId: api.operationId,
    summary: api.summary,
    description: api.description,
    tags: [api.group],
    security: api.scope === null ? [] : [{ token: [] }],
    parameters,
    ...(body ? { requestBody: body } : {}),
    responses: {
      [api.status]: describeAnswer(route, api, schemas),
      ...Object.fromEntries(
        problemsOf(route, api).map((status) => [
          String(status),
          { $ref: `#/components/responses/${nameOf(apiProblems[status].key)}` },
        ]),
      ),
    },
    "x-scope": api.scope,
    "x-roles": typeof route.who === "string" ? [] : [...route.who],
  };
}

function describeParameters(
  place: "path" | "query",
  schema: z.ZodType | undefined,
  schemas: JsonSchemas,
): ApiParameter[] {
  const shape = schema instanceof z.ZodObject ? (schema.shape as Record<string, z.ZodType>) : {};
  return Object.entries(shape).map(([name, one]) => {
    const { description = "", ...rest } = schemas.ofParameter(one);
    return {
      name,
      in: place,
      required: place === "path" || !one.safeParse(undefined).success,
      description,
      schema: rest,
    };
  });
}

/** Beside a raw file, its fields stand in the address. */
function describeUploadParameters(fields: z.ZodObject, schemas: JsonSchemas): ApiParameter[] {
  return [
    ...describeParameters("query", fields, schemas).map((one) => ({
      ...one,
      required: false,
      description: `${one.description} Only beside a raw file.`,
    })),
    {
      name: "file_name",
      in: "query",
      required: false,
      description: "The file's name. Only beside a raw file.",
      schema: { type: "string" },
    },
  ];
}

function describeBody(api: ApiDetails, schemas: JsonSchemas): ApiOperation["requestBody"] {
  if (api.upload) {
    const fields = schemas.of(api.upload.fields, "input");
    return {
      required: true,
      content: {
        "multipart/form-data": {
          schema: {
            ...fields,
            properties: {
              ...fields.properties,
              file: { type: "string", format: "binary", description: "The file." },
            },
            required: [...(fields.required ?? []), "file"],
          },
        },
        "application/octet-stream": { schema: { type: "string", format: "binary" } },
      },
    };
  }
  if (!api.body) return undefined;
  return {
    required: !api.body.safeParse({}).success,
    content: { "application/json": { schema: schemas.of(api.body, "input") } },
  };
}

function describeAnswer(route: RouteDefinition, api: ApiDetails, schemas: JsonSchemas): ApiResponse {
  const isList = route.query instanceof z.ZodObject && "cursor" in route.query.shape;
  const headers = {
    ...(isList ? { Link: textHeader('`rel="next"` leads to the next part, where there is one.') } : {}),
    ...(api.status === 201 || api.status === 202 ? { Location: textHeader("Its address.") } : {}),
    ...(api.scope === null
      ? {}
      : {
          RateLimit: textHeader("How many calls are left (r), and for how many seconds (t)."),
          "RateLimit-Policy": textHeader("How many calls (q) a token may make in so many seconds (w)."),
        }),
  };
  return {
    description: { 200: "Done.", 201: "Made.", 202: "Taken; the work goes on in the background." }[
      api.status
    ],
    ...(Object.keys(headers).length > 0 ? { headers } : {}),
    content: {
      "application/json": { schema: schemas.of(api.answer, "output") },
      ...(api.csv ? { "text/csv": { schema: { type: "string" } } } : {}),
    },
  };
}
