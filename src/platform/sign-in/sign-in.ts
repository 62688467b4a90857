import { randomUUID } from "node:crypto";
import { betterAuth } from "better-auth";
import type { Config } from "../config/config.ts";
import type { OpenDatabase, Trx } from "../database/database.ts";

/** At least this many characters (NIST SP 800-63B-4 asks for 15 where a password stands alone, 8 with a second factor; ASVS 5 6.2.1: 8, better 15). */
export const SHORTEST_PASSWORD = 12;
const LONGEST_PASSWORD = 128;
const SESSION_DAYS = 7;

/** The sign-in library, with its tables in the schema `auth`. Its endpoints are not mounted: our own routes call them. */
export type SignIn = ReturnType<typeof createSignIn>;

export function createSignIn(config: Config, secret: string, database: OpenDatabase) {
  // The library names its tables without a schema; a small pool of its own finds them by search path.
  const authPool = database.poolFor("auth", 5);
  const auth = betterAuth({
    appName: "Trellis",
    database: authPool,
    secret,
    baseURL: config.publicUrl ?? `http://localhost:${config.port}`,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
    },
    session: {
      expiresIn: SESSION_DAYS * 86_400,
      updateAge: 86_400,
      additionalFields: { activeMembershipId: { type: "string", required: false, input: false } },
    },
    advanced: {
      useSecureCookies: config.publicUrl?.startsWith("https:") ?? false,
      cookiePrefix: "trellis",
      ipAddress: { disableIpTracking: true },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  return { auth, close: () => authPool.end() };
}

/** Makes a user who signs in with e-mail and password, as part of `trx`. @returns the user's id. */
export async function createUser(
  trx: Trx,
  user: { name: string; email: string; passwordHash: string },
): Promise<string> {
  const id = randomUUID();
  const updatedAt = new Date();
  await trx
    .insertInto("auth.user")
    .values({ id, name: user.name, email: user.email.toLowerCase(), emailVerified: true, updatedAt })
    .execute();
  await trx
    .insertInto("auth.account")
    .values({
      id: randomUUID(),
      userId: id,
      accountId: id,
      providerId: "credential",
      password: user.passwordHash,
      updatedAt,
    })
    .execute();
  return id;
}

/** The library's scrypt hash of a password. */
export async function hashPassword(signIn: SignIn, password: string): Promise<string> {
  const context = await signIn.auth.$context;
  return context.password.hash(password);
}
