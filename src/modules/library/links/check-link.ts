import { setTimeout as pause } from "node:timers/promises";
import {
  type Answer,
  ClosedAddressError,
  type OutboundRequest,
  type Reach,
  requestFrom,
} from "../../../platform/outbound/guarded-request.ts";
import { bareHost, isClosedHost } from "../../../platform/outbound/public-address.ts";
import type { Finding, LinkProblem } from "./link.types.ts";

const MOST_REDIRECTS = 3;
const REQUEST_MS = 8000;
const LONGEST_ADDRESS = 2000;
/** Answers of sites that keep programs out: what they say is not that the page is missing. */
const GUARDED = new Set([401, 402, 403, 405, 406, 407, 429, 451, 999]);
const PERMANENT = new Set([301, 308]);
const HEADERS = {
  "user-agent": "Trellis-LinkCheck/1",
  accept: "*/*",
  // The answer is not read.
  range: "bytes=0-0",
};

/**
 * Looks at one address as a reader's browser would come by it: HEAD, then GET where HEAD is not answered well, through at
 * most three redirects. Each hop is checked anew, and goes to the very address that was checked. Never throws.
 */
export async function checkLink(text: string, reach: Reach): Promise<Finding> {
  let url = text;
  // Only what says that it moved for good is a new address; what follows a passing redirect is not.
  let movedTo: string | null = null;
  let isPermanent = true;
  for (let redirects = 0; ; redirects += 1) {
    if (!mayGoTo(url, reach)) return failed("private");
    let answer: Answer;
    try {
      answer = await ask(new URL(url), reach);
    } catch (error) {
      return failed(problemOf(error));
    }
    const { status, location } = answer;
    if (status < 300 || status >= 400 || status === 304 || location === null)
      return judgeAnswer(status, movedTo);
    if (redirects === MOST_REDIRECTS) return failed("redirects", status);
    if (!URL.canParse(location, url)) return failed("redirects", status);
    url = new URL(location, url).href;
    isPermanent &&= PERMANENT.has(status);
    if (isPermanent && url.length <= LONGEST_ADDRESS) movedTo = url;
  }
}

const failed = (problem: LinkProblem, status: number | null = null): Finding => ({
  state: "failed",
  status,
  problem,
});

function judgeAnswer(status: number, movedTo: string | null): Finding {
  // 416: the page has fewer bytes than the one that was asked for.
  if ((status >= 200 && status < 400) || status === 416)
    return movedTo === null ? { state: "ok" } : { state: "moved", to: movedTo };
  if (GUARDED.has(status)) return { state: "guarded", status };
  return failed(status === 404 ? "not_found" : status === 410 ? "gone" : "server", status);
}

/** By the address itself; what its name leads to is looked at when the request goes out. */
function mayGoTo(text: string, { mayBePrivate }: Reach): boolean {
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return false;
  if (url.username || url.password) return false;
  return mayBePrivate || !isClosedHost(bareHost(url));
}

async function ask(url: URL, reach: Reach): Promise<Answer> {
  const send = (method: OutboundRequest["method"]): Promise<Answer> =>
    requestFrom(url, { method, headers: HEADERS }, reach, AbortSignal.timeout(REQUEST_MS));
  try {
    const answer = await send("HEAD");
    if (answer.status < 400) return answer;
  } catch (error) {
    // Some servers hang up on HEAD.
    if (problemOf(error) !== "connection") throw error;
  }
  return send("GET");
}

const PROBLEMS: Record<string, LinkProblem> = {
  ENOTFOUND: "no_host",
  ECONNREFUSED: "refused",
  ETIMEDOUT: "timeout",
  CERT_HAS_EXPIRED: "certificate",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate",
};

function problemOf(error: unknown): LinkProblem {
  if (error instanceof ClosedAddressError) return "private";
  const { name, code = "" } = error as { name?: string; code?: string };
  if (name === "AbortError" || name === "TimeoutError" || /timed out/.test(String(error))) return "timeout";
  return PROBLEMS[code] ?? "connection";
}

/** Between two looks at one host. */
const PAUSE_MS = 500;
const HOSTS_AT_ONCE = 6;

export interface CheckOptions extends Reach {
  pauseMs?: number;
  /** No further look is begun after this moment, by `performance.now()`. */
  until: number;
}

/** Looks at many addresses: at several hosts at a time, at each host's one after another. */
export async function checkLinks(
  urls: readonly string[],
  options: CheckOptions,
): Promise<Map<string, Finding>> {
  const byHost = new Map<string, string[]>();
  for (const url of urls) {
    const { host } = new URL(url);
    byHost.set(host, [...(byHost.get(host) ?? []), url]);
  }
  const hosts = [...byHost.values()];
  const findings = new Map<string, Finding>();
  const visitHosts = async (): Promise<void> => {
    for (let host = hosts.shift(); host; host = hosts.shift()) {
      for (const [place, url] of host.entries()) {
        if (performance.now() > options.until) return;
        if (place > 0) await pause(options.pauseMs ?? PAUSE_MS);
        findings.set(url, await checkLink(url, options));
      }
    }
  };
  await Promise.all(Array.from({ length: HOSTS_AT_ONCE }, visitHosts));
  return findings;
}
