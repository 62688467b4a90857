import { z } from "zod";
import {
  endSession,
  endSessions,
  hasPassword,
  hasProvider,
  isPassword,
  listSessions,
  setPassword,
} from "../../../platform/sign-in/credentials.store.ts";
import { listPasskeys } from "../../../platform/sign-in/passkey.store.ts";
import { countRecoveryCodes, findAuthenticator } from "../../../platform/sign-in/second-factor.store.ts";
import { hashPassword } from "../../../platform/sign-in/sign-in.ts";
import { conflict, forbidden, notFound } from "../../../platform/web/problems.ts";
import { createRateLimit } from "../../../platform/web/rate-limit.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { passwordChanged, sessionsEnded } from "../events.ts";
import { AccountPage } from "./account.pages.tsx";
import { browserName } from "./browser-name.rules.ts";
import { type DemoDirectory, isSharedAccount, SHARED_ACCOUNT } from "./demo-directory.ts";
import { newPassword, passwordHint, refuseEasyPassword } from "./password-field.ts";
import { findUserEmail, listMembershipsOfUser } from "./person.store.ts";
import { needsSecondFactor } from "./second-factor.rules.ts";
import { askToSignInAgain, getCurrentSession } from "./start-session.ts";
import { noteChange } from "./write-letter.ts";

/** Wrong present passwords per person in fifteen minutes. */
const ATTEMPTS = 8;
const WINDOW_SECONDS = 900;

/** One's own sign-in. */
export function accountRoutes(demo: DemoDirectory): RouteDefinition[] {
  const attempts = createRateLimit(ATTEMPTS, WINDOW_SECONDS);

  const showAccount = async (visit: Visit<unknown, unknown>, sent?: Sent): Promise<Response> => {
    const { trx, platform } = visit;
    const person = whoVisits(visit);
    const email = await findUserEmail(trx, person.userId);
    const own = await getCurrentSession(visit);
    const sessions = await listSessions(trx, person.userId, visit.now);
    const memberships = await listMembershipsOfUser(trx, person.userId);
    const authenticator = await findAuthenticator(trx, person.userId);
    const passkeys = await listPasskeys(trx, person.userId);
    const agency = platform.singleSignOn;
    return visit.page(
      {
        title: "Your account",
        breadcrumbs: [{ label: "My work", href: "/work" }, { label: "Your account" }],
        status: sent ? 422 : 200,
        scripts: ["error-summary-focus", "passkey"],
      },
      <AccountPage
        name={person.personName}
        email={email}
        memberships={memberships}
        sessions={sessions.map(({ id, startedAt, token, userAgent }) => ({
          id,
          startedAt,
          browser: browserName(userAgent),
          isThisOne: token === own.token,
        }))}
        password={{ isSet: await hasPassword(trx, person.userId), hint: passwordHint() }}
        authenticator={
          authenticator?.confirmedAt
            ? { since: authenticator.confirmedAt, codesLeft: await countRecoveryCodes(trx, person.userId) }
            : null
        }
        mustHaveSecondFactor={needsSecondFactor(memberships)}
        passkeys={passkeys.map((key) => ({ ...key, id: key.credentialId }))}
        agency={
          agency
            ? { label: agency.label, isJoined: await hasProvider(trx, agency.provider, person.userId) }
            : null
        }
        isShared={await isSharedAccount(demo, trx, email)}
        pages={ACCOUNT_PAGES}
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
        const email = await findUserEmail(visit.trx, person.userId);
        if (await isSharedAccount(demo, visit.trx, email)) throw conflict(SHARED_ACCOUNT);
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
        const easy = await refuseEasyPassword(form.password, [person.personName, email]);
        if (easy) return refuse("password", easy);
        attempts.forget(person.userId);
        await setPassword(
          visit.trx,
          person.userId,
          await hashPassword(visit.platform.signIn, form.password),
          visit.now,
        );
        await endSessions(visit.trx, person.userId, (await getCurrentSession(visit)).token);
        await visit.record(passwordChanged, {
          organizationId: person.organizationId,
          subject: ["person", person.personId],
          data: { byAdministrator: false },
        });
        await noteChange(visit, person, "Your password was changed.");
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
        const first = await askToSignInAgain(visit, "/account");
        if (first) return first;
        const own = await getCurrentSession(visit);
        const ended = await endSessions(visit.trx, person.userId, own.token);
        await recordEnded(visit, ended);
        return visit.redirect("/account", { kind: "good", text: "You are signed out everywhere else." });
      },
    }),
    route({
      method: "POST",
      path: "/account/sessions/:session/end",
      who: "signed-in",
      params: z.object({ session: z.string().max(100) }),
      events: [sessionsEnded],
      handle: async (visit) => {
        const first = await askToSignInAgain(visit, "/account");
        if (first) return first;
        if (!(await endSession(visit.trx, whoVisits(visit).userId, visit.params.session)))
          throw notFound("This session");
        await recordEnded(visit, 1);
        return visit.redirect("/account", { kind: "good", text: "You are signed out there." });
      },
    }),
  ];
}

/** Pages of one's account that other nouns of the directory and the app have. */
const ACCOUNT_PAGES = [
  { label: "Mail", href: "/account/mail", what: "how often the hub writes to you" },
  { label: "API tokens", href: "/account/tokens", what: "for programs that work in your name" },
  {
    label: "Your data",
    href: "/account/data",
    what: "what the hub knows of you, to take with you or to have erased",
  },
] as const;

async function recordEnded(visit: Visit<unknown, unknown>, ended: number): Promise<void> {
  const person = whoVisits(visit);
  await visit.record(sessionsEnded, {
    organizationId: person.organizationId,
    subject: ["person", person.personId],
    data: { ended },
  });
}

function whoVisits(visit: Visit<unknown, unknown>) {
  if (visit.actor.kind !== "person") throw forbidden("Sign in first.");
  return visit.actor;
}
