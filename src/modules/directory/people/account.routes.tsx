import { z } from "zod";
import {
  endSessions,
  isPassword,
  listSessions,
  setPassword,
} from "../../../platform/sign-in/credentials.store.ts";
import { hashPassword, SHORTEST_PASSWORD } from "../../../platform/sign-in/sign-in.ts";
import { conflict, forbidden, notFound } from "../../../platform/web/problems.ts";
import { createRateLimit } from "../../../platform/web/rate-limit.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { passwordChanged, sessionsEnded } from "../events.ts";
import { findHub } from "../organizations/organization.store.ts";
import { crumbs, getOrganization, ORGANIZATIONS_PATH } from "../organizations/organization-visit.ts";
import { AccountPage, NewPasswordPage } from "./account.pages.tsx";
import { findMember, findUserEmail, listMembershipsOfUser } from "./person.store.ts";
import type { DemoDirectory } from "./sign-in.routes.tsx";

/** Wrong present passwords per person in fifteen minutes. */
const ATTEMPTS = 8;
const WINDOW_SECONDS = 900;
const PASSWORD_HINT = `At least ${SHORTEST_PASSWORD} characters. A few unrelated words are easy to keep.`;
const SHARED = "All people of the demonstration sign in with one password, so it cannot be changed.";

const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `Use at least ${SHORTEST_PASSWORD} characters for the new password.`)
  .max(128, "Use at most 128 characters for the new password.");

const memberParams = z.object({ id: z.uuid(), membership: z.uuid() });

/** One's own sign-in, and an administrator's help for those who cannot sign in any more. */
export function accountRoutes(demo: DemoDirectory): RouteDefinition[] {
  const attempts = createRateLimit(ATTEMPTS, WINDOW_SECONDS);
  const isShared = async (visit: Visit<unknown, unknown>, email: string): Promise<boolean> =>
    demo.people.some((person) => person.email === email) && ((await findHub(visit.trx))?.isDemo ?? false);

  const showAccount = async (visit: Visit<unknown, unknown>, sent?: Sent): Promise<Response> => {
    const person = whoVisits(visit);
    const email = await findUserEmail(visit.trx, person.userId);
    const own = await ownToken(visit);
    const sessions = await listSessions(visit.trx, person.userId, visit.now);
    return visit.page(
      {
        title: "Your account",
        breadcrumbs: [{ label: "My work", href: "/work" }, { label: "Your account" }],
        status: sent ? 422 : 200,
        scripts: ["error-summary-focus"],
      },
      <AccountPage
        name={person.personName}
        email={email}
        memberships={await listMembershipsOfUser(visit.trx, person.userId)}
        sessions={sessions.map(({ startedAt, token }) => ({ startedAt, isThisOne: token === own }))}
        passwordHint={PASSWORD_HINT}
        isShared={await isShared(visit, email)}
        sent={sent}
      />,
    );
  };

  const showNewPassword = async (
    visit: Visit<z.infer<typeof memberParams>, unknown>,
    sent?: Sent,
  ): Promise<Response> => {
    const organization = await getOrganization(visit);
    const member = await memberOf(visit);
    const back = `${ORGANIZATIONS_PATH}/${organization.id}`;
    return visit.page(
      {
        title: "New password",
        breadcrumbs: crumbs(organization, "New password"),
        status: sent ? 422 : 200,
        scripts: ["error-summary-focus"],
      },
      <NewPasswordPage
        name={member.name}
        action={`${back}/people/${visit.params.membership}/password`}
        back={back}
        passwordHint={PASSWORD_HINT}
        sent={sent}
      />,
    );
  };

  return [
    route({ method: "GET", path: "/account", who: "signed-in", handle: (visit) => showAccount(visit) }),
    route({
      method: "POST",
      path: "/account/password",
      who: "signed-in",
      form: z.object({
        current: z.string().min(1, "Enter your present password.").max(1000, "This password is too long."),
        password: newPassword,
      }),
      events: [passwordChanged],
      again: showAccount,
      handle: async (visit, form) => {
        const person = whoVisits(visit);
        if (await isShared(visit, await findUserEmail(visit.trx, person.userId))) throw conflict(SHARED);
        const refuse = (field: "current" | "password", message: string): Promise<Response> =>
          showAccount(visit, { values: {}, errors: { [field]: [message] } });
        const wait = attempts.hit(person.userId, visit.now);
        if (wait > 0)
          return refuse(
            "current",
            `Too many attempts. Wait ${Math.ceil(wait / 60)} minutes, then try again.`,
          );
        if (!(await isPassword(visit.trx, visit.platform.signIn, person.userId, form.current)))
          return refuse("current", "This is not your present password. Check it, and try again.");
        if (form.current === form.password)
          return refuse("password", "This is the password that you have now. Choose another one.");
        attempts.forget(person.userId);
        await setPassword(
          visit.trx,
          person.userId,
          await hashPassword(visit.platform.signIn, form.password),
          visit.now,
        );
        await endSessions(visit.trx, person.userId, await ownToken(visit));
        await visit.record(passwordChanged, {
          organizationId: person.organizationId,
          subject: ["person", person.personId],
          data: { byAdministrator: false },
        });
        return visit.redirect("/account", {
          kind: "good",
          text: "Your password is changed. You are signed out everywhere else.",
        });
      },
    }),
    route({
      method: "POST",
      path: "/account/sessions/end",
      who: "signed-in",
      events: [sessionsEnded],
      handle: async (visit) => {
        const person = whoVisits(visit);
        const ended = await endSessions(visit.trx, person.userId, await ownToken(visit));
        await visit.record(sessionsEnded, {
          organizationId: person.organizationId,
          subject: ["person", person.personId],
          data: { ended },
        });
        return visit.redirect("/account", { kind: "good", text: "You are signed out everywhere else." });
      },
    }),
    route({
      method: "GET",
      path: `${ORGANIZATIONS_PATH}/:id/people/:membership/password`,
      who: ["administrator"],
      params: memberParams,
      handle: (visit) => showNewPassword(visit),
    }),
    route({
      method: "POST",
      path: `${ORGANIZATIONS_PATH}/:id/people/:membership/password`,
      who: ["administrator"],
      params: memberParams,
      form: z.object({ password: newPassword }),
      events: [passwordChanged],
      again: showNewPassword,
      handle: async (visit, form) => {
        const organization = await getOrganization(visit);
        const member = await memberOf(visit);
        if (await isShared(visit, member.email)) throw conflict(SHARED);
        if (member.userId === whoVisits(visit).userId)
          throw conflict('Your own password is changed under "Your account".');
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
        return visit.redirect(`${ORGANIZATIONS_PATH}/${organization.id}`, {
          kind: "good",
          text: `The new password is set, and ${member.name} is signed out everywhere.`,
        });
      },
    }),
  ];
}

type Person = Extract<Visit<unknown, unknown>["actor"], { kind: "person" }>;

function whoVisits(visit: Visit<unknown, unknown>): Person {
  if (visit.actor.kind !== "person") throw forbidden("Sign in first.");
  return visit.actor;
}

async function memberOf(visit: Visit<z.infer<typeof memberParams>, unknown>) {
  const member = await findMember(visit.trx, visit.params.id, visit.params.membership);
  if (!member) throw notFound("This person");
  return member;
}

/** The token of the session that this request came with. */
async function ownToken(visit: Visit<unknown, unknown>): Promise<string> {
  const session = await visit.platform.signIn.auth.api.getSession({ headers: visit.c.req.raw.headers });
  if (!session) throw forbidden("You are not signed in any more. Sign in, and send it again.");
  return session.session.token;
}
