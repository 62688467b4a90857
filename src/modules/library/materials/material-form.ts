// What a librarian types about a material, with a kind word for what cannot be kept.
import type { Sent } from "../../../platform/web/route.ts";
import type { Typed } from "../practices/practice-form.ts";
import { type AttachedPractice, type MaterialContent, materialContent } from "./material.types.ts";

export const textOf = (typed: Typed, name: string): string => ([typed[name] ?? ""].flat()[0] ?? "").trim();

const MESSAGES: Record<string, string> = {
  title: "Give the material a title of at most 200 characters.",
  summary: "Say in a few sentences what it is and for whom, in at most 1,000 characters.",
  kind: "Choose a kind of the list.",
  language: "Choose a language of the list.",
  license: "Choose a license of the list.",
  authors: "Use at most 500 characters.",
  publisher: "Use at most 300 characters.",
  date: "Write a year (2025), a month (2025-09) or a day (2025-09-30), or leave it empty.",
};
const MOST_PRACTICES = 50;

/** The practices of the form: one in each line, as its address or the end of it. */
export const practiceSlugs = (typed: Typed): string[] => [
  ...new Set(
    textOf(typed, "practices")
      .split(/\s+/)
      .map(
        (word) =>
          word
            .replace(/[?#].*$/, "")
            .replace(/\/+$/, "")
            .split("/")
            .at(-1) ?? "",
      )
      .filter(Boolean),
  ),
];

/** A form's fields as a description, or what is wrong with them. */
export function readMaterialForm(
  typed: Typed,
  known: {
    kinds: ReadonlyMap<string, string>;
    licenses: ReadonlyMap<string, string>;
    practices: ReadonlySet<string>;
  },
):
  | { content: MaterialContent; practices: string[]; errors?: never }
  | { content?: never; errors: Sent["errors"] } {
  const fields = Object.fromEntries(
    Object.keys(materialContent.shape).map((name) => [name, textOf(typed, name).replaceAll("\r\n", "\n")]),
  );
  const read = materialContent.safeParse(fields);
  const errors: Sent["errors"] = {};
  for (const { path } of read.error?.issues ?? []) {
    const name = String(path[0]);
    errors[name] ??= [MESSAGES[name] ?? "This cannot be kept."];
  }
  if (!errors["kind"] && !known.kinds.has(fields["kind"] ?? "")) errors["kind"] = [MESSAGES["kind"] ?? ""];
  if (!errors["license"] && !known.licenses.has(fields["license"] ?? ""))
    errors["license"] = [MESSAGES["license"] ?? ""];
  const practices = practiceSlugs(typed);
  const unknown = practices.filter((slug) => !known.practices.has(slug));
  if (unknown.length > 0)
    errors["practices"] = [
      `The library has no practice at ${unknown.slice(0, 3).join(", ")}. Copy the address from the practice's page.`,
    ];
  if (practices.length > MOST_PRACTICES) errors["practices"] = [`Use at most ${MOST_PRACTICES} practices.`];
  return read.data && Object.keys(errors).length === 0 ? { content: read.data, practices } : { errors };
}

/** A description as the fields of the form. */
export const typedOfMaterial = (content: MaterialContent, practices: readonly AttachedPractice[]): Typed => ({
  ...content,
  practices: practices.map(({ slug }) => slug).join("\n"),
});
