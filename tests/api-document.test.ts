// The API's documentation: whole, valid, and the same for programs and people.
import { expect, test } from "vitest";
import { apiProblems } from "../src/platform/api/api-problem.ts";
import type { ApiOperation, OpenApiDocument } from "../src/platform/api/openapi.types.ts";
import { apiLines } from "./support/api-client.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true, config: { TRELLIS_URL: "https://hub.example.org" } });
const document = (await (await hub.get("/api/v1/openapi.json")).json()) as OpenApiDocument;
const operations: { path: string; method: string; operation: ApiOperation }[] = Object.entries(
  document.paths,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

/** Every value under this key, wherever it stands. */
function collect(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => collect(one, key));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, one]) => [
    ...(name === key ? [one] : []),
    ...collect(one, key),
  ]);
}

test("it is OpenAPI 3.1 and knows where the hub is", () => {
  expect(document.openapi).toBe("3.1.0");
  expect(document.servers).toEqual([{ url: "https://hub.example.org/api/v1" }]);
  expect(document.info).toMatchObject({
    title: expect.any(String),
    version: "1",
    description: expect.any(String),
  });
});

test("every reference leads somewhere, and not to itself", () => {
  const references = collect(document, "$ref") as string[];
  expect(references.length).toBeGreaterThan(100);
  for (const reference of new Set(references)) {
    expect(reference).toMatch(/^#\/components\//);
    const found = reference
      .slice(2)
      .split("/")
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
    expect(found, reference).toBeTypeOf("object");
    expect((found as { $ref?: string }).$ref, reference).toBeUndefined();
  }
});

test("every call of the route table is in it once, under a name of its own", () => {
  const names = operations.map(({ operation }) => operation.operationId);
  expect(names.toSorted()).toEqual(apiLines.map(({ api }) => api.operationId).toSorted());
  expect(new Set(names).size).toBe(names.length);
  const addresses = operations.map(({ method, path }) => `${method.toUpperCase()} /api/v1${path}`);
  expect(addresses.toSorted()).toEqual(
    apiLines.map((line) => `${line.method} ${line.path.replaceAll(/:(\w+)/g, "{$1}")}`).toSorted(),
  );
});

test("every parameter, answer and problem is described", () => {
  const silent: string[] = [];
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    const given = operation.parameters.flatMap((one) => ("$ref" in one ? [] : [one]));
    expect(
      given.filter((one) => one.in === "path").map(({ name }) => name),
      path,
    ).toEqual(inPath);
    for (const one of given) {
      if (one.description === "") silent.push(`${operation.operationId} ${one.name}`);
      expect(Object.keys(one.schema), `${operation.operationId} ${one.name}`).not.toEqual([]);
    }
    if (operation.summary === "" || operation.description === "") silent.push(operation.operationId);
    const statuses = Object.keys(operation.responses);
    expect(
      statuses.filter((status) => status.startsWith("2")),
      path,
    ).toHaveLength(1);
    for (const status of [
      "406",
      "422",
      "429",
      "500",
      ...(operation["x-scope"] === null ? [] : ["401", "403"]),
    ])
      expect(statuses, `${operation.operationId} does not tell of ${status}`).toContain(status);
  }
  expect(silent).toEqual([]);
  for (const response of Object.values(document.components.responses))
    expect(response.description).not.toBe("");
  expect(Object.keys(document.components.responses)).toHaveLength(Object.keys(apiProblems).length);
});

test("a body says which of its fields must be there", () => {
  const add = document.paths["/organizations"]?.post?.requestBody;
  expect(add?.required).toBe(true);
  expect(add?.content["application/json"]?.schema.required).toEqual(["name", "type"]);
  const upload = document.paths["/rosters"]?.post?.requestBody?.content["multipart/form-data"]?.schema;
  expect(upload?.required).toEqual(["code", "file"]);
});

test("the page for people tells of every call, its scope and every parameter, without script", async () => {
  const answer = await hub.get("/api");
  const page = await answer.text();
  expect(answer.status).toBe(200);
  for (const { path, operation } of operations) {
    expect(page).toContain(`id="${operation.operationId}"`);
    expect(page).toContain(`/api/v1${path}`);
    expect(page).toContain(
      operation["x-scope"] === null ? "Public: no token is needed." : `Scope ${operation["x-scope"]}`,
    );
    for (const one of operation.parameters)
      if ("name" in one) expect(page).toContain(`<code>${one.name}</code>`);
  }
  for (const { key } of Object.values(apiProblems)) expect(page).toContain(`id="problem-${key}"`);
  const links = [...page.matchAll(/href="#([\w-]+)"/g)].map(([, id]) => id);
  expect(links.length).toBeGreaterThan(20);
  expect(links.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
  expect(page).toContain("curl");
});
