import type { Context } from "hono";
import { endSession } from "../../../platform/sign-in/credentials.store.ts";
import { forbidden } from "../../../platform/web/problems.ts";
import type { Visit } from "../../../platform/web/route.ts";
import { signedIn } from "../events.ts";
import { resolveActor } from "./person.store.ts";

/** How somebody showed who they are. */
export type SignedInBy = "password" | "link" | "passkey" | "agency";

type AnyVisit = Visit<unknown, unknown>;

/**
 * Begins a session for somebody who has been recognized, and ends the one this browser had: the name of a session never
 * outlives a step of signing in.
 * @param isSecondFactor whether they have shown two factors.
 * @returns false where the user may not sign in (no membership any more).
 */
export async function startSession(
  visit: AnyVisit,
  userId: string,
  how: { by: SignedInBy; isSecondFactor: boolean },
): Promise<boolean> {
  const actor = await resolveActor(visit.trx, userId, null);
  if (actor.kind !== "person") return false;
  const answer = await visit.platform.signIn.auth.api.startSession({
    body: { userId, secondFactorAt: how.isSecondFactor ? visit.now : null },
    headers: visit.c.req.raw.headers,
    asResponse: true,
  });
  if (!answer.ok) return false;
  passCookies(visit.c, answer);
  await endEarlierSession(visit);
  await (await visit.actAs(actor)).record(signedIn, {
    organizationId: actor.organizationId,
    subject: ["person", actor.personId],
    data: { by: how.by, secondFactor: how.isSecondFactor },
  });
  return true;
}

/** Ends the session that this browser had until now, whosever it was. */
export async function endEarlierSession(visit: AnyVisit): Promise<void> {
  const before = await currentSession(visit);
  if (before) await endSession(visit.trx, before.userId, before.id);
}

/** The session that this request came with, or null. */
export async function currentSession(
  visit: AnyVisit,
): Promise<{ id: string; token: string; userId: string; startedAt: Date } | null> {
  const found = await visit.platform.signIn.auth.api.getSession({ headers: visit.c.req.raw.headers });
  if (!found) return null;
  const { id, token, userId, createdAt } = found.session;
  return { id, token, userId, startedAt: createdAt };
}

/** As currentSession, where there must be one. */
export async function getCurrentSession(visit: AnyVisit) {
  const session = await currentSession(visit);
  if (!session) throw forbidden("You are not signed in any more. Sign in, and send it again.");
  return session;
}

/** Hands the library's cookies on to the browser. */
export function passCookies(c: Context, answer: Response): void {
  for (const cookie of answer.headers.getSetCookie()) c.header("Set-Cookie", cookie, { append: true });
}

/** How old a sign-in may be to change how one signs in, or to end other sessions, in minutes (ASVS 5, 7.5.1 and 7.5.2). */
const FRESH_MINUTES = 30;

/**
 * Sends those whose sign-in is long ago to the sign-in page first: an open browser that somebody has left must not be
 * enough to change how its owner signs in, or to sign them out elsewhere.
 * @returns an answer to give instead, or null.
 */
export async function askToSignInAgain(visit: AnyVisit, to: string): Promise<Response | null> {
  const session = await getCurrentSession(visit);
  if (visit.now.getTime() - session.startedAt.getTime() <= FRESH_MINUTES * 60_000) return null;
  return visit.redirect(`/sign-in?to=${encodeURIComponent(to)}`, {
    kind: "info",
    text: "To change how and where you are signed in, sign in once more.",
  });
}
