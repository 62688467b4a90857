import { z } from "zod";
import {
  confirmAuthenticator,
  countRecoveryCodes,
  dropSecondFactor,
  findAuthenticator,
  keepUnconfirmed,
  replaceRecoveryCodes,
} from "../../../platform/sign-in/second-factor.store.ts";
import {
  authenticatorAddress,
  hashRecoveryCode,
  isEarlierRecoveryCode,
  looksLikeRecoveryCode,
  makeRecoveryCodes,
  makeSecret,
} from "../../../platform/sign-in/second-factor.ts";
import { conflict } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import {
  recoveryCodesRenewed,
  recoveryCodeUsed,
  secondFactorRemoved,
  secondFactorSetUp,
  signedIn,
} from "../events.ts";
import { asPerson, createCodeCheck } from "./check-code.ts";
import { type DemoDirectory, isSharedAccount, SHARED_ACCOUNT } from "./demo-directory.ts";
import { localPath } from "./local-path.ts";
import { findUserEmail, listMembershipsOfUser } from "./person.store.ts";
import { RecoveryCodesPage, SetUpSecondFactorPage, ShowSecondFactorPage } from "./second-factor.pages.tsx";
import { needsSecondFactor } from "./second-factor.rules.ts";
import { askToSignInAgain, getCurrentSession, startSession } from "./start-session.ts";
import { hubName, noteChange } from "./write-letter.ts";

const codeForm = z.object({
  code: z
    .string()
    .trim()
    .min(1, "Type the code.")
    .max(80, "This is longer than a code. Type six digits, or a recovery code."),
  to: localPath.default("/work"),
});
const toQuery = z.object({ to: localPath.default("/work") });

type AnyVisit = Visit<unknown, unknown>;

/** The second factor: asked for when signing in, and kept on one's account. */
export function secondFactorRoutes(demo: DemoDirectory): RouteDefinition[] {
  const refuseCode = createCodeCheck();

  const showStep = (visit: AnyVisit, to: string, sent?: Sent): Promise<Response> => {
    const person = whoComes(visit);
    return visit.page(
      { title: "One more step", status: sent ? 422 : 200, scripts: ["error-summary-focus", "passkey"] },
      <ShowSecondFactorPage name={person.name} to={to} sent={sent} />,
    );
  };

  const showSetUp = async (visit: AnyVisit, to: string, sent?: Sent): Promise<Response> => {
    const person = whoComes(visit);
    const email = await findUserEmail(visit.trx, person.userId);
    if (await isSharedAccount(demo, visit.trx, email)) throw conflict(SHARED_ACCOUNT);
    const secret = await unconfirmedSecret(visit, person.userId);
    if (secret === null) return visit.redirect("/account");
    const choices = await listMembershipsOfUser(visit.trx, person.userId);
    return visit.page(
      { title: "Set up a second factor", status: sent ? 422 : 200, scripts: ["error-summary-focus"] },
      <SetUpSecondFactorPage
        secret={secret}
        address={authenticatorAddress(secret, await hubName(visit), email)}
        isRequired={needsSecondFactor(choices)}
        to={to}
        sent={sent}
      />,
    );
  };

  return [
    route({
      method: "GET",
      path: "/sign-in/second-factor",
      who: "signing-in",
      query: toQuery,
      handle: (visit) => {
        if (visit.actor.kind === "person") return Promise.resolve(visit.redirect(visit.query.to));
        const mustSetUp = whoComes(visit).must === "set-up";
        return mustSetUp
          ? Promise.resolve(visit.redirect(`/account/second-factor?to=${encodeURIComponent(visit.query.to)}`))
          : showStep(visit, visit.query.to);
      },
    }),
    route({
      method: "POST",
      path: "/sign-in/second-factor",
      who: "signing-in",
      form: codeForm,
      events: [signedIn, recoveryCodeUsed],
      again: (visit, sent) => showStep(visit, "/work", sent),
      handle: async (visit, form) => {
        const person = whoComes(visit);
        if (person.must !== "show") return visit.redirect(form.to);
        const problem = await refuseCode(visit, person.userId, form.code);
        if (problem !== null) return showStep(visit, form.to, { values: {}, errors: { code: [problem] } });
        await startSession(visit, person.userId, { by: "password", isSecondFactor: true });
        if (!looksLikeRecoveryCode(form.code)) return visit.redirect(form.to);
        const left = await countRecoveryCodes(visit.trx, person.userId);
        return visit.redirect(form.to, {
          kind: "warn",
          text: `You used a recovery code; ${left} ${left === 1 ? "is" : "are"} left. ${
            isEarlierRecoveryCode(form.code)
              ? 'They are of an earlier, shorter kind: make new ones under "Your account".'
              : 'New ones are made under "Your account".'
          }`,
        });
      },
    }),
    route({
      method: "GET",
      path: "/account/second-factor",
      who: "signing-in",
      query: toQuery,
      handle: async (visit) => {
        return (await mayNotSetUp(visit)) ?? showSetUp(visit, visit.query.to);
      },
    }),
    route({
      method: "POST",
      path: "/account/second-factor",
      who: "signing-in",
      form: codeForm,
      events: [secondFactorSetUp, signedIn],
      again: async (visit, sent) => (await mayNotSetUp(visit)) ?? showSetUp(visit, "/work", sent),
      handle: async (visit, form) => {
        const person = whoComes(visit);
        const refusal = await mayNotSetUp(visit);
        if (refusal) return refusal;
        const known = await findAuthenticator(visit.trx, person.userId);
        const { id: sessionId } = await getCurrentSession(visit);
        if (!known || known.confirmedAt || known.madeInSession !== sessionId)
          return visit.redirect("/account/second-factor");
        const problem = await refuseCode(visit, person.userId, form.code);
        if (problem !== null) return showSetUp(visit, form.to, { values: {}, errors: { code: [problem] } });
        await confirmAuthenticator(visit.trx, person.userId, visit.now);
        const codes = await renewCodes(visit, person.userId);
        await startSession(visit, person.userId, { by: "password", isSecondFactor: true });
        const acting = await asPerson(visit, person.userId);
        await acting.work.record(secondFactorSetUp, {
          organizationId: acting.organizationId,
          subject: ["person", acting.personId],
          data: {},
        });
        await noteChange(
          visit,
          { userId: person.userId, personId: acting.personId },
          "An authenticator app was set up as your second factor.",
        );
        return visit.page(
          { title: "Recovery codes" },
          <RecoveryCodesPage codes={codes} isNew next={form.to === "/work" ? "/work" : form.to} />,
        );
      },
    }),
    route({
      method: "POST",
      path: "/account/second-factor/codes",
      who: "signed-in",
      events: [recoveryCodesRenewed],
      handle: async (visit) => {
        const person = whoComes(visit);
        const first = await askToSignInAgain(visit, "/account");
        if (first) return first;
        const known = await findAuthenticator(visit.trx, person.userId);
        if (!known?.confirmedAt)
          throw conflict("Recovery codes come with an authenticator. Set one up first.");
        const codes = await renewCodes(visit, person.userId);
        const acting = await asPerson(visit, person.userId);
        await visit.record(recoveryCodesRenewed, {
          organizationId: acting.organizationId,
          subject: ["person", acting.personId],
          data: {},
        });
        await noteChange(
          visit,
          { userId: person.userId, personId: acting.personId },
          "New recovery codes were made. The earlier ones have stopped working.",
        );
        return visit.page(
          { title: "Recovery codes" },
          <RecoveryCodesPage codes={codes} isNew={false} next="/account" />,
        );
      },
    }),
    route({
      method: "POST",
      path: "/account/second-factor/remove",
      who: "signed-in",
      events: [secondFactorRemoved],
      handle: async (visit) => {
        const person = whoComes(visit);
        const first = await askToSignInAgain(visit, "/account");
        if (first) return first;
        await dropSecondFactor(visit.trx, person.userId);
        const acting = await asPerson(visit, person.userId);
        await visit.record(secondFactorRemoved, {
          organizationId: acting.organizationId,
          subject: ["person", acting.personId],
          data: { byAdministrator: false },
        });
        await noteChange(
          visit,
          { userId: person.userId, personId: acting.personId },
          "Your authenticator app was taken off your account.",
        );
        const choices = await listMembershipsOfUser(visit.trx, person.userId);
        return visit.redirect(needsSecondFactor(choices) ? "/account/second-factor" : "/account", {
          kind: "good",
          text: needsSecondFactor(choices)
            ? "The authenticator is taken off. Set up the one that takes its place."
            : "The authenticator is taken off your account.",
        });
      },
    }),
  ];
}

/** Whoever is signed in, or on the way to it. */
function whoComes(visit: AnyVisit): { userId: string; name: string; must: "show" | "set-up" | null } {
  const { actor } = visit;
  if (actor.kind === "person") return { userId: actor.userId, name: actor.personName, must: null };
  if (actor.kind === "anonymous" && actor.signingIn)
    return { userId: actor.signingIn.userId, name: actor.signingIn.personName, must: actor.signingIn.must };
  throw conflict("Sign in first.");
}

/**
 * Whoever has a second factor shows it first, and whoever signed in long ago signs in once more: only then may one be
 * set up. @returns where they are sent instead, or null.
 */
async function mayNotSetUp(visit: AnyVisit): Promise<Response | null> {
  if (whoComes(visit).must === "show") return visit.redirect("/sign-in/second-factor");
  return visit.actor.kind === "person" ? askToSignInAgain(visit, "/account/second-factor") : null;
}

/** The secret that this session was shown, made if there is none; null where a confirmed one stands. */
async function unconfirmedSecret(visit: AnyVisit, userId: string): Promise<string | null> {
  const { signIn } = visit.platform;
  const known = await findAuthenticator(visit.trx, userId);
  if (known?.confirmedAt) return null;
  const { id: sessionId } = await getCurrentSession(visit);
  const kept = known?.madeInSession === sessionId ? signIn.open(userId, known.sealedSecret) : null;
  if (kept !== null) return kept;
  const secret = makeSecret();
  const sealedSecret = signIn.seal(userId, secret);
  await keepUnconfirmed(visit.trx, userId, { sealedSecret, sessionId, now: visit.now });
  return secret;
}

async function renewCodes(visit: AnyVisit, userId: string): Promise<string[]> {
  const codes = makeRecoveryCodes();
  await replaceRecoveryCodes(visit.trx, userId, codes.map(hashRecoveryCode));
  return codes;
}
