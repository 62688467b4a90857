import type { OpenApiDocument } from "../../platform/api/openapi.types.ts";

/** What stands for a parameter of an address in an example. */
const EXAMPLES: Record<string, string> = {
  year: "2024-25",
  version: "1",
  list: "program_type",
  id: "$ID",
  organization: "$ORGANIZATION",
};

/** A call as it is typed into a shell. */
export function curlOf(
  document: OpenApiDocument,
  call: {
    method: "GET" | "POST";
    path: string;
    operation: { "x-scope": string | null; parameters: readonly object[] };
  },
  bodyType: string | undefined,
  body: unknown,
): string {
  const path = call.path.replaceAll(
    /\{(\w+)\}/g,
    (_, name: string) => EXAMPLES[name] ?? `$${name.toUpperCase()}`,
  );
  const needsYear = call.operation.parameters.some(
    (one) =>
      "name" in one &&
      one.name === "year" &&
      "in" in one &&
      one.in === "query" &&
      "required" in one &&
      one.required === true,
  );
  const lines = [
    `curl "${document.servers[0]?.url}${path}${needsYear ? "?year=2024-25" : ""}"`,
    ...(call.operation["x-scope"] === null ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...(call.method === "POST" ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(bodyType === "multipart/form-data" ? ["-F code=G01", "-F file=@roster.csv"] : []),
    ...(body === undefined ? [] : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body)}'`]),
    ...(call.method === "POST" && body === undefined && bodyType === undefined ? ["-X POST"] : []),
  ];
  return lines.join(" \\\n  ");
}
