import type { Mail } from "../../../platform/mail/mail.ts";

/** What a person is written about their own sign-in. */
type Letter = Pick<Mail, "kind" | "subject" | "text" | "secret">;

const paragraphs = (...parts: string[]): string => parts.join("\n\n");

/** A link that signs in, asked for on the sign-in page. */
export const signInLinkLetter = (hub: string, link: string, minutes: number): Letter => ({
  kind: "sign-in-link",
  subject: `Your link to sign in to ${hub}`,
  secret: true,
  text: paragraphs(
    `Somebody, most likely you, asked for a link to sign in to ${hub}. It works once, for ${minutes} minutes:`,
    link,
    "If it was not you, nothing needs to be done: without this mail nobody can sign in with the link.",
  ),
});

/** A link to choose another password. */
export const newPasswordLetter = (hub: string, link: string, minutes: number): Letter => ({
  kind: "password-reset",
  subject: `Choose a new password for ${hub}`,
  secret: true,
  text: paragraphs(
    `Somebody, most likely you, wants to choose a new password for ${hub}. This link works once, for ${minutes} minutes:`,
    link,
    "If it was not you, nothing needs to be done: your password stays as it is.",
  ),
});

/** The first mail somebody gets: they may sign in. */
export const invitationLetter = (
  hub: string,
  invitation: { link: string; days: number; name: string; organization: string; invitedBy: string },
): Letter => ({
  kind: "invitation",
  subject: `${invitation.invitedBy} invites you to ${hub}`,
  secret: true,
  text: paragraphs(
    `Hello ${invitation.name},`,
    `${invitation.invitedBy} has added you to ${hub}, where you work for ${invitation.organization}. Choose a password and look around. This link works once, for ${invitation.days} days:`,
    invitation.link,
    "If the link is too old when you come to it, open the sign-in page and ask for a new password: a fresh link is on its way at once.",
  ),
});

/** Somebody who signs in already works for one more organization. */
export const addedLetter = (hub: string, organization: string, address: string): Letter => ({
  kind: "notice",
  subject: `You now work for ${organization} too`,
  text: paragraphs(
    `You have been added to ${organization} in ${hub}. Sign in as always; under your name you choose for whom you work.`,
    address,
  ),
});

/** Something about how one signs in has changed: whoever did not do it should know (ASVS 5, 6.3.7). */
export const changeLetter = (hub: string, what: string, address: string): Letter => ({
  kind: "notice",
  subject: `A change to how you sign in to ${hub}`,
  text: paragraphs(
    what,
    "If it was you, all is well. If not, choose a new password now and tell an administrator of your hub:",
    address,
  ),
});

/** The answer to somebody who asked for erasure. */
export const erasureLetter = (hub: string, isErased: boolean, answer: string): Letter => ({
  kind: "personal-data",
  subject: isErased ? `Your data in ${hub} is erased` : `Your request to ${hub}`,
  text: paragraphs(
    isErased
      ? "You asked for your personal data to be erased. Your name, e-mail address, password and passkeys are gone, and nobody can sign in as you any more. Records of what was done keep a number in place of your name. Backups are kept for as long as the hub's administrators have decided."
      : "You asked for your personal data to be erased. The hub's administrators have decided not to, for this reason:",
    ...(answer ? [answer] : []),
  ),
});

/** Tells administrators that somebody waits for their decision. */
export const erasureAskedLetter = (hub: string, address: string): Letter => ({
  kind: "notice",
  subject: `Somebody asks for erasure of their data in ${hub}`,
  text: paragraphs("A person has asked for their personal data to be erased. Decide about it here:", address),
});
