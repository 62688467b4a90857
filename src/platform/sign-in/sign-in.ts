import { randomUUID } from "node:crypto";
import { betterAuth } from "better-auth";
import { APIError, createAuthEndpoint } from "better-auth/api";
import { setSessionCookie } from "better-auth/cookies";
import { z } from "zod";
import { type Config, hubAddress } from "../config/config.ts";
import { isBehindTls } from "../config/reach.ts";
import type { OpenDatabase, Trx } from "../database/database.ts";
import { sessionCookiePrefix } from "../web/hub-cookie.ts";
import { setPassword } from "./credentials.store.ts";
import { createPasswordHashing } from "./password-hash.ts";
import { openSecret, sealSecret } from "./second-factor.ts";

/** At least this many characters (NIST SP 800-63B-4 asks for 15 where a password stands alone, 8 with a second factor; ASVS 5 6.2.1: 8, better 15). */
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 128;
const SESSION_DAYS = 7;

/** The sign-in library, with its tables in the schema `auth`. Its endpoints are not mounted: our own routes call them. */
export type SignIn = ReturnType<typeof createSignIn>;

export function createSignIn(config: Config, secret: string, database: OpenDatabase) {
  // The library names its tables without a schema; a small pool of its own finds them by search path.
  const authPool = database.poolFor("auth", 5);
  const passwords = createPasswordHashing(config.passwordCost);
  const auth = betterAuth({
    appName: "Trellis",
    database: authPool,
    secret,
    baseURL: hubAddress(config),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: { hash: passwords.hash, verify: passwords.verify },
    },
    session: {
      expiresIn: SESSION_DAYS * 86_400,
      // However much it is used: after a week one signs in again.
      disableSessionRefresh: true,
      additionalFields: {
        activeMembershipId: { type: "string", required: false, input: false },
        secondFactorAt: { type: "date", required: false, input: false },
      },
    },
    plugins: [sessionsOfOurOwn],
    advanced: {
      // The library's own word for this would put __Secure- before the names, which neighbours of the hub can set as well.
      useSecureCookies: false,
      cookiePrefix: sessionCookiePrefix(isBehindTls(config)),
      defaultCookieAttributes: { secure: isBehindTls(config) },
      ipAddress: { disableIpTracking: true },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  return {
    auth,
    passwords,
    /** The secret of a user's authenticator as it may lie in the database, and back; see second-factor.ts. */
    seal: (userId: string, text: string): Buffer => sealSecret(secret, userId, text),
    open: (userId: string, sealed: Buffer): string | null => openSecret(secret, userId, sealed),
    close: () => authPool.end(),
  };
}

/**
 * Begins a session for somebody whom our own code has recognized: by a link, a passkey, another hub's sign-in, a second
 * factor. Called on the server only; no endpoint of the library is reachable from outside.
 */
const sessionsOfOurOwn = {
  id: "sessions-of-our-own",
  endpoints: {
    startSession: createAuthEndpoint(
      "/sessions-of-our-own/start",
      { method: "POST", body: z.object({ userId: z.string(), secondFactorAt: z.date().nullable() }) },
      async (ctx) => {
        const { userId, secondFactorAt } = ctx.body;
        const user = await ctx.context.internalAdapter.findUserById(userId);
        if (!user) throw new APIError("NOT_FOUND");
        const session = await ctx.context.internalAdapter.createSession(userId, false, { secondFactorAt });
        await setSessionCookie(ctx, { session, user });
        return ctx.json({ token: session.token });
      },
    ),
  },
};

/** A user as the sign-in knows them, for the link that invites them. */
export async function createUserWithoutPassword(
  trx: Trx,
  user: { name: string; email: string },
): Promise<string> {
  const id = randomUUID();
  await trx
    .insertInto("auth.user")
    .values({
      id,
      name: user.name,
      email: user.email.toLowerCase(),
      emailVerified: false,
      updatedAt: new Date(),
    })
    .execute();
  return id;
}

/** Makes a user who signs in with e-mail and password, as part of `trx`. @returns the user's id. */
export async function createUser(
  trx: Trx,
  user: { name: string; email: string; passwordHash: string },
): Promise<string> {
  const id = await createUserWithoutPassword(trx, user);
  await setPassword(trx, id, user.passwordHash, new Date());
  return id;
}

/** A password as it is kept. */
export const hashPassword = (signIn: SignIn, password: string): Promise<string> =>
  signIn.passwords.hash(password);
