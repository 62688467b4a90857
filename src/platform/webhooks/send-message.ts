import { ClosedAddressError, type Reach, requestFrom } from "../outbound/guarded-request.ts";
import { whyNotWebhookUrl } from "./webhook-url.ts";

/** What came of one try. */
export interface Sending {
  /** The answer's status, or null where there was none. */
  status: number | null;
  /** Why it counts as not delivered, in words; null: delivered. */
  problem: string | null;
}

const TIMEOUT_MS = 10_000;

/**
 * Posts a message: to the very address that the name was checked to lead to, without following redirects, within ten
 * seconds. Never throws: what goes wrong is the answer.
 */
export async function sendMessage(
  text: string,
  message: { body: string; headers: Record<string, string> },
  reach: Reach,
): Promise<Sending> {
  const refusal = whyNotWebhookUrl(text, reach.mayBePrivate);
  if (refusal) return { status: null, problem: refusal };
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const answer = await requestFrom(
      new URL(text),
      {
        method: "POST",
        body: message.body,
        headers: {
          ...message.headers,
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength(message.body)),
          "user-agent": "Trellis-Webhook/1",
        },
      },
      reach,
      signal,
    );
    const { status } = answer;
    if (status >= 200 && status < 300) return { status, problem: null };
    const why =
      status >= 300 && status < 400
        ? "It answered with a redirect, which is not followed."
        : `It answered ${status}.`;
    return { status, problem: why };
  } catch (error) {
    if (error instanceof ClosedAddressError)
      return { status: null, problem: "The name leads to a private or local network." };
    return { status: null, problem: signal.aborted ? "No answer came within ten seconds." : inWords(error) };
  }
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
