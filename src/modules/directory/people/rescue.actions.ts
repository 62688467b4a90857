import { type Config, hubAddress } from "../../../platform/config/config.ts";
import type { Work } from "../../../platform/events/work.ts";
import { endSessions } from "../../../platform/sign-in/credentials.store.ts";
import { LINK_MINUTES, makeLink } from "../../../platform/sign-in/one-time-link.store.ts";
import { dropSecondFactor } from "../../../platform/sign-in/second-factor.store.ts";
import { linkSent, secondFactorRemoved } from "../events.ts";
import { findActiveUser } from "./person.store.ts";
import { LINK_PATHS } from "./sign-in-link.jobs.ts";

// For whoever has the hub's machine, when nobody can sign in any more who could help from inside.

/** A link to choose a new password, printed instead of mailed. @returns null where nobody may sign in with this e-mail. */
export async function makeRescueLink(
  work: Work,
  config: Config,
  email: string,
): Promise<{ link: string; minutes: number } | null> {
  const person = await findActiveUser(work.trx, email);
  if (!person) return null;
  const token = await makeLink(work.trx, {
    purpose: "new-password",
    userId: person.userId,
    leadsTo: "/work",
    now: work.now,
  });
  await work.record(linkSent, {
    organizationId: person.organizationId,
    subject: ["person", person.personId],
    data: { purpose: "new-password" },
  });
  return {
    link: hubAddress(config, `${LINK_PATHS["new-password"]}/${token}`),
    minutes: LINK_MINUTES["new-password"],
  };
}

/** Takes somebody's authenticator off and ends their sessions. @returns false where nobody may sign in with this e-mail. */
export async function rescueFromSecondFactor(work: Work, email: string): Promise<boolean> {
  const person = await findActiveUser(work.trx, email);
  if (!person) return false;
  await dropSecondFactor(work.trx, person.userId);
  await endSessions(work.trx, person.userId, null);
  await work.record(secondFactorRemoved, {
    organizationId: person.organizationId,
    subject: ["person", person.personId],
    data: { byAdministrator: true },
  });
  return true;
}
