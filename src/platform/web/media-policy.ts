import type { Context } from "hono";

const PLAYS_MEDIA = "playsMedia" as never;

/** The page of this request plays sound or film of the hub's own; no other page may load any. */
export const allowMedia = (c: Context): void => c.set(PLAYS_MEDIA, true as never);

/** A page's policy, with sound and film where it plays some. */
export const withMedia = (c: Context, policy: string): string =>
  c.get(PLAYS_MEDIA) === true ? `${policy}; media-src 'self'` : policy;

/**
 * The policy of a file that is given out: it may do nothing. A browser that is led to a recording itself makes a page
 * around it, which plays the file by its address.
 */
export const sandboxPolicy = (type: string): string =>
  `default-src 'none'; ${/^(audio|video)\//.test(type) ? "media-src 'self'; " : ""}base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox`;
