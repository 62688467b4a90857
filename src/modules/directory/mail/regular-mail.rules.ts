import type { MailRecipient } from "./mail-preference.store.ts";
import type { NearDeadline, WaitingThing } from "./waiting.types.ts";

const MONDAY = 1;
const SATURDAY = 6;
const SUNDAY = 0;
/** More than this a digest does not list. */
const LISTED = 20;

/** Whether a digest is due for this person on this day of the hub's clock: daily ones on working days, weekly ones on Mondays. */
export function isDigestDue(digest: MailRecipient["digest"], now: Date): boolean {
  const day = now.getUTCDay();
  if (digest === "never" || day === SATURDAY || day === SUNDAY) return false;
  return digest === "daily" || day === MONDAY;
}

/** The day of the hub's clock: "2026-11-23". A weekly digest goes out on one day only, so the day names the week too. */
export const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

/** Whether a person can do something about what waits: a lead of that organization, a reviewer or librarian of the hub, or one of those asked. */
export function concerns(recipient: MailRecipient, thing: WaitingThing): boolean {
  if (typeof thing.waitsFor !== "string") return thing.waitsFor.includes(recipient.personId);
  const grant = thing.waitsFor === "librarians" ? "librarian" : "reviewer";
  return recipient.memberships.some((one) =>
    thing.waitsFor === "leads"
      ? one.role === "organization_lead" && one.organizationId === thing.organizationId
      : one.role === "administrator" || one.grants.includes(grant),
  );
}

/** What every regular mail needs besides what it tells. */
export interface LetterPlaces {
  hubName: string;
  /** The address of a path of the hub. */
  addressOf: (path: string) => string;
  /** Where one leaves this kind of mail. */
  leaveAddress: string;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ").trim();

const listed = (things: readonly WaitingThing[], places: LetterPlaces): string[] => [
  ...things.slice(0, LISTED).map((thing) => `${oneLine(thing.sentence)}\n${places.addressOf(thing.path)}`),
  ...(things.length > LISTED ? [`And ${things.length - LISTED} more.`] : []),
];

const OFTEN: Record<MailRecipient["digest"], string> = {
  daily: "every working day",
  weekly: "every Monday",
  never: "no more",
};

const ending = (what: string, leave: string, places: LetterPlaces): string[] => [
  `${what} Change that under "Your account", "Mail":\n${places.addressOf("/account/mail")}`,
  `${leave}\n${places.leaveAddress}`,
];

/** The digest: what waits for one person. */
export function writeDigest(
  recipient: MailRecipient,
  things: readonly WaitingThing[],
  places: LetterPlaces,
): { subject: string; text: string } {
  const count = things.length === 1 ? "One thing waits" : `${things.length} things wait`;
  return {
    subject: `${count} for you in ${places.hubName}`,
    text: [
      `Hello ${recipient.name},`,
      `${count} for you in ${places.hubName}.`,
      ...listed(things, places),
      ...ending(
        `You get this ${OFTEN[recipient.digest]}, when something waits.`,
        "To get no digest any more, without signing in:",
        places,
      ),
    ].join("\n\n"),
  };
}

/** A reminder of one deadline, for all of a person's organizations that it concerns. */
export function writeReminder(
  recipient: MailRecipient,
  deadlines: readonly NearDeadline[],
  places: LetterPlaces,
): { subject: string; text: string } {
  const [first] = deadlines;
  return {
    subject:
      deadlines.length === 1 && first
        ? oneLine(first.sentence).replace(/\.$/, "")
        : `${deadlines.length} deadlines are near in ${places.hubName}`,
    text: [
      `Hello ${recipient.name},`,
      ...listed(deadlines, places),
      ...ending(
        "You get a reminder two weeks and three days before a deadline.",
        "To get no reminders any more, without signing in:",
        places,
      ),
    ].join("\n\n"),
  };
}
