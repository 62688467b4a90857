import type { PracticeHit } from "../practices/search.store.ts";
import { splitMatches } from "../practices/search-terms.ts";
import type { Often } from "./follow-link.ts";
import { say } from "./subscription.words.ts";

export interface Letter {
  subject: string;
  text: string;
}

/** So many days after they were asked for, wishes without a yes are forgotten. */
export const FORGOTTEN_AFTER_DAYS = 7;
/** More than these a mail does not list. */
const LISTED = 20;

/** On one line, without the marks around what was searched for. */
const oneLine = (text: string): string =>
  splitMatches(text)
    .join("")
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();

/** Asks whoever has the address. Nothing that was typed stands in it: it may go to anybody. */
export const askLetter = (hub: string, confirmAddress: string): Letter => ({
  subject: say("ask_subject", { hub }),
  text: [
    say("ask_mail", { hub }),
    `${say("ask_link")}\n${confirmAddress}`,
    say("ask_not", { days: FORGOTTEN_AFTER_DAYS }),
  ].join("\n\n"),
});

/** What is new or changed in a list. */
export function changesLetter(told: {
  hub: string;
  what: string;
  often: Often;
  /** The newest change first. */
  hits: readonly PracticeHit[];
  isNew: (hit: PracticeHit) => boolean;
  addressOf: (hit: PracticeHit) => string;
  listAddress: string;
  leaveAddress: string;
}): Letter {
  const { hits, hub } = told;
  const what = oneLine(told.what);
  const count = hits.length;
  return {
    subject: say("mail_subject", { what, count }),
    text: [
      say("mail_intro", { hub, what, count }),
      ...hits
        .slice(0, LISTED)
        .map(
          (hit) =>
            `${say(told.isNew(hit) ? "mail_new" : "mail_changed", { title: oneLine(hit.title) })}\n${told.addressOf(hit)}`,
        ),
      ...(count > LISTED ? [say("mail_more", { count: count - LISTED })] : []),
      `${say("mail_list")}\n${told.listAddress}`,
      say(told.often === "weekly" ? "mail_weekly" : "mail_monthly"),
      `${say("mail_leave")}\n${told.leaveAddress}`,
    ].join("\n\n"),
  };
}
