import type { Grant, Role } from "../../../platform/database/actor.ts";
import type { Work } from "../../../platform/events/work.ts";
import { createUser, createUserWithoutPassword } from "../../../platform/sign-in/sign-in.ts";
import { conflict } from "../../../platform/web/problems.ts";
import {
  awardAdded,
  granteeCodeAdded,
  hubCreated,
  membershipStarted,
  organizationCreated,
} from "../events.ts";
import { insertHub } from "../hub/hub.store.ts";
import { findPersonByEmail, insertMembership, insertPerson } from "../people/person.store.ts";
import { type Award, insertAward, insertGranteeCode, insertOrganization } from "./organization.store.ts";

/** Makes an organization, with its grantee codes. @returns its id. */
export async function createOrganization(
  work: Work,
  organization: {
    id?: string;
    name: string;
    organizationType: string;
    state: string | null;
    granteeCodes: readonly string[];
  },
): Promise<string> {
  const id = await insertOrganization(work.trx, organization);
  await work.record(organizationCreated, {
    organizationId: id,
    subject: ["organization", id],
    data: { type: organization.organizationType },
  });
  for (const code of organization.granteeCodes) await addGranteeCode(work, id, code);
  return id;
}

/** Adds a code under which the organization's rows stand in rosters. */
export async function addGranteeCode(work: Work, organizationId: string, code: string): Promise<void> {
  await insertGranteeCode(work.trx, organizationId, code);
  await work.record(granteeCodeAdded, {
    organizationId,
    subject: ["organization", organizationId],
    data: { code: code.toUpperCase() },
  });
}

export async function addAward(work: Work, organizationId: string, award: Omit<Award, "id">): Promise<void> {
  const id = await insertAward(work.trx, organizationId, award);
  await work.record(awardAdded, { organizationId, subject: ["award", id], data: { award: id } });
}

/**
 * Lets a person act for an organization; someone new gets a sign-in, someone known keeps theirs.
 * @param person.passwordHash null: they choose a password themselves, through an invitation.
 */
export async function addPerson(
  work: Work,
  person: {
    organizationId: string;
    name: string;
    email: string;
    passwordHash: string | null;
    role: Role;
    grants: readonly Grant[];
  },
): Promise<{ membershipId: string; personId: string; isNew: boolean }> {
  const known = await findPersonByEmail(work.trx, person.email);
  const personId =
    known?.id ??
    (await insertPerson(work.trx, { userId: await createSignIn(work, person), name: person.name }));
  const membershipId = await insertMembership(work.trx, {
    organizationId: person.organizationId,
    personId,
    role: person.role,
    grants: person.grants,
  });
  await work.record(membershipStarted, {
    organizationId: person.organizationId,
    subject: ["membership", membershipId],
    data: { membership: membershipId, role: person.role, grants: [...person.grants] },
  });
  return { membershipId, personId, isNew: known === null };
}

const createSignIn = (
  work: Work,
  { passwordHash, ...user }: { name: string; email: string; passwordHash: string | null },
): Promise<string> =>
  passwordHash === null
    ? createUserWithoutPassword(work.trx, user)
    : createUser(work.trx, { ...user, passwordHash });

/** The first visit: makes the hub, its organization and its first administrator. */
export async function createHub(
  work: Work,
  hub: {
    name: string;
    isDemo: boolean;
    administrator: { name: string; email: string; passwordHash: string };
  },
): Promise<{ organizationId: string; membershipId: string }> {
  if (!(await insertHub(work.trx, hub)))
    throw conflict("The hub is made already. Sign in, or ask its administrator to add you.");
  const organizationId = await createOrganization(work, {
    name: hub.name,
    organizationType: "hub",
    state: null,
    granteeCodes: [],
  });
  await work.record(hubCreated, {
    organizationId,
    subject: ["hub", organizationId],
    data: { demo: hub.isDemo },
  });
  const { membershipId } = await addPerson(work, {
    ...hub.administrator,
    organizationId,
    role: "administrator",
    grants: [],
  });
  return { organizationId, membershipId };
}
