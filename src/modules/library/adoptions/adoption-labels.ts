import { dayInWords } from "../../../ui/moment.ts";
import type { AdoptionContent, AdoptionState, ChangeKind, Outcome } from "./adoption.types.ts";

export const STATE_LABELS: Record<AdoptionState, string> = {
  considering: "Thinking about it",
  running: "In use",
  ended: "Has ended",
};

export const OUTCOME_LABELS: Record<Outcome, string> = {
  worked: "It worked here",
  mixed: "It worked in part, or for some",
  did_not_work: "It did not work here",
  too_early: "It ended too early to say",
  not_taken_up: "Not taken up",
};

export const FIELD_LABELS: Record<keyof AdoptionContent, string> = {
  state: "How far it is",
  since: "Since",
  takesOn: "What is taken on",
  adapts: "What is changed, and why",
  need: "The need it is for",
  contactId: "Whom to ask",
  endedOn: "Ended on",
  outcome: "How it went",
  howItWent: "How it went, in words",
};

export const CHANGE_LABELS: Record<ChangeKind, string> = {
  changed: "Changed",
  ended: "Ended",
  consented: "Shown to everybody from then on",
  consent_withdrawn: "Not shown to everybody any more",
};

/** A field's value in words; empty where it has none. A person is not named: they may have left. */
export function fieldInWords(content: AdoptionContent, field: keyof AdoptionContent): string {
  switch (field) {
    case "state":
      return STATE_LABELS[content.state];
    case "outcome":
      return content.outcome ? OUTCOME_LABELS[content.outcome] : "";
    case "since":
      return dayInWords(content.since);
    case "endedOn":
      return content.endedOn ? dayInWords(content.endedOn) : "";
    case "contactId":
      return content.contactId ? "Somebody else" : "";
    default:
      return content[field];
  }
}
