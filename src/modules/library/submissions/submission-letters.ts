import type { Submission, SubmissionDecision } from "./submission.types.ts";
import { say } from "./submission.words.ts";

interface Letter {
  subject: string;
  text: string;
}

/** That something arrived. Nothing of what was typed stands in it: the address may be somebody else's. */
export const receiptLetter = (hub: string, receipt: string): Letter => ({
  subject: say("mail_received_subject", { hub }),
  text: [say("mail_received", { hub }), `${say("mail_receipt")}\n${receipt}`, say("mail_not_you")].join(
    "\n\n",
  ),
});

/** What the sender sees of a state: that it is probably spam is for librarians. */
export function stateInWords(state: Submission["state"]): string {
  switch (state) {
    case "waiting":
    case "probably_spam":
      return say("state_waiting");
    case "refused":
    case "spam":
      return say("state_refused");
    default:
      return say(`state_${state}`);
  }
}

/** Decisions with words for the sender of their own; what is written of a draft or a change is for its history. */
export const isReasonForSender = (decision: SubmissionDecision["decision"]): boolean =>
  decision === "refused" || decision === "merged";

/** What was decided, in the language of the sender. @param entry the address of the entry that came of it. */
export function answerLetter(
  hub: string,
  submission: Submission,
  decision: SubmissionDecision,
  entry: string | null,
): Letter {
  const about =
    submission.kind === "practice"
      ? say("mail_answer_practice", { hub, title: submission.content.title })
      : say("mail_answer_correction", { hub, title: submission.practice.title });
  return {
    subject: say("mail_answer_subject", { hub }),
    text: [
      about,
      stateInWords(decision.decision),
      ...(decision.reason && isReasonForSender(decision.decision)
        ? [say("mail_because", { reason: decision.reason })]
        : []),
      ...(entry ? [`${say("mail_page")}\n${entry}`] : []),
    ].join("\n\n"),
  };
}
