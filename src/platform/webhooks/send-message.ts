import { lookup } from "node:dns/promises";
import { request as requestPlain } from "node:http";
import { request as requestSecure } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { bareHost, isPublicAddress, whyNotWebhookUrl } from "./public-address.ts";

/** What came of one try. */
export interface Sending {
  /** The answer's status, or null where there was none. */
  status: number | null;
  /** Why it counts as not delivered, in words; null: delivered. */
  problem: string | null;
}

export interface SendingOptions {
  /** Whether it may go to addresses of the own network, and without https. */
  mayBePrivate: boolean;
  /** Asks for a name's addresses; the system's own way where nothing is said. */
  lookUp?: (host: string) => Promise<{ address: string }[]>;
}

const lookUpAll = (host: string): Promise<{ address: string }[]> => lookup(host, { all: true });

const TIMEOUT_MS = 10_000;

/**
 * Posts a message: to the very address that the name was checked to lead to, without following redirects, within ten
 * seconds. Never throws: what goes wrong is the answer.
 */
export async function sendMessage(
  text: string,
  message: { body: string; headers: Record<string, string> },
  { mayBePrivate, lookUp = lookUpAll }: SendingOptions,
): Promise<Sending> {
  const refusal = whyNotWebhookUrl(text, mayBePrivate);
  if (refusal) return { status: null, problem: refusal };
  const url = new URL(text);
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const address = await resolveHost(bareHost(url), mayBePrivate, lookUp, signal);
    if (!address) return { status: null, problem: "The name leads to a private or local network." };
    const status = await post(url, address, message, signal);
    if (status >= 200 && status < 300) return { status, problem: null };
    const why =
      status >= 300 && status < 400
        ? "It answered with a redirect, which is not followed."
        : `It answered ${status}.`;
    return { status, problem: why };
  } catch (error) {
    return { status: null, problem: signal.aborted ? "No answer came within ten seconds." : inWords(error) };
  }
}

/** One address of the host; null where any of its addresses is closed. */
async function resolveHost(
  host: string,
  mayBePrivate: boolean,
  lookUp: NonNullable<SendingOptions["lookUp"]>,
  signal: AbortSignal,
): Promise<string | null> {
  if (isIP(host)) return mayBePrivate || isPublicAddress(host) ? host : null;
  const found = await Promise.race([lookUp(host), whenAborted(signal)]);
  if (!mayBePrivate && !found.every(({ address }) => isPublicAddress(address))) return null;
  return found[0]?.address ?? null;
}

const whenAborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(new Error("timed out")), { once: true });
  });

function post(
  url: URL,
  address: string,
  message: { body: string; headers: Record<string, string> },
  signal: AbortSignal,
): Promise<number> {
  const family = isIP(address);
  // The name was looked up already; a second look could lead elsewhere.
  const known: LookupFunction = (_host, options, done) =>
    options.all ? done(null, [{ address, family }]) : done(null, address, family);
  const send = url.protocol === "https:" ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    const sending = send(
      url,
      {
        method: "POST",
        lookup: known,
        signal,
        agent: false,
        headers: {
          ...message.headers,
          "content-type": "application/json",
          "content-length": Buffer.byteLength(message.body),
          "user-agent": "Trellis-Webhook/1",
        },
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        // What it says is of no interest, and may be without end.
        answer.destroy();
      },
    );
    sending.once("error", reject);
    sending.end(message.body);
  });
}

const REASONS: Record<string, string> = {
  ENOTFOUND: "There is no such host.",
  EAI_AGAIN: "The name could not be looked up.",
  ECONNREFUSED: "Nothing listens there: the connection was refused.",
  ECONNRESET: "The connection broke off.",
  EHOSTUNREACH: "The host cannot be reached.",
  ENETUNREACH: "The host cannot be reached.",
  CERT_HAS_EXPIRED: "Its certificate has expired.",
  DEPTH_ZERO_SELF_SIGNED_CERT: "Its certificate is signed by itself.",
  ERR_TLS_CERT_ALTNAME_INVALID: "Its certificate is for another name.",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "Its certificate cannot be checked.",
};

const inWords = (error: unknown): string => {
  const code = (error as { code?: string }).code ?? "";
  return REASONS[code] ?? `The connection failed${code ? ` (${code})` : ""}.`;
};
