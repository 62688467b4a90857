import type { Config } from "../../../platform/config/config.ts";

/** Holds the name of a sign-in that has begun: see platform/sign-in/attempt.store.ts. */
export const ATTEMPT_COOKIE = "trellis_attempt";

/** Lax, so that it comes back from another organization's sign-in page. */
export const attemptCookie = (config: Config) =>
  ({
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: config.publicUrl?.startsWith("https:") ?? false,
    maxAge: 600,
  }) as const;
