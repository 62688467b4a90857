import type { Context } from "hono";
import { getHubCookie, setHubCookie } from "../../../platform/web/hub-cookie.ts";

// Holds the name of a sign-in that has begun: see platform/sign-in/attempt.store.ts.
const NAME = "trellis_attempt";
const SECONDS = 600;

export const setAttemptCookie = (c: Context, attempt: string): void =>
  setHubCookie(c, NAME, attempt, SECONDS);

export const getAttemptCookie = (c: Context): string | undefined => getHubCookie(c, NAME);
