import { z } from "zod";
import type { JsonSchema } from "./openapi.types.ts";

const PLACE = "#/components/schemas/";

/** JSON schemas of zod's, those with a name of their own gathered in one place. */
export class JsonSchemas {
  readonly components: Record<string, JsonSchema> = {};

  /** The schema of what is sent ("input") or answered ("output"). */
  of(schema: z.ZodType, io: "input" | "output"): JsonSchema {
    const made = z.toJSONSchema(schema, {
      io,
      unrepresentable: "any",
      target: "draft-2020-12",
    }) as JsonSchema;
    const {
      $defs,
      $schema: _,
      ...root
    } = pointed(made) as JsonSchema & { $defs?: Record<string, JsonSchema> };
    for (const [name, one] of Object.entries($defs ?? {})) this.components[name] = withoutId(one);
    const id = z.globalRegistry.get(schema)?.id;
    if (!id || root.$ref) return withoutId(root);
    this.components[id] = withoutId(root);
    return { $ref: `${PLACE}${id}` };
  }

  /** The schema of a parameter: as it is understood, where that says more than text. */
  ofParameter(schema: z.ZodType): JsonSchema {
    const description = descriptionOf(schema);
    const [understood, sent] = [this.of(schema, "output"), this.of(schema, "input")];
    const { description: _, ...said } = isTold(understood)
      ? understood
      : isTold(sent)
        ? sent
        : { type: "string" };
    return { ...said, ...(description ? { description } : {}) };
  }
}

const isTold = ({ type, enum: values, anyOf }: JsonSchema): boolean =>
  type !== undefined || values !== undefined || anyOf !== undefined;

/** The name is the schema's place in the document already. */
const withoutId = (schema: JsonSchema): JsonSchema =>
  Object.fromEntries(Object.entries(schema).filter(([name]) => name !== "id" && name !== "$id"));

function descriptionOf(schema: z.ZodType): string | undefined {
  return schema.description;
}

/** References lead to the one place. */
function pointed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(pointed);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) =>
      name === "$ref" && typeof one === "string"
        ? [name, one.replace(/^#\/\$defs\//, PLACE)]
        : [name, pointed(one)],
    ),
  );
}
