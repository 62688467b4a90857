// What a librarian types, as a practice's content, with a kind word for what cannot be kept.
import { z } from "zod";
import { typedLine, typedProse } from "../../../platform/web/clean-text.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { CONTENT_FIELDS } from "./facets.ts";
import { type PracticeContent, practiceContent } from "./practice.types.ts";

/** The fields of a form as they come: one value or several of a name. */
export const anyFields = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type Typed = Sent["values"];

/** The parts that repeat, with the columns of each. */
export const ROWS = {
  amounts: ["label", "low", "high", "per"],
  contacts: ["name", "role", "organization", "email", "phone"],
  links: ["label", "url"],
  sources: ["title", "publisher", "year", "url", "supports", "certainty"],
} as const;
export type RowsName = keyof typeof ROWS;

const all = (typed: Typed, name: string): string[] => [typed[name] ?? []].flat();
const one = (typed: Typed, name: string): string => typedLine(all(typed, name)[0] ?? "");
const number = (text: string): number | null | string => {
  const plain = text.trim().replaceAll(/[$,\s]/g, "");
  return plain === "" ? null : /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
};
const text = (typed: Typed, name: string): string => typedProse(all(typed, name)[0] ?? "");

/** The rows of a repeating part, as they were typed; a row counts where any of its own fields is filled. */
export function rowsOf(typed: Typed, part: RowsName): Record<string, string>[] {
  const columns: readonly string[] = ROWS[part];
  const length = Math.max(0, ...columns.map((column) => all(typed, `${part}-${column}`).length));
  return Array.from({ length }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => [column, typedLine(all(typed, `${part}-${column}`)[row] ?? "")]),
    ),
  ).filter((row) => Object.entries(row).some(([column, value]) => column !== "certainty" && value !== ""));
}

function candidateOf(typed: Typed): Record<string, unknown> {
  const obligation = {
    yearsLow: number(one(typed, "obligation-yearsLow")),
    yearsHigh: number(one(typed, "obligation-yearsHigh")),
    siteRule: text(typed, "obligation-siteRule"),
    buyOut: text(typed, "obligation-buyOut"),
  };
  return {
    title: one(typed, "title"),
    summary: text(typed, "summary"),
    description: text(typed, "description"),
    language: one(typed, "language") || "en",
    sponsor: one(typed, "sponsor"),
    ...Object.fromEntries(Object.values(CONTENT_FIELDS).map((field) => [field, all(typed, field)])),
    funding: {
      note: text(typed, "funding-note"),
      amounts: rowsOf(typed, "amounts").map((row) => ({
        ...row,
        low: number(row["low"] ?? ""),
        high: number(row["high"] ?? ""),
      })),
    },
    obligation: one(typed, "has-obligation") === "yes" ? obligation : null,
    startYear: number(one(typed, "startYear")),
    status: one(typed, "status") || "unknown",
    costToRun: text(typed, "costToRun"),
    staffing: text(typed, "staffing"),
    adaptation: text(typed, "adaptation"),
    contacts: rowsOf(typed, "contacts"),
    links: rowsOf(typed, "links"),
    sources: rowsOf(typed, "sources").map((row) => ({
      ...row,
      year: number(row["year"] ?? ""),
      certainty: row["certainty"] || "found",
    })),
    lastVerifiedOn: one(typed, "lastVerifiedOn") || null,
    reviewBy: one(typed, "reviewBy") || null,
    license: one(typed, "license"),
  };
}

const MESSAGES: Record<string, string> = {
  title: "Give the practice a title of at most 200 characters.",
  summary: "Say in one or two sentences what it is, in at most 500 characters.",
  description: "Use at most 20,000 characters.",
  url: "Enter a whole web address, such as https://example.org/page.",
  email: "Enter an e-mail address, such as name@example.org, or leave it empty.",
  year: "Enter a year in four digits.",
  startYear: "Enter a year in four digits.",
  low: "Enter an amount in dollars, such as 70000.",
  high: "Enter an amount in dollars, such as 150000.",
  yearsLow: "Enter a number of years.",
  yearsHigh: "Enter a number of years.",
  lastVerifiedOn: "Enter a day, such as 2026-11-30.",
  reviewBy: "Enter a day, such as 2027-05-31.",
};
const PARTS: Record<string, string> = {
  amounts: "Amount",
  contacts: "Contact",
  links: "Link",
  sources: "Source",
};

/** A form's fields as a practice's content, or what is wrong with them, by the field that it is about. */
export function readPracticeForm(
  typed: Typed,
): { content: PracticeContent; errors?: never } | { content?: never; errors: Sent["errors"] } {
  const read = practiceContent.safeParse(candidateOf(typed));
  const errors: Sent["errors"] = {};
  for (const { path, code, message } of read.error?.issues ?? []) {
    const names = path.filter((part) => part !== "funding").map(String);
    const [first = "form", row] = names;
    const known =
      MESSAGES[names.at(-1) ?? ""] ?? "This is longer than the library keeps, or not of its lists.";
    // A rule of our own says itself what is wrong.
    const said = code === "custom" ? message : known;
    const part = PARTS[first];
    const name = part && row !== undefined ? `${first}-${row}-${names.at(-1)}` : names.join("-");
    errors[name] ??= [part && row !== undefined ? `${part} ${Number(row) + 1}: ${said}` : said];
  }
  return Object.keys(errors).length > 0 || !read.data ? { errors } : { content: read.data };
}

/** A practice's content as the fields of the form. */
export function typedOf(content: PracticeContent): Typed {
  const { funding, obligation, contacts, links, sources, startYear, lastVerifiedOn, reviewBy, ...plain } =
    content;
  const typed: Typed = { ...plain };
  const rows = { amounts: funding.amounts, contacts, links, sources };
  for (const [part, columns] of Object.entries(ROWS))
    for (const column of columns)
      typed[`${part}-${column}`] = rows[part as RowsName].map((row) =>
        String((row as Record<string, string | number | null>)[column] ?? ""),
      );
  return {
    ...typed,
    "funding-note": funding.note,
    "has-obligation": obligation ? "yes" : "",
    "obligation-yearsLow": String(obligation?.yearsLow ?? ""),
    "obligation-yearsHigh": String(obligation?.yearsHigh ?? ""),
    "obligation-siteRule": obligation?.siteRule ?? "",
    "obligation-buyOut": obligation?.buyOut ?? "",
    startYear: String(startYear ?? ""),
    lastVerifiedOn: lastVerifiedOn ?? "",
    reviewBy: reviewBy ?? "",
  };
}
