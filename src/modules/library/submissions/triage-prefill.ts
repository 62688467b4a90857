// A submission as what a librarian begins with.
import { dayInWords } from "../../../ui/moment.ts";
import { emptyContent, type PracticeContent } from "../practices/practice.types.ts";
import { type Typed, typedOf } from "../practices/practice-form.ts";
import type { Submission } from "./submission.types.ts";

const SUMMARY = 500;

/** The beginning of a text; no character is cut in two. */
const firstOf = (text: string, most: number): string => text.slice(0, most).replace(/[\uD800-\uDBFF]$/, "");

/** The first sentences, as many as a summary takes. */
function summaryOf(text: string): string {
  const plain = text.replaceAll(/\s+/g, " ").trim();
  if (plain.length <= SUMMARY) return plain;
  const cut = firstOf(plain, SUMMARY);
  const end = Math.max(cut.lastIndexOf(". "), cut.lastIndexOf("! "), cut.lastIndexOf("? "));
  if (end > 0) return cut.slice(0, end + 1);
  // Not every language has spaces between its words.
  const space = cut.lastIndexOf(" ");
  return space > 0 ? cut.slice(0, space) : cut;
}

const reasonOf = ({ sentAt }: Submission): string =>
  `Told by a reader of the library on ${dayInWords(sentAt)}`;

/** The form of a new practice, filled with what was sent. How the sender knows stands as a source that nobody has confirmed. */
export function draftOf(submission: Extract<Submission, { kind: "practice" }>): Typed {
  const { content } = submission;
  const draft: PracticeContent = {
    ...emptyContent,
    title: content.title,
    summary: summaryOf(content.what),
    description: content.what,
    language: content.language,
    states: content.states,
    sponsor: content.sponsor,
    links: content.links.map((url) => ({ label: "", url })),
    sources: [
      {
        title: "A reader of the library",
        publisher: "",
        year: null,
        url: "",
        supports: firstOf(content.known, 1000),
        certainty: "own_knowledge",
      },
    ],
  };
  return { ...typedOf(draft), reason: reasonOf(submission) };
}

/** The form of the practice that a correction is of, as it is now. */
export const editOf = (submission: Submission, content: PracticeContent): Typed => ({
  ...typedOf(content),
  reason: reasonOf(submission),
});
