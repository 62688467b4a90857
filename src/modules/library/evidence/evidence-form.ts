// What a librarian types about a finding, as an item of evidence, with a kind word for what cannot be kept.
import { z } from "zod";
import { typedLine, typedProse } from "../../../platform/web/clean-text.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { webAddress } from "../practices/practice.types.ts";
import type { Typed } from "../practices/practice-form.ts";
import { DIRECTIONS, type EvidenceContent, type EvidenceItem } from "./evidence.types.ts";
import type { EvidenceLabels } from "./evidence-labels.ts";

const line = (most: number, missing?: string) => {
  const short = z.string().max(most, `Use at most ${most.toLocaleString("en-US")} characters.`);
  return missing ? short.min(1, missing) : short;
};
const number = (text: string): number | null | string => {
  const plain = text.replaceAll(/[,\s]/g, "");
  return plain === "" ? null : /^\d{1,9}$/.test(plain) ? Number(plain) : text;
};

const schemaOf = (labels: EvidenceLabels) =>
  z.object({
    kind: z.string().refine((code) => labels.kinds.has(code), "Choose what it is."),
    design: z.string().refine((code) => labels.designs.has(code), "Choose how it was found out."),
    setting: line(500),
    participants: z.number("Enter a number of people, or leave it empty.").nullable(),
    outcome: line(500, "Say what was measured or watched."),
    direction: z.enum(DIRECTIONS, "Choose what was found."),
    sourceTitle: line(500, "Name the source: nothing is evidence without one."),
    sourcePublisher: line(300),
    sourceYear: z
      .number("Enter a year in four digits.")
      .min(1800, "Enter a year in four digits.")
      .max(2200, "Enter a year in four digits.")
      .nullable(),
    sourceUrl: z
      .string()
      .refine(
        (address) => address === "" || webAddress.safeParse(address).success,
        "Enter a whole web address, or leave it empty.",
      ),
    note: line(4000),
  });

/** Running text of a form that may hold several of a name. */
export const typedText = (typed: Typed, name: string): string =>
  typedProse([typed[name] ?? ""].flat()[0] ?? "");
const fieldText = (typed: Typed, name: string): string =>
  name === "note" ? typedText(typed, name) : typedLine(typedText(typed, name));

/** A form's fields as evidence, or what is wrong with them. */
export function readEvidenceForm(
  typed: Typed,
  labels: EvidenceLabels,
): { content: EvidenceContent; errors?: never } | { content?: never; errors: Sent["errors"] } {
  const names = Object.keys(schemaOf(labels).shape);
  const read = schemaOf(labels).safeParse({
    ...Object.fromEntries(names.map((name) => [name, fieldText(typed, name)])),
    participants: number(typedText(typed, "participants")),
    sourceYear: number(typedText(typed, "sourceYear")),
  });
  return read.success ? { content: read.data } : { errors: z.flattenError(read.error).fieldErrors };
}

/** An item as the fields of the form, to be corrected. */
export const typedOfEvidence = (item: EvidenceItem): Typed => ({
  kind: item.kind,
  design: item.design,
  setting: item.setting,
  participants: String(item.participants ?? ""),
  outcome: item.outcome,
  direction: item.direction,
  sourceTitle: item.sourceTitle,
  sourcePublisher: item.sourcePublisher,
  sourceYear: String(item.sourceYear ?? ""),
  sourceUrl: item.sourceUrl,
  note: item.note,
});
