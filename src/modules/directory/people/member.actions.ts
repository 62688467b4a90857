import { hubAddress } from "../../../platform/config/config.ts";
import type { Grant, Role } from "../../../platform/database/actor.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { endSessions } from "../../../platform/sign-in/credentials.store.ts";
import { dropLinks, LINK_MINUTES, makeLink } from "../../../platform/sign-in/one-time-link.store.ts";
import { dropSecondFactor } from "../../../platform/sign-in/second-factor.store.ts";
import { conflict } from "../../../platform/web/problems.ts";
import type { Visit } from "../../../platform/web/route.ts";
import {
  linkSent,
  membershipEnded,
  personDeactivated,
  personReactivated,
  personRenamed,
  roleChanged,
  secondFactorRemoved,
  tokenRevoked,
} from "../events.ts";
import { revokeTokensOfPerson } from "../tokens/token.store.ts";
import { invitationLetter, newPasswordLetter } from "./letters.ts";
import {
  countOtherAdministrators,
  type Member,
  renamePerson,
  setDeactivated,
  setRole,
} from "./member.store.ts";
import { closeMembership } from "./person.store.ts";
import { LINK_PATHS } from "./sign-in-link.jobs.ts";
import { hubName, noteChange } from "./write-letter.ts";

type AnyVisit = Visit<unknown, unknown>;

const MINUTES_A_DAY = 24 * 60;

/** A hub without an administrator could not be mended from inside. */
export async function keepAnAdministrator(
  visit: AnyVisit,
  member: Pick<Member, "personId" | "role" | "endedOn">,
): Promise<void> {
  if (member.role !== "administrator" || member.endedOn !== null) return;
  if ((await countOtherAdministrators(visit.trx, member.personId)) === 0)
    throw conflict("This is the hub's only administrator. Make somebody else administrator first.");
}

/**
 * Sends a link: to choose a first password, or another one.
 * @param organizationName for whom the person works, in an invitation.
 */
export async function sendPasswordLink(
  visit: AnyVisit,
  person: { userId: string; personId: string; name: string; email: string },
  organization: { id: string; name: string },
  isInvitation: boolean,
): Promise<void> {
  const purpose = isInvitation ? "invitation" : "new-password";
  const token = await makeLink(visit.trx, {
    purpose,
    userId: person.userId,
    leadsTo: "/work",
    now: visit.now,
  });
  const link = hubAddress(visit.platform.config, `${LINK_PATHS["new-password"]}/${token}`);
  const hub = await hubName(visit);
  const letter = isInvitation
    ? invitationLetter(hub, {
        link,
        days: LINK_MINUTES.invitation / MINUTES_A_DAY,
        name: person.name,
        organization: organization.name,
        invitedBy: visit.actor.kind === "person" ? visit.actor.personName : hub,
      })
    : newPasswordLetter(hub, link, LINK_MINUTES[purpose]);
  await queueMail(visit, {
    ...letter,
    to: person.email,
    personId: person.personId,
    key: `link ${crypto.randomUUID()}`,
  });
  await visit.record(linkSent, {
    organizationId: organization.id,
    subject: ["person", person.personId],
    data: { purpose },
  });
}

/** Gives a member another role, from their next request on. */
export async function changeRole(
  visit: AnyVisit,
  organizationId: string,
  member: Member,
  role: Role,
  grants: readonly Grant[],
): Promise<void> {
  if (role !== "administrator") await keepAnAdministrator(visit, member);
  await setRole(visit.trx, organizationId, member.membershipId, role, grants);
  await visit.record(roleChanged, {
    organizationId,
    subject: ["membership", member.membershipId],
    data: { membership: member.membershipId, role, grants: [...grants] },
  });
}

/** Ends a membership today; what the person did stays theirs. */
export async function endMembership(visit: AnyVisit, organizationId: string, member: Member): Promise<void> {
  if (visit.actor.kind === "person" && visit.actor.membershipId === member.membershipId)
    throw conflict("You cannot end the membership that you work under. Another administrator can.");
  await keepAnAdministrator(visit, member);
  const today = visit.now.toISOString().slice(0, 10);
  if (await closeMembership(visit.trx, organizationId, member.membershipId, today))
    await visit.record(membershipEnded, {
      organizationId,
      subject: ["membership", member.membershipId],
      data: { membership: member.membershipId },
    });
}

/** Mends a name or an e-mail; the address of before learns of the change. */
export async function rename(
  visit: AnyVisit,
  organizationId: string,
  member: Member,
  to: { name: string; email: string },
): Promise<void> {
  const isOtherAddress = to.email !== member.email;
  if (isOtherAddress) {
    await noteChange(visit, member, "An administrator changed the e-mail address with which you sign in.");
    await dropLinks(visit.trx, member.userId);
  }
  await renamePerson(visit.trx, { ...member, ...to }, visit.now);
  await visit.record(personRenamed, {
    organizationId,
    subject: ["person", member.personId],
    data: { email: isOtherAddress },
  });
}

/** Nobody acts as this person any more, in no organization; all they did stays theirs. */
export async function deactivate(visit: AnyVisit, organizationId: string, member: Member): Promise<void> {
  if (visit.actor.kind === "person" && visit.actor.personId === member.personId)
    throw conflict("You cannot deactivate yourself. Another administrator can.");
  await keepAnAdministrator(visit, member);
  await setDeactivated(visit.trx, member.personId, visit.now);
  await endSessions(visit.trx, member.userId, null);
  await dropLinks(visit.trx, member.userId);
  for (const { token, organization } of await revokeTokensOfPerson(visit.trx, member.personId, visit.now))
    await visit.record(tokenRevoked, {
      organizationId: organization,
      subject: ["token", token],
      data: { token },
    });
  await visit.record(personDeactivated, {
    organizationId,
    subject: ["person", member.personId],
    data: {},
  });
}

export async function reactivate(visit: AnyVisit, organizationId: string, member: Member): Promise<void> {
  await setDeactivated(visit.trx, member.personId, null);
  await visit.record(personReactivated, {
    organizationId,
    subject: ["person", member.personId],
    data: {},
  });
}

/** For somebody who has lost their telephone and their codes; they are told, and signed out everywhere. */
export async function takeSecondFactorOff(
  visit: AnyVisit,
  organizationId: string,
  member: Member,
): Promise<void> {
  await dropSecondFactor(visit.trx, member.userId);
  await endSessions(visit.trx, member.userId, null);
  await visit.record(secondFactorRemoved, {
    organizationId,
    subject: ["person", member.personId],
    data: { byAdministrator: true },
  });
  await noteChange(visit, member, "An administrator took your authenticator app off your account.");
}
