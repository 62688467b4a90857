import { z } from "zod";
import { type Grant, grants, roles } from "../../../platform/database/actor.ts";
import { endSessions, setPassword } from "../../../platform/sign-in/credentials.store.ts";
import { hashPassword } from "../../../platform/sign-in/sign-in.ts";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import {
  linkSent,
  membershipEnded,
  passwordChanged,
  personDeactivated,
  personReactivated,
  personRenamed,
  roleChanged,
  secondFactorRemoved,
  tokenRevoked,
} from "../events.ts";
import type { Organization } from "../organizations/organization.store.ts";
import { crumbs, getOrganization, ORGANIZATIONS_PATH } from "../organizations/organization-visit.ts";
import { type DemoDirectory, isSharedAccount, SHARED_ACCOUNT } from "./demo-directory.ts";
import {
  changeRole,
  deactivate,
  endMembership,
  reactivate,
  rename,
  sendPasswordLink,
  takeSecondFactorOff,
} from "./member.actions.ts";
import { isInvited, MemberPage, NewPasswordPage, rolesOf } from "./member.pages.tsx";
import { findMemberInFull, listMembershipsOfPerson, type Member } from "./member.store.ts";
import { newPassword, passwordHint, refuseEasyPassword } from "./password-field.ts";
import { findPersonByEmail } from "./person.store.ts";
import { emailField, nameField } from "./person-fields.ts";
import { noteChange } from "./write-letter.ts";

const PATH = `${ORGANIZATIONS_PATH}/:id/people/:membership`;
const memberParams = z.object({ id: z.uuid(), membership: z.uuid() });
type MemberVisit = Visit<z.infer<typeof memberParams>, unknown>;

interface Found {
  organization: Organization;
  member: Member;
  /** The member's own page. */
  place: string;
}

async function find(visit: MemberVisit): Promise<Found> {
  const organization = await getOrganization(visit);
  const member = await findMemberInFull(visit.trx, organization.id, visit.params.membership);
  if (!member) throw notFound("This person");
  return {
    organization,
    member,
    place: `${ORGANIZATIONS_PATH}/${organization.id}/people/${member.membershipId}`,
  };
}

const isOneself = (visit: MemberVisit, member: Member): boolean =>
  visit.actor.kind === "person" && visit.actor.personId === member.personId;

/** An administrator's help for the people of an organization. */
export function memberRoutes(demo: DemoDirectory): RouteDefinition[] {
  const who = ["administrator"] as const;

  /** A present member whose sign-in is theirs alone. */
  const findToHelp = async (visit: MemberVisit): Promise<Found> => {
    const found = await find(visit);
    if (found.member.endedOn !== null) throw notFound("This person");
    if (await isSharedAccount(demo, visit.trx, found.member.email)) throw conflict(SHARED_ACCOUNT);
    return found;
  };

  const show = async (visit: MemberVisit, sent?: Sent): Promise<Response> => {
    const { organization, member, place } = await find(visit);
    return visit.page(
      {
        title: member.name,
        breadcrumbs: crumbs(organization, member.name),
        status: sent ? 422 : 200,
        scripts: ["error-summary-focus"],
      },
      <MemberPage
        member={member}
        place={place}
        isHub={organization.organizationType === "hub"}
        isOneself={isOneself(visit, member)}
        isShared={await isSharedAccount(demo, visit.trx, member.email)}
        memberships={await listMembershipsOfPerson(visit.trx, member.personId)}
        sent={sent}
      />,
    );
  };

  const showNewPassword = async (visit: MemberVisit, sent?: Sent): Promise<Response> => {
    const { organization, member, place } = await findToHelp(visit);
    return visit.page(
      {
        title: "New password",
        breadcrumbs: crumbs(organization, "New password"),
        status: sent ? 422 : 200,
        scripts: ["error-summary-focus"],
      },
      <NewPasswordPage
        name={member.name}
        action={`${place}/password`}
        back={place}
        passwordHint={passwordHint()}
        sent={sent}
      />,
    );
  };

  return [
    route({ method: "GET", path: PATH, who, params: memberParams, handle: (visit) => show(visit) }),
    route({
      method: "POST",
      path: `${PATH}/name`,
      who,
      params: memberParams,
      form: z.object({ name: nameField, email: emailField }),
      events: [personRenamed],
      again: show,
      handle: async (visit, form) => {
        const { organization, member, place } = await findToHelp(visit);
        const other = await findPersonByEmail(visit.trx, form.email);
        if (other && other.id !== member.personId)
          return show(visit, {
            values: form,
            errors: { email: ["Somebody else signs in with this e-mail."] },
          });
        await rename(visit, organization.id, member, form);
        return visit.redirect(place, { kind: "good", text: "Name and e-mail are saved." });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/role`,
      who,
      params: memberParams,
      form: z.object({
        role: z.enum(roles, "Choose a role."),
        grant: z
          .union([z.literal("").transform(() => undefined), z.enum(grants, "Choose a grant of the list.")])
          .optional(),
      }),
      events: [roleChanged],
      again: show,
      handle: async (visit, form) => {
        const { organization, member, place } = await find(visit);
        if (member.endedOn !== null) throw notFound("This person");
        if (isOneself(visit, member)) throw conflict("Your own role is changed by another administrator.");
        if (!rolesOf(organization.organizationType === "hub").includes(form.role))
          return show(visit, {
            values: {},
            errors: { role: ["This role does not belong to this kind of organization."] },
          });
        const granted: Grant[] = form.grant && form.role === "hub_staff" ? [form.grant] : [];
        await changeRole(visit, organization.id, member, form.role, granted);
        return visit.redirect(place, { kind: "good", text: "The role is changed, from now on." });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/link`,
      who,
      params: memberParams,
      events: [linkSent],
      handle: async (visit) => {
        const { organization, member, place } = await findToHelp(visit);
        if (member.isDeactivated) throw conflict("This person is deactivated. Let them in again first.");
        await sendPasswordLink(visit, member, organization, isInvited(member));
        return visit.redirect(place, { kind: "good", text: "The link is on its way by e-mail." });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/second-factor/remove`,
      who,
      params: memberParams,
      events: [secondFactorRemoved],
      handle: async (visit) => {
        const { organization, member, place } = await findToHelp(visit);
        if (isOneself(visit, member))
          throw conflict('Your own second factor is changed under "Your account".');
        await takeSecondFactorOff(visit, organization.id, member);
        return visit.redirect(place, {
          kind: "good",
          text: "The authenticator is taken off. At the next sign-in they set up another one.",
        });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/end`,
      who,
      params: memberParams,
      events: [membershipEnded],
      handle: async (visit) => {
        const { organization, member } = await find(visit);
        await endMembership(visit, organization.id, member);
        return visit.redirect(`${ORGANIZATIONS_PATH}/${organization.id}`, {
          kind: "good",
          text: "The membership has ended. What the person did stays.",
        });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/deactivate`,
      who,
      params: memberParams,
      events: [personDeactivated, tokenRevoked],
      handle: async (visit) => {
        const { organization, member, place } = await findToHelp(visit);
        await deactivate(visit, organization.id, member);
        return visit.redirect(place, { kind: "good", text: "Deactivated, and signed out everywhere." });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/reactivate`,
      who,
      params: memberParams,
      events: [personReactivated],
      handle: async (visit) => {
        const { organization, member, place } = await findToHelp(visit);
        await reactivate(visit, organization.id, member);
        return visit.redirect(place, { kind: "good", text: "They can sign in again." });
      },
    }),
    route({
      method: "GET",
      path: `${PATH}/password`,
      who,
      params: memberParams,
      handle: (visit) => showNewPassword(visit),
    }),
    route({
      method: "POST",
      path: `${PATH}/password`,
      who,
      params: memberParams,
      form: z.object({ password: newPassword }),
      events: [passwordChanged],
      again: showNewPassword,
      handle: async (visit, form) => {
        const { organization, member, place } = await findToHelp(visit);
        if (isOneself(visit, member)) throw conflict('Your own password is changed under "Your account".');
        const easy = await refuseEasyPassword(form.password, [member.name, member.email]);
        if (easy) return showNewPassword(visit, { values: {}, errors: { password: [easy] } });
        await setPassword(
          visit.trx,
          member.userId,
          await hashPassword(visit.platform.signIn, form.password),
          visit.now,
        );
        await endSessions(visit.trx, member.userId, null);
        await visit.record(passwordChanged, {
          organizationId: organization.id,
          subject: ["person", member.personId],
          data: { byAdministrator: true },
        });
        await noteChange(visit, member, "An administrator set a new password for you.");
        return visit.redirect(place, {
          kind: "good",
          text: "The new password is set, and the person is signed out everywhere.",
        });
      },
    }),
  ];
}
