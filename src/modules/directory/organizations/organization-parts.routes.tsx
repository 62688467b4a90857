import { z } from "zod";
import { type Grant, grants, roles } from "../../../platform/database/actor.ts";
import { hashPassword, SHORTEST_PASSWORD } from "../../../platform/sign-in/sign-in.ts";
import { conflict } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { awardAdded, membershipEnded, membershipStarted } from "../events.ts";
import { listPeople } from "../people/person.store.ts";
import { addAward, addPerson, endMembership } from "./organization.actions.ts";
import { NewAwardPage } from "./organization.pages.tsx";
import { listAwards } from "./organization.store.ts";
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
      name: z
        .string()
        .trim()
        .min(1, "Enter the person's name.")
        .max(120, "Use at most 120 characters for the name."),
      email: z.email("Enter an e-mail, such as ada@example.org.").max(254),
      role: z.enum(roles, "Choose a role."),
      grant: z
        .union([z.literal("").transform(() => undefined), z.enum(grants, "Choose a grant of the list.")])
        .optional(),
      password: z
        .string()
        .min(SHORTEST_PASSWORD, `Use at least ${SHORTEST_PASSWORD} characters for the password.`)
        .max(128, "Use at most 128 characters for the password."),
    }),
    events: [membershipStarted],
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
      const passwordHash = await hashPassword(visit.platform.signIn, form.password);
      const granted: Grant[] = form.grant && form.role === "hub_staff" ? [form.grant] : [];
      await addPerson(visit, {
        organizationId: organization.id,
        name: form.name,
        email: form.email,
        passwordHash,
        role: form.role,
        grants: granted,
      });
      return visit.redirect(`${ORGANIZATIONS_PATH}/${organization.id}`, {
        kind: "good",
        text: "The person is added.",
      });
    },
  }),
  route({
    method: "POST",
    path: `${ORGANIZATIONS_PATH}/:id/people/:membership/end`,
    who: ["administrator"],
    params: z.object({ id: z.uuid(), membership: z.uuid() }),
    events: [membershipEnded],
    handle: async (visit) => {
      const organization = await getOrganization(visit);
      if (visit.actor.kind === "person" && visit.actor.membershipId === visit.params.membership)
        throw conflict("You cannot end the membership that you work under. Another administrator can.");
      await endMembership(visit, organization.id, visit.params.membership);
      return visit.redirect(`${ORGANIZATIONS_PATH}/${organization.id}`, {
        kind: "good",
        text: "The membership has ended. What the person did stays.",
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
