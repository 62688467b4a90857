import { z } from "zod";
import { describeError } from "../../../platform/log/log.ts";
import { keepAttempt, takeAttempt } from "../../../platform/sign-in/attempt.store.ts";
import {
  findUserOfProvider,
  hasProvider,
  joinProvider,
} from "../../../platform/sign-in/credentials.store.ts";
import {
  type AgencyUser,
  keptTrip,
  SINGLE_SIGN_ON_RETURN,
  type SingleSignOn,
} from "../../../platform/sign-in/single-sign-on.ts";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { agencyJoined } from "../events.ts";
import { getAttemptCookie, setAttemptCookie } from "./attempt-cookie.ts";
import { type DemoDirectory, isSharedAccount, SHARED_ACCOUNT } from "./demo-directory.ts";
import { localPath } from "./local-path.ts";
import { findActiveUser, findUserEmail, resolveActor } from "./person.store.ts";
import { signInProblem } from "./sign-in-problem.tsx";
import { askToSignInAgain, startSession } from "./start-session.ts";
import { noteChange } from "./write-letter.ts";

const KIND = "agency";

type AnyVisit = Visit<unknown, unknown>;

/** Sign-in with the agency's own accounts, where the settings name its provider. */
export function agencyRoutes(demo: DemoDirectory): RouteDefinition[] {
  return [
    // A link, not a form: the browser's form policy would refuse to be sent on to the agency's site.
    route({
      method: "GET",
      path: "/sign-in/agency",
      who: "public",
      query: z.object({ to: localPath.default("/work") }),
      handle: async (visit) => {
        const agency = getAgency(visit);
        // Another site must not sign somebody in without their wish: there they press the button themselves.
        if (visit.c.req.header("sec-fetch-site") === "cross-site")
          return visit.redirect(`/sign-in?to=${encodeURIComponent(visit.query.to)}`);
        const trip = await agency.begin().catch((error: unknown) => unreachable(visit, agency, error));
        const { address, ...kept } = trip;
        const name = await keepAttempt(visit.trx, KIND, { ...kept, to: visit.query.to }, visit.now);
        setAttemptCookie(visit.c, name);
        return visit.c.redirect(address, 303);
      },
    }),
    route({
      method: "GET",
      path: SINGLE_SIGN_ON_RETURN,
      who: "public",
      query: z.looseObject({}),
      handle: async (visit) => {
        const agency = getAgency(visit);
        const name = getAttemptCookie(visit.c);
        const trip = keptTrip.safeParse(
          name ? await takeAttempt(visit.trx, KIND, name, visit.now) : null,
        ).data;
        if (!trip)
          throw conflict(
            "This sign-in was not begun here, or too long ago. Open the sign-in page and begin again.",
          );
        const query = new URL(visit.c.req.url).searchParams;
        const user = await agency.finish(query, trip).catch((error: unknown) => {
          visit.platform.log.info(
            { request: visit.requestId, err: describeError(error) },
            "single sign-on refused",
          );
          return null;
        });
        if (!user)
          return signInProblem(
            visit,
            409,
            `The sign-in with ${agency.label} did not come to an end. Open the sign-in page and begin again.`,
          );
        const joined = await findUserOfProvider(visit.trx, agency.provider, user.subject);
        // Somebody signed in who is not joined yet wants to be; who is joined signs in once more.
        if (visit.actor.kind === "person" && joined !== visit.actor.userId)
          return join(visit, demo, agency, { ...user, joined });
        const userId = joined ?? (await recognize(visit, agency, user));
        const isIn =
          userId !== null &&
          (await startSession(visit, userId, {
            by: "agency",
            isSecondFactor: agency.countsAsSecondFactor,
          }));
        if (!isIn)
          return signInProblem(
            visit,
            409,
            "Your agency knows you, but this hub does not yet. Ask an administrator of the hub to invite you with the e-mail address that your agency has for you.",
          );
        return visit.redirect(trip.to);
      },
    }),
  ];
}

function getAgency(visit: AnyVisit): SingleSignOn {
  if (!visit.platform.singleSignOn) throw notFound();
  return visit.platform.singleSignOn;
}

/** The user with the e-mail that the agency has checked, who is joined to the agency account from now on. */
async function recognize(visit: AnyVisit, agency: SingleSignOn, user: AgencyUser): Promise<string | null> {
  const person = user.verifiedEmail ? await findActiveUser(visit.trx, user.verifiedEmail) : null;
  // Whoever is joined already is known by what the agency calls them: a mailbox given to somebody new joins nobody.
  if (!person || (await hasProvider(visit.trx, agency.provider, person.userId))) return null;
  const account = {
    provider: agency.provider,
    subject: user.subject,
    userId: person.userId,
    now: visit.now,
  };
  await joinProvider(visit.trx, account);
  await recordJoined(visit, person.userId);
  return person.userId;
}

/** Somebody who is signed in joins their agency account by hand: some agencies do not say that an e-mail is checked. */
async function join(
  visit: AnyVisit,
  demo: DemoDirectory,
  agency: SingleSignOn,
  user: AgencyUser & { joined: string | null },
): Promise<Response> {
  const { actor } = visit;
  if (actor.kind !== "person") throw notFound();
  if (await isSharedAccount(demo, visit.trx, await findUserEmail(visit.trx, actor.userId)))
    throw conflict(SHARED_ACCOUNT);
  const first = await askToSignInAgain(visit, "/account");
  if (first) return first;
  if (user.joined)
    throw conflict(
      "This agency account is joined to somebody else here. An administrator of your hub can help.",
    );
  await joinProvider(visit.trx, {
    provider: agency.provider,
    subject: user.subject,
    userId: actor.userId,
    now: visit.now,
  });
  await recordJoined(visit, actor.userId);
  return visit.redirect("/account", { kind: "good", text: `You can now sign in with ${agency.label}.` });
}

async function recordJoined(visit: AnyVisit, userId: string): Promise<void> {
  const actor = await resolveActor(visit.trx, userId, null);
  if (actor.kind !== "person") return;
  await (await visit.actAs(actor)).record(agencyJoined, {
    organizationId: actor.organizationId,
    subject: ["person", actor.personId],
    data: {},
  });
  await noteChange(visit, actor, "An account of your agency was joined to yours, and signs in as you.");
}

function unreachable(visit: AnyVisit, agency: SingleSignOn, error: unknown): never {
  visit.platform.log.error(
    { request: visit.requestId, err: describeError(error) },
    "single sign-on unreachable",
  );
  throw conflict(
    `The hub cannot reach ${agency.label} at the moment. Try again in some minutes, or sign in another way.`,
  );
}
