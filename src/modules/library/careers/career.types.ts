// The ways into the work: reference/careers.json, checked when it is read.
import { z } from "zod";
import { CERTAINTIES } from "../practices/practice.types.ts";

/** A text in every language of the public site. */
const text = z.object({ en: z.string().min(1), es: z.string().min(1) });
export type CareerText = z.infer<typeof text>;

/** Where somebody stands: the codes of the list career_stage. */
export const STAGES = [
  "grade_8",
  "high_school",
  "undergraduate",
  "graduate",
  "new_professional",
  "incumbent",
  "lived_experience",
] as const;
export type Stage = (typeof STAGES)[number];

/** The least and the most, in months. */
const months = z.tuple([z.number().min(0), z.number().min(0)]);

const step = z.object({
  title: text,
  what: text,
  /** Null: nobody has said. */
  months: months.nullable(),
  /** Where it takes longer or shorter from one stage. */
  monthsFrom: z.partialRecord(z.enum(STAGES), months),
  credential: text.nullable(),
  grantedBy: text.nullable(),
  certainty: z.enum(CERTAINTIES),
  /** A key of `sources`. */
  source: z.string().nullable(),
});
export type CareerStep = z.infer<typeof step>;

const occupation = z.object({
  /** Of the list practice_occupation. */
  code: z.string(),
  work: text,
  /** Keys of `steps`, from the beginning of the way to its end. */
  steps: z.array(z.string()).min(1),
  firstCredential: z.string(),
  /** Null where the work asks for no license. */
  license: z.string().nullable(),
  /** The first step that is still ahead of somebody at a stage. */
  start: z.record(z.enum(STAGES), z.number().int().min(0)),
  apprenticeship: z
    .object({ code: z.string().nullable(), hours: z.tuple([z.number(), z.number()]), source: z.string() })
    .nullable(),
  /** A file of reference/ with pay by state. */
  pay: z.string().nullable(),
});
export type Occupation = z.infer<typeof occupation>;

export const careersFile = z.object({
  version: z.number(),
  verified: z.boolean(),
  source: z.string(),
  sources: z.record(
    z.string(),
    z.object({ title: z.string(), publisher: z.string(), year: z.number().nullable() }),
  ),
  next: z.record(z.enum(STAGES), text),
  steps: z.record(z.string(), step),
  occupations: z.array(occupation),
});
export type Careers = z.infer<typeof careersFile>;

/** What nurses earn in a state: BLS, OEWS, May 2020. */
export interface Pay {
  state: string;
  employed: number;
  hourlyMedian: number;
  annualMedian: number;
}
