import { z } from "zod";
import { keepAttempt, takeAttempt } from "../../../platform/sign-in/attempt.store.ts";
import {
  findPasskey,
  insertPasskey,
  listPasskeys,
  notePasskeyUse,
  removePasskey,
} from "../../../platform/sign-in/passkey.store.ts";
import {
  checkShownPasskey,
  idOfShownPasskey,
  type PasskeySite,
  passkeySite,
  passkeyToMake,
  passkeyToShow,
  readMadePasskey,
} from "../../../platform/sign-in/passkeys.ts";
import { conflict, forbidden, notFound, unusable } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { passkeyAdded, passkeyRemoved, signedIn } from "../events.ts";
import { getAttemptCookie, setAttemptCookie } from "./attempt-cookie.ts";
import { type DemoDirectory, isSharedAccount, SHARED_ACCOUNT } from "./demo-directory.ts";
import { localPath } from "./local-path.ts";
import { findUserEmail } from "./person.store.ts";
import { saySignIn } from "./sign-in.words.ts";
import { signInProblem } from "./sign-in-problem.tsx";
import { askToSignInAgain, startSession } from "./start-session.ts";
import { hubName, noteChange } from "./write-letter.ts";

const MAKING = "passkey made";
const SHOWING = "passkey shown";

const credential = z
  .string()
  .min(1, { error: () => saySignIn("passkeyNeedsScript") })
  .max(100_000);
const keptChallenge = z.object({ challenge: z.string() });

type AnyVisit = Visit<unknown, unknown>;

/** Passkeys: to sign in, and to keep on one's account. */
export function passkeyRoutes(demo: DemoDirectory): RouteDefinition[] {
  return [
    route({
      method: "GET",
      path: "/sign-in/passkey/options",
      who: "public",
      handle: async (visit) => {
        const options = await passkeyToShow(await siteOf(visit));
        await keepChallenge(visit, SHOWING, options.challenge);
        return answerOptions(visit, options);
      },
    }),
    route({
      method: "POST",
      path: "/sign-in/passkey",
      who: "public",
      form: z.object({ credential, to: localPath.default("/work") }),
      events: [signedIn],
      handle: async (visit, form) => {
        const challenge = await takeChallenge(visit, SHOWING);
        const id = idOfShownPasskey(form.credential);
        const key = id ? await findPasskey(visit.trx, id) : null;
        const counter =
          challenge && key
            ? await checkShownPasskey(await siteOf(visit), challenge, form.credential, key)
            : null;
        if (!key || counter === null) return signInProblem(visit, 422, saySignIn("passkeyRefused"));
        await notePasskeyUse(visit.trx, key.credentialId, counter, visit.now);
        if (!(await startSession(visit, key.userId, { by: "passkey", isSecondFactor: true })))
          return signInProblem(visit, 422, saySignIn("passkeyRefused"));
        return visit.redirect(form.to);
      },
    }),
    route({
      method: "GET",
      path: "/account/passkeys/options",
      who: "signed-in",
      handle: async (visit) => {
        const person = whoVisits(visit);
        const email = await findUserEmail(visit.trx, person.userId);
        const options = await passkeyToMake(
          await siteOf(visit),
          { userId: person.userId, email, name: person.personName },
          await listPasskeys(visit.trx, person.userId),
        );
        await keepChallenge(visit, MAKING, options.challenge);
        return answerOptions(visit, options);
      },
    }),
    route({
      method: "POST",
      path: "/account/passkeys",
      who: "signed-in",
      form: z.object({
        credential,
        name: z
          .string()
          .trim()
          .max(60, "Use at most 60 characters for the passkey's name.")
          .transform((name) => name || "Passkey"),
      }),
      events: [passkeyAdded],
      handle: async (visit, form) => {
        const person = whoVisits(visit);
        if (await isSharedAccount(demo, visit.trx, await findUserEmail(visit.trx, person.userId)))
          throw conflict(SHARED_ACCOUNT);
        const first = await askToSignInAgain(visit, "/account");
        if (first) return first;
        const challenge = await takeChallenge(visit, MAKING);
        const made = challenge
          ? await readMadePasskey(await siteOf(visit), challenge, form.credential)
          : null;
        if (!made) throw unusable("The passkey could not be read. Open your account and try again.");
        if (!(await insertPasskey(visit.trx, { ...made, userId: person.userId, name: form.name }, visit.now)))
          throw conflict("This passkey is known already.");
        await visit.record(passkeyAdded, {
          organizationId: person.organizationId,
          subject: ["person", person.personId],
          data: {},
        });
        await noteChange(visit, person, "A passkey was added to your account.");
        return visit.redirect("/account", {
          kind: "good",
          text: "The passkey is added. Sign in with it next time.",
        });
      },
    }),
    route({
      method: "POST",
      path: "/account/passkeys/:key/remove",
      who: "signed-in",
      params: z.object({ key: z.string().max(2000) }),
      events: [passkeyRemoved],
      handle: async (visit) => {
        const person = whoVisits(visit);
        const first = await askToSignInAgain(visit, "/account");
        if (first) return first;
        if (!(await removePasskey(visit.trx, person.userId, visit.params.key)))
          throw notFound("This passkey");
        await visit.record(passkeyRemoved, {
          organizationId: person.organizationId,
          subject: ["person", person.personId],
          data: {},
        });
        await noteChange(visit, person, "A passkey was taken off your account.");
        return visit.redirect("/account", { kind: "good", text: "The passkey is taken off your account." });
      },
    }),
  ];
}

async function siteOf(visit: AnyVisit): Promise<PasskeySite> {
  return passkeySite(visit.platform.config, await hubName(visit), new URL(visit.c.req.url).port);
}

async function keepChallenge(visit: AnyVisit, kind: string, challenge: string): Promise<void> {
  const name = await keepAttempt(visit.trx, kind, { challenge }, visit.now);
  setAttemptCookie(visit.c, name);
}

async function takeChallenge(visit: AnyVisit, kind: string): Promise<string | null> {
  const name = getAttemptCookie(visit.c);
  const kept = name ? keptChallenge.safeParse(await takeAttempt(visit.trx, kind, name, visit.now)) : null;
  return kept?.data?.challenge ?? null;
}

function answerOptions(visit: AnyVisit, options: object): Response {
  visit.c.header("Cache-Control", "no-store");
  return visit.c.json(options);
}

function whoVisits(visit: AnyVisit) {
  if (visit.actor.kind !== "person") throw forbidden("Sign in first.");
  return visit.actor;
}
