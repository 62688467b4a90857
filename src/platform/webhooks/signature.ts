// Standard Webhooks 1.0.0 (https://www.standardwebhooks.com): HMAC-SHA256 of "id.timestamp.body", in base64.
import { createHmac } from "node:crypto";

const PREFIX = "whsec_";

/**
 * The secret that signs a webhook's messages. It is derived from the hub's own and the webhook's id, so that nothing
 * that signs lies in the database or in a backup.
 */
export function webhookSecret(hubSecret: string, webhookId: string): string {
  return `${PREFIX}${createHmac("sha256", hubSecret).update(`webhook ${webhookId}`).digest("base64")}`;
}

/** The headers that say which message this is, when it was sent, and that it is this hub's. */
export function signatureHeaders(
  secret: string,
  message: { id: string; body: string; at: Date },
): Record<"webhook-id" | "webhook-timestamp" | "webhook-signature", string> {
  const timestamp = String(Math.floor(message.at.getTime() / 1000));
  const key = Buffer.from(secret.slice(PREFIX.length), "base64");
  const signature = createHmac("sha256", key)
    .update(`${message.id}.${timestamp}.${message.body}`)
    .digest("base64");
  return { "webhook-id": message.id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
