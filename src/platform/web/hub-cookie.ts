import type { Context } from "hono";
import { deleteCookie, getCookie, setCookie } from "hono/cookie";

// Behind TLS the names of all cookies begin with __Host-: browsers take such a one from this host alone, over TLS, for
// all its paths, so that no neighbour below the same domain can put one of its own in its place. On plain http, which is
// this machine, browsers would refuse them.

/** Where the name of the session's cookie begins; the library makes the rest. */
export const sessionCookiePrefix = (isBehindTls: boolean): string =>
  isBehindTls ? "__Host-trellis" : "trellis";

const isBehindTls = (c: Context): boolean => c.get("secureCookies" as never) === true;
const hostOnly = (c: Context): { prefix?: "host" } => (isBehindTls(c) ? { prefix: "host" } : {});

/** Lax, so that it comes back from another organization's sign-in page. */
export function setHubCookie(c: Context, name: string, value: string, seconds: number): void {
  setCookie(c, name, value, {
    ...hostOnly(c),
    path: "/",
    httpOnly: true,
    sameSite: "Lax",
    secure: isBehindTls(c),
    maxAge: seconds,
  });
}

export const getHubCookie = (c: Context, name: string): string | undefined =>
  isBehindTls(c) ? getCookie(c, name, "host") : getCookie(c, name);

export function dropHubCookie(c: Context, name: string): void {
  deleteCookie(c, name, { ...hostOnly(c), path: "/", secure: isBehindTls(c) });
}
