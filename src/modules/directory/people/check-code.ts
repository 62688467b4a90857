import {
  countRecoveryCodes,
  findAuthenticator,
  takeRecoveryCode,
  takeStep,
} from "../../../platform/sign-in/second-factor.store.ts";
import {
  hashRecoveryCode,
  looksLikeRecoveryCode,
  stepOfCode,
} from "../../../platform/sign-in/second-factor.ts";
import { conflict } from "../../../platform/web/problems.ts";
import { createRateLimit } from "../../../platform/web/rate-limit.ts";
import type { Visit } from "../../../platform/web/route.ts";
import { recoveryCodeUsed } from "../events.ts";
import { resolveActor } from "./person.store.ts";
import { noteChange } from "./write-letter.ts";

/** Wrong codes per user in fifteen minutes: that a guess is right has a chance of 2 in 100,000. */
const ATTEMPTS = 6;
const WINDOW_SECONDS = 900;

type AnyVisit = Visit<unknown, unknown>;

/** Makes the check of codes: what is wrong with one, or null; a right one is used up. */
export function createCodeCheck(): (visit: AnyVisit, userId: string, code: string) => Promise<string | null> {
  const attempts = createRateLimit(ATTEMPTS, WINDOW_SECONDS);
  return async (visit, userId, code) => {
    const wait = attempts.hit(userId, visit.now);
    if (wait > 0) return `Too many attempts. Wait ${Math.ceil(wait / 60)} minutes, then try again.`;
    const problem = looksLikeRecoveryCode(code)
      ? await refuseRecoveryCode(visit, userId, code)
      : await refuseDigits(visit, userId, code);
    if (problem === null) attempts.forget(userId);
    else visit.platform.log.info({ request: visit.requestId }, "second factor refused");
    return problem;
  };
}

/** The same transaction with the rights of the person who has just shown who they are. */
export async function asPerson(visit: AnyVisit, userId: string) {
  const actor = await resolveActor(visit.trx, userId, null);
  if (actor.kind !== "person") throw conflict("You are not signed in any more. Sign in, and send it again.");
  return { work: await visit.actAs(actor), organizationId: actor.organizationId, personId: actor.personId };
}

async function refuseDigits(visit: AnyVisit, userId: string, code: string): Promise<string | null> {
  const digits = code.replaceAll(/\s/g, "");
  if (!/^\d{6}$/.test(digits))
    return "A code has six digits; a recovery code has seven groups of four letters and digits.";
  const known = await findAuthenticator(visit.trx, userId);
  const secret = known ? visit.platform.signIn.open(userId, known.sealedSecret) : null;
  if (known && secret === null)
    return "The hub cannot read your authenticator's key any more. Use a recovery code, or ask an administrator to take the second factor off.";
  const step = secret === null ? null : stepOfCode(secret, digits, visit.now);
  if (step === null)
    return "This code is not right, or too old. Wait for the next one; check that your telephone shows the right time.";
  return (await takeStep(visit.trx, userId, step))
    ? null
    : "This code was used already. Wait for the next one, and type that.";
}

async function refuseRecoveryCode(visit: AnyVisit, userId: string, code: string): Promise<string | null> {
  if (!(await takeRecoveryCode(visit.trx, userId, hashRecoveryCode(code), visit.now)))
    return "This recovery code is not one of yours, or was used already.";
  const acting = await asPerson(visit, userId);
  await acting.work.record(recoveryCodeUsed, {
    organizationId: acting.organizationId,
    subject: ["person", acting.personId],
    data: { left: await countRecoveryCodes(visit.trx, userId) },
  });
  await noteChange(
    visit,
    { userId, personId: acting.personId },
    "A recovery code was used to sign in as you.",
  );
  return null;
}
