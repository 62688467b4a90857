import { lookup } from "node:dns/promises";
import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { bareHost, isPublicAddress } from "./public-address.ts";

/** How far a request may go. */
export interface Reach {
  /** Whether it may go to addresses of the own network. */
  mayBePrivate: boolean;
  /** Asks for a name's addresses; the system's own way where nothing is said. */
  lookUp?: (host: string) => Promise<{ address: string }[]>;
}

/** The host is, or leads to, an address that not everybody may reach. */
export class ClosedAddressError extends Error {}

/** What came back. The body is never read: it may be without end. */
export interface Answer {
  status: number;
  /** Where a redirect leads, as it was written. */
  location: string | null;
}

export interface OutboundRequest {
  method: "GET" | "HEAD" | "POST";
  headers: Record<string, string>;
  body?: string;
}

const lookUpAll = (host: string): Promise<{ address: string }[]> => lookup(host, { all: true });

/**
 * Sends one request: to the very address that the host was checked to lead to, so that a second look at the name cannot
 * lead elsewhere. Redirects are not followed.
 * @throws ClosedAddressError where any address of the host is closed and `reach` does not open it.
 */
export async function requestFrom(
  url: URL,
  request: OutboundRequest,
  reach: Reach,
  signal: AbortSignal,
): Promise<Answer> {
  const address = await resolveHost(bareHost(url), reach, signal);
  return send(url, address, request, signal);
}

async function resolveHost(
  host: string,
  { mayBePrivate, lookUp = lookUpAll }: Reach,
  signal: AbortSignal,
): Promise<string> {
  const found = isIP(host) ? [{ address: host }] : await Promise.race([lookUp(host), whenAborted(signal)]);
  if (!mayBePrivate && !found.every(({ address }) => isPublicAddress(address)))
    throw new ClosedAddressError("The host leads to an address that not everybody may reach.");
  const [first] = found;
  if (!first) throw new Error("The name leads nowhere.");
  return first.address;
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("timed out")), { once: true });
  });

function send(url: URL, address: string, request: OutboundRequest, signal: AbortSignal): Promise<Answer> {
  const family = isIP(address);
  // The name was looked up already; a second look could lead elsewhere.
  const known: LookupFunction = (_host, options, done) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family);
  const open = url.protocol === "https:" ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sending = open(
      url,
      { method: request.method, lookup: known, signal, agent: false, headers: request.headers },
      (answer) => {
        resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? null });
        // What it says is of no interest, and may be without end.
        answer.destroy();
      },
    );
    sending.on("error", reject);
    sending.end(request.body);
  });
}
