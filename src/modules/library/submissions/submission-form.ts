// What a visitor types, as what the library keeps, with a kind word for what cannot be kept.
import type { z } from "zod";
import { typedLine, typedProse } from "../../../platform/web/clean-text.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { languageNow } from "../../../ui/language.ts";
import type { Typed } from "../practices/practice-form.ts";
import {
  MOST_LINKS,
  type Sender,
  type SubmittedCorrection,
  type SubmittedPractice,
  sender,
  submittedCorrection,
  submittedPractice,
} from "./submission.types.ts";
import { say } from "./submission.words.ts";

/** The fields' names that a program would fill and a person does not see, and that say when the form was opened. */
export const TRAP = "homepage";
export const STAMP = "opened";

export const textOf = (typed: Typed, name: string): string => [typed[name] ?? ""].flat()[0] ?? "";
export const listOf = (typed: Typed, name: string): string[] => [typed[name] ?? []].flat();

const linesOf = (text: string): string[] =>
  text
    .split(/[\s,]+/)
    .map((line) => line.trim())
    .filter(Boolean);

/** Addresses as people write them: what lacks its https:// gets it. */
const addressesOf = (text: string): string[] =>
  linesOf(text).map((line) => (/^[\w-]+(\.[\w-]+)+([/?#:]|$)/.test(line) ? `https://${line}` : line));

type Read<Content> =
  | { content: Content; sender: Sender; errors?: never }
  | { content?: never; sender?: never; errors: Sent["errors"] };

type Key = Parameters<typeof say>[0];
const MESSAGES: Record<string, Key> = {
  title: "title_wrong",
  what: "what_wrong",
  links: "links_wrong",
  right: "right_wrong",
  part: "part_wrong",
  email: "email_wrong",
};

function readForm<Content>(
  typed: Typed,
  schema: z.ZodType<Content>,
  candidate: Record<string, unknown>,
): Read<Content> {
  const content = schema.safeParse(candidate);
  const who = sender.safeParse({
    name: typedLine(textOf(typed, "name")),
    email: textOf(typed, "email").trim(),
  });
  const errors: Sent["errors"] = {};
  for (const { path } of [...(content.error?.issues ?? []), ...(who.error?.issues ?? [])]) {
    const name = String(path[0] ?? "form");
    errors[name] ??= [say(MESSAGES[name] ?? "too_long", { count: MOST_LINKS })];
  }
  return content.success && who.success ? { content: content.data, sender: who.data } : { errors };
}

const prose = (typed: Typed, name: string): string => typedProse(textOf(typed, name));

/** A practice that somebody tells of, or what is wrong with the form, by field. */
export const readSubmittedPractice = (typed: Typed): Read<SubmittedPractice> =>
  readForm(typed, submittedPractice, {
    title: typedLine(textOf(typed, "title")),
    what: prose(typed, "what"),
    states: listOf(typed, "states"),
    sponsor: typedLine(textOf(typed, "sponsor")),
    links: addressesOf(textOf(typed, "links")),
    known: prose(typed, "known"),
    language: textOf(typed, "language") || languageNow(),
  });

/** What somebody knows better, or what is wrong with the form, by field. */
export const readSubmittedCorrection = (typed: Typed): Read<SubmittedCorrection> =>
  readForm(typed, submittedCorrection, {
    part: textOf(typed, "part"),
    right: prose(typed, "right"),
    source: prose(typed, "source"),
    language: languageNow(),
  });

/** What was typed of a new practice as a correction of one that is there. */
export function asCorrection(typed: Typed): Typed {
  const lines = [textOf(typed, "title"), prose(typed, "what"), textOf(typed, "sponsor")];
  const sources = [prose(typed, "known"), textOf(typed, "links")];
  return {
    part: "other",
    right: lines.filter(Boolean).join("\n\n").slice(0, 8000),
    source: sources.filter(Boolean).join("\n").slice(0, 2000),
    name: textOf(typed, "name"),
    email: textOf(typed, "email"),
    [STAMP]: textOf(typed, STAMP),
  };
}
