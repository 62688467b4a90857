// What an organization types about its use of a practice, with a kind word for what cannot be kept.
import { z } from "zod";
import type { Sent } from "../../../platform/web/route.ts";
import { timeZoneNow } from "../../../ui/moment.ts";
import { typedText } from "../evidence/evidence-form.ts";
import type { Typed } from "../practices/practice-form.ts";
import {
  type Adoption,
  type AdoptionContent,
  type Contact,
  contentOf,
  OUTCOMES,
  type Outcome,
} from "./adoption.types.ts";

/** The day that it is where the hub is. Canadians write days as we store them. */
export const todayOf = ({ now }: { now: Date }): string =>
  now.toLocaleDateString("en-CA", { timeZone: timeZoneNow() });

/** What a form says, or what is wrong with it. */
export type ReadForm =
  | { content: AdoptionContent; errors?: never }
  | { content?: never; errors: Sent["errors"] };

const text = (most: number, missing?: string) => {
  const short = z.string().max(most, `Use at most ${most.toLocaleString("en-US")} characters.`);
  return missing ? short.min(1, missing) : short;
};

const dayUntil = (today: string) =>
  z.iso.date("Choose a day.").refine((day) => day <= today, "Choose a day that is not in the future.");

const schemaOf = (contacts: readonly Contact[], today: string) =>
  z.object({
    state: z.enum(["considering", "running"], "Choose how far it is."),
    since: dayUntil(today),
    takesOn: text(4000, "Say what is taken on."),
    adapts: text(4000),
    need: text(2000),
    contactId: z
      .string()
      .refine((id) => id === "" || contacts.some((one) => one.id === id), "Choose somebody of the list.")
      .transform((id) => id || null),
  });

/** What the form says that one adopts and edits with. One that has ended stays so; how it went is another form's. */
export function readAdoptionForm(
  typed: Typed,
  given: { contacts: readonly Contact[]; today: string; ended?: Adoption | null | undefined },
): ReadForm {
  const { contacts, today, ended } = given;
  const schema = schemaOf(contacts, today);
  const names = Object.keys(schema.shape);
  const fields = Object.fromEntries(names.map((name) => [name, typedText(typed, name)]));
  const read = schema.safeParse(ended ? { ...fields, state: "running" } : fields);
  if (!read.success) return { errors: z.flattenError(read.error).fieldErrors };
  if (!ended) return { content: { ...read.data, endedOn: null, outcome: null, howItWent: "" } };
  const { endedOn } = ended;
  if (endedOn !== null && read.data.since > endedOn)
    return { errors: { since: ["Choose a day before it ended."] } };
  return { content: { ...contentOf(ended), ...read.data, state: "ended" } };
}

/** What may have come of it: what was only considered was not taken up, and did neither work nor fail. */
export function outcomesOf({ state, outcome }: Pick<AdoptionContent, "state" | "outcome">): Outcome[] {
  const wasConsidered = state === "considering" || outcome === "not_taken_up";
  return OUTCOMES.filter((one) => (one === "not_taken_up") === wasConsidered);
}

/** What the form says in which one tells how it went. */
export function readEndingForm(typed: Typed, adoption: Adoption, today: string): ReadForm {
  const outcomes = outcomesOf(adoption);
  const [only, ...others] = outcomes;
  const read = z
    .object({
      endedOn: dayUntil(today).refine((day) => day >= adoption.since, "Choose a day after it began."),
      outcome: z.enum(outcomes, "Choose how it went."),
      howItWent: text(4000, "Say how it went, in your own words."),
    })
    .safeParse({
      endedOn: typedText(typed, "endedOn"),
      outcome: others.length === 0 ? only : typedText(typed, "outcome"),
      howItWent: typedText(typed, "howItWent"),
    });
  return read.success
    ? { content: { ...contentOf(adoption), ...read.data, state: "ended" } }
    : { errors: z.flattenError(read.error).fieldErrors };
}

/** An adoption as the fields of both forms, to be changed. */
export const typedOfAdoption = (adoption: Adoption): Typed => ({
  ...contentOf(adoption),
  contactId: adoption.contactId ?? "",
  endedOn: adoption.endedOn ?? "",
  outcome: adoption.outcome ?? "",
});
