// AWS Signature Version 4 as its documentation tells it, computed here once more: the store of the tests checks with it.
import { createHash, createHmac } from "node:crypto";

export interface SignedRequest {
  method: string;
  /** As sent: path and query, encoded. */
  target: string;
  headers: Record<string, string | string[] | undefined>;
}

export interface Claim {
  accessKeyId: string;
  date: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
}

/** What an Authorization header says, or null. */
export function readClaim(header: string | undefined): Claim | null {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
      header ?? "",
    );
  if (!found) return null;
  const [, accessKeyId = "", date = "", region = "", service = "", signed = "", signature = ""] = found;
  return { accessKeyId, date, region, service, signedHeaders: signed.split(";"), signature };
}

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/** The signature that a request must have, by the secret. */
export function computeSignature(
  request: SignedRequest,
  claim: Omit<Claim, "signature">,
  secret: string,
): string {
  const [path = "", query = ""] = request.target.split("?");
  const header = (name: string): string =>
    String(request.headers[name] ?? "")
      .trim()
      .replaceAll(/ +/g, " ");
  const canonicalQuery = query
    .split("&")
    .filter(Boolean)
    .map((part) => (part.includes("=") ? part : `${part}=`))
    .toSorted()
    .join("&");
  const canonical = [
    request.method,
    path,
    canonicalQuery,
    ...claim.signedHeaders.map((name) => `${name}:${header(name)}`),
    "",
    claim.signedHeaders.join(";"),
    header("x-amz-content-sha256"),
  ].join("\n");
  const scope = `${claim.date}/${claim.region}/${claim.service}/aws4_request`;
  const text = [
    "AWS4-HMAC-SHA256",
    header("x-amz-date"),
    scope,
    createHash("sha256").update(canonical).digest("hex"),
  ].join("\n");
  const key = [claim.region, claim.service, "aws4_request"].reduce<Buffer>(
    (made, part) => hmac(made, part),
    hmac(`AWS4${secret}`, claim.date),
  );
  return hmac(key, text).toString("hex");
}
