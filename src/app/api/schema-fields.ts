import type { JsonSchema, OpenApiDocument } from "../../platform/api/openapi.types.ts";

/** A line of the table that tells what a body or an answer holds. */
export interface SchemaField {
  /** The way to it: "items[].grantee_codes[]". */
  name: string;
  type: string;
  required: boolean;
  description: string;
}

const DEEPEST = 5;

/** Follows a reference of the document. */
export function resolve(document: OpenApiDocument, schema: JsonSchema): JsonSchema {
  const name = /^#\/components\/schemas\/(.+)$/.exec(schema.$ref ?? "")?.[1];
  if (!name) return schema;
  const { $ref: _, ...beside } = schema;
  return { ...resolve(document, document.components.schemas[name] ?? {}), ...beside };
}

/** The type in words a person reads. */
export function typeInWords(document: OpenApiDocument, given: JsonSchema): string {
  const schema = resolve(document, given);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map(String).join(" | ");
  if (schema.anyOf) return schema.anyOf.map((one) => typeInWords(document, one)).join(" | ");
  if (schema.type === "array") return `list of ${typeInWords(document, schema.items ?? {})}`;
  if (schema.format)
    return { date: "day", "date-time": "moment", uuid: "id", binary: "file" }[schema.format] ?? schema.format;
  if (Array.isArray(schema.type)) return schema.type.join(" | ");
  return schema.type ?? "anything";
}

/** Every field of a schema, those within others after them. */
export function fieldsOf(document: OpenApiDocument, given: JsonSchema, place = "", depth = 0): SchemaField[] {
  const schema = resolve(document, given);
  if (depth > DEEPEST) return [];
  if (schema.type === "array") return fieldsOf(document, schema.items ?? {}, `${place}[]`, depth + 1);
  const inner = schema.anyOf?.map((one) => resolve(document, one)).find((one) => one.properties);
  const properties = schema.properties ?? inner?.properties;
  return Object.entries(properties ?? {}).flatMap(([name, one]) => {
    const path = place === "" ? name : `${place}.${name}`;
    const known = resolve(document, one);
    return [
      {
        name: path,
        type: typeInWords(document, one),
        required: (schema.required ?? []).includes(name),
        description: known.description ?? "",
      },
      ...fieldsOf(document, one, path, depth + 1),
    ];
  });
}
