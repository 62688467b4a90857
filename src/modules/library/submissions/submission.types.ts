// What anybody may send to the library, without the person who sent it.
import { z } from "zod";
import { LANGUAGES, type Language } from "../../../ui/language.ts";
import { webAddress } from "../practices/practice.types.ts";

const text = (most: number) => z.string().trim().max(most);

/** More addresses than this a submission does not keep. */
export const MOST_LINKS = 20;

/** A practice that somebody tells of. */
export const submittedPractice = z.object({
  title: text(200).min(1),
  what: text(8000).min(1),
  /** Postal codes; US where it is national. */
  states: z.array(z.string().regex(/^[A-Z]{2}$/)).max(60),
  sponsor: text(300),
  links: z.array(webAddress).max(MOST_LINKS),
  /** How the sender knows. */
  known: text(2000),
  language: z.enum(LANGUAGES),
});
export type SubmittedPractice = z.infer<typeof submittedPractice>;

/** The parts of a practice that somebody may know better, as the form offers them. */
export const CORRECTED_PARTS = [
  "title",
  "summary",
  "description",
  "states",
  "sponsor",
  "stages",
  "occupations",
  "settings",
  "populations",
  "mechanisms",
  "categories",
  "startYear",
  "status",
  "funding",
  "obligation",
  "costToRun",
  "staffing",
  "adaptation",
  "contacts",
  "links",
  "sources",
  "other",
] as const;

/** What somebody knows better of a practice. */
export const submittedCorrection = z.object({
  part: z.enum(CORRECTED_PARTS),
  right: text(8000).min(1),
  source: text(2000),
  language: z.enum(LANGUAGES),
});
export type SubmittedCorrection = z.infer<typeof submittedCorrection>;

/** Whom to answer; both may be empty. */
export const sender = z.object({ name: text(200), email: z.union([z.literal(""), z.email().max(254)]) });
export type Sender = z.infer<typeof sender>;

export const SUBMISSION_STATES = [
  "waiting",
  "probably_spam",
  "drafted",
  "published",
  "applied",
  "merged",
  "refused",
  "spam",
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];
/** What a librarian may decide, by the state that follows; "waiting" takes back that it is spam. */
export type Decision = Exclude<SubmissionState, "probably_spam">;

/** Why something waits among what is probably spam: the field that people do not see was filled, or many links. */
export type Suspicion = "trap" | "links";

interface PracticeName {
  slug: string;
  title: string;
}

interface SubmissionBase {
  id: string;
  state: SubmissionState;
  suspicion: Suspicion | null;
  version: number;
  /** The draft, the published practice, or the one it is a duplicate of. */
  result: PracticeName | null;
  sentAt: Date;
  decidedAt: Date | null;
}

/** What was sent, and how it stands. */
export type Submission = SubmissionBase &
  (
    | { kind: "practice"; content: SubmittedPractice; practice: null }
    | { kind: "correction"; content: SubmittedCorrection; practice: PracticeName }
  );
export type SubmissionKind = Submission["kind"];

/** One decision. */
export interface SubmissionDecision {
  submissionId: string;
  version: number;
  decision: Decision;
  reason: string | null;
  practice: PracticeName | null;
  decidedBy: string | null;
  decidedAt: Date;
}

/** The language that its sender is answered in. */
export const languageOf = (submission: Submission): Language => submission.content.language;
