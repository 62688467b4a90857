import type { MailState } from "../../platform/mail/mail.store.ts";
import type { MailKind } from "../../platform/mail/mail.ts";
import type { TagTone } from "../../ui/tag.tsx";

export const MAIL_PATH = "/mail";

/** What a person asks for: states under the words of the page. */
export const MAIL_FILTERS: Readonly<Record<string, { label: string; states: readonly MailState[] }>> = {
  waiting: { label: "Waiting", states: ["waiting", "sending"] },
  sent: { label: "Sent", states: ["sent"] },
  returned: { label: "Came back", states: ["bounced"] },
  failed: { label: "Failed", states: ["failed"] },
  perhaps: { label: "Perhaps sent", states: ["perhaps_sent"] },
  kept: { label: "Kept here", states: ["kept"] },
};

/** A state with its tone; a mail that waits after a try says so. */
export function stateInWords(state: MailState, tries: number): [TagTone, string] {
  switch (state) {
    case "waiting":
      return tries === 0 ? ["neutral", "Waiting"] : ["warn", "Trying again"];
    case "sending":
      return ["neutral", "Being sent"];
    case "sent":
      return ["good", "Sent"];
    case "bounced":
      return ["bad", "Came back"];
    case "failed":
      return ["bad", "Failed"];
    case "perhaps_sent":
      return ["warn", "Perhaps sent"];
    case "kept":
      return ["neutral", "Kept here"];
  }
}

export const KIND_LABELS: Readonly<Record<MailKind, string>> = {
  "sign-in-link": "Sign-in link",
  invitation: "Invitation",
  "password-reset": "New password",
  notice: "Security notice",
  digest: "Digest",
  reminder: "Reminder",
  test: "Test",
  "personal-data": "Personal data",
  submission: "Answer of the library",
  // Not shown to anybody: who follows what is the hub's own.
  follow: "News of the library",
};

/** States from which a mail may be tried again by hand. */
export const RETRIED: readonly MailState[] = ["bounced", "failed", "perhaps_sent", "kept"];
