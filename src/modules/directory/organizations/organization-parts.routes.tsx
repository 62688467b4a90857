import { z } from "zod";
import { hubAddress } from "../../../platform/config/config.ts";
import { type Grant, grants, roles } from "../../../platform/database/actor.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { hashPassword } from "../../../platform/sign-in/sign-in.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { awardAdded, linkSent, membershipStarted } from "../events.ts";
import { addedLetter } from "../people/letters.ts";
import { sendPasswordLink } from "../people/member.actions.ts";
import { findMemberInFull } from "../people/member.store.ts";
import { newPassword, refuseEasyPassword } from "../people/password-field.ts";
import { listPeople } from "../people/person.store.ts";
import { emailField, nameField } from "../people/person-fields.ts";
import { hubName } from "../people/write-letter.ts";
import { addAward, addPerson } from "./organization.actions.ts";
import { NewAwardPage } from "./organization.pages.tsx";
import { listAwards, type Organization } from "./organization.store.ts";
import { NewPersonPage } from "./organization-people.pages.tsx";
import {
  codeField,
  crumbs,
  getOrganization,
  ORGANIZATIONS_PATH,
  organizationParams,
} from "./organization-visit.ts";

async function showNewPerson(
  visit: Visit<{ id: string }, unknown>,
  sent?: Sent,
  problem?: string,
): Promise<Response> {
  const organization = await getOrganization(visit);
  const page = (
    <NewPersonPage
      organization={organization}
      isHub={organization.organizationType === "hub"}
      sent={sent}
      problem={problem}
    />
  );
  return visit.page(
    {
      title: "Add a person",
      breadcrumbs: crumbs(organization, "Add a person"),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus"],
    },
    page,
  );
}

async function showNewAward(visit: Visit<{ id: string }, unknown>, sent?: Sent): Promise<Response> {
  const organization = await getOrganization(visit);
  return visit.page(
    {
      title: "Add an award",
      breadcrumbs: crumbs(organization, "Add an award"),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus"],
    },
    <NewAwardPage organization={organization} sent={sent} />,
  );
}

/** The first mail to somebody who has been added: an invitation, or a word that they work for one more organization. */
async function welcome(
  visit: Visit<{ id: string }, unknown>,
  organization: Organization,
  membershipId: string,
  { isNew, isInvited }: { isNew: boolean; isInvited: boolean },
): Promise<void> {
  const member = await findMemberInFull(visit.trx, organization.id, membershipId);
  if (!member) return;
  if (isInvited) await sendPasswordLink(visit, member, organization, true);
  else if (!isNew)
    await queueMail(visit, {
      ...addedLetter(await hubName(visit), organization.name, hubAddress(visit.platform.config, "/sign-in")),
      to: member.email,
      personId: member.personId,
      key: `added ${membershipId}`,
    });
}

/** The people and awards of an organization. */
export const organizationPartsRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: `${ORGANIZATIONS_PATH}/:id/people/new`,
    who: ["administrator"],
    params: organizationParams,
    handle: (visit) => showNewPerson(visit),
  }),
  route({
    method: "POST",
    path: `${ORGANIZATIONS_PATH}/:id/people`,
    who: ["administrator"],
    params: organizationParams,
    form: z.object({
      name: nameField,
      email: emailField,
      role: z.enum(roles, "Choose a role."),
      grant: z
        .union([z.literal("").transform(() => undefined), z.enum(grants, "Choose a grant of the list.")])
        .optional(),
      // Empty: they are invited to choose one.
      password: z.union([z.literal("").transform(() => null), newPassword]),
    }),
    events: [membershipStarted, linkSent],
    again: (visit, sent) => showNewPerson(visit, sent),
    handle: async (visit, form) => {
      const organization = await getOrganization(visit);
      const ofHub = form.role === "administrator" || form.role === "hub_staff";
      const sent: Sent = { values: { name: form.name, email: form.email, role: form.role }, errors: {} };
      if (ofHub !== (organization.organizationType === "hub"))
        return showNewPerson(visit, {
          ...sent,
          errors: { role: ["This role does not belong to this kind of organization."] },
        });
      const people = await listPeople(visit.trx, organization.id);
      if (people.some((person) => person.email === form.email.toLowerCase() && person.role === form.role))
        return showNewPerson(visit, sent, "This person has this role here already.");
      const easy = form.password ? await refuseEasyPassword(form.password, [form.name, form.email]) : null;
      if (easy) return showNewPerson(visit, { ...sent, errors: { password: [easy] } });
      const granted: Grant[] = form.grant && form.role === "hub_staff" ? [form.grant] : [];
      const { membershipId, isNew } = await addPerson(visit, {
        organizationId: organization.id,
        name: form.name,
        email: form.email,
        passwordHash: form.password ? await hashPassword(visit.platform.signIn, form.password) : null,
        role: form.role,
        grants: granted,
      });
      const isInvited = isNew && form.password === null;
      await welcome(visit, organization, membershipId, { isNew, isInvited });
      return visit.redirect(`${ORGANIZATIONS_PATH}/${organization.id}`, {
        kind: "good",
        text: isInvited ? "The person is added, and invited by e-mail." : "The person is added.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${ORGANIZATIONS_PATH}/:id/awards/new`,
    who: ["administrator"],
    params: organizationParams,
    handle: (visit) => showNewAward(visit),
  }),
  route({
    method: "POST",
    path: `${ORGANIZATIONS_PATH}/:id/awards`,
    who: ["administrator"],
    params: organizationParams,
    form: z
      .object({
        program: z
          .string()
          .trim()
          .min(1, "Enter the program.")
          .max(60, "Use at most 60 characters for the program."),
        number: z
          .string()
          .trim()
          .min(1, "Enter the award's number.")
          .max(60, "Use at most 60 characters for the number."),
        starts: z.iso.date("Enter the first day."),
        ends: z.iso.date("Enter the last day."),
        code: codeField,
      })
      .refine((award) => award.ends >= award.starts, {
        path: ["ends"],
        message: "The last day is before the first.",
      }),
    events: [awardAdded],
    again: (visit, sent) => showNewAward(visit, sent),
    handle: async (visit, form) => {
      const organization = await getOrganization(visit);
      const sent = { ...form, code: form.code ?? "" };
      if (form.code && !organization.granteeCodes.includes(form.code))
        return showNewAward(visit, {
          values: sent,
          errors: { code: ["The organization has no such grantee code."] },
        });
      if ((await listAwards(visit.trx, organization.id)).some((award) => award.number === form.number))
        return showNewAward(visit, { values: sent, errors: { number: ["This award is recorded already."] } });
      await addAward(visit, organization.id, {
        program: form.program,
        number: form.number,
        startsOn: form.starts,
        endsOn: form.ends,
        granteeCode: form.code,
      });
      return visit.redirect(`${ORGANIZATIONS_PATH}/${organization.id}`, {
        kind: "good",
        text: "The award is added.",
      });
    },
  }),
];
