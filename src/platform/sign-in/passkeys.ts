import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { z } from "zod";
import type { Config } from "../config/config.ts";
import type { Passkey } from "./passkey.store.ts";

// WebAuthn level 3 through its library. A passkey always asks its holder for a finger, a face or a PIN (user
// verification): it is something one has and something one is or knows, hence two factors at once.

/** Where passkeys of this hub are valid: its host and its origin as the browser sees them. */
export interface PasskeySite {
  name: string;
  host: string;
  origin: string;
}

/** The site as people reach it: the configured address, or this machine's own. Never what a request claims of itself. */
export function passkeySite(config: Config, hubName: string, port: string): PasskeySite {
  const url = new URL(config.publicUrl ?? `http://localhost:${port || "80"}`);
  return { name: hubName, host: url.hostname, origin: url.origin };
}

/** What the browser is asked to make; its `challenge` must be kept for the answer. */
export function passkeyToMake(
  site: PasskeySite,
  person: { userId: string; email: string; name: string },
  known: readonly Passkey[],
) {
  return generateRegistrationOptions({
    rpName: site.name,
    rpID: site.host,
    userID: new TextEncoder().encode(person.userId),
    userName: person.email,
    userDisplayName: person.name,
    attestationType: "none",
    excludeCredentials: known.map((key) => ({ id: key.credentialId })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** What the browser is asked to show: any passkey of this hub. */
export const passkeyToShow = (site: PasskeySite) =>
  generateAuthenticationOptions({ rpID: site.host, userVerification: "required" });

const text = z.string().max(20_000);
const made = z.looseObject({
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  response: z.looseObject({
    clientDataJSON: text,
    attestationObject: text,
    transports: z.array(text).optional(),
  }),
});
const shown = z.looseObject({
  id: text,
  rawId: text,
  type: z.literal("public-key"),
  response: z.looseObject({ clientDataJSON: text, authenticatorData: text, signature: text }),
});

/** A browser's answer as JSON text, or null where it is none. */
function parse<Schema extends z.ZodType>(schema: Schema, json: string): z.infer<Schema> | null {
  try {
    return schema.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

/** The new key out of the browser's answer; null where the answer does not fit the challenge or the site. */
export async function readMadePasskey(
  site: PasskeySite,
  challenge: string,
  json: string,
): Promise<{ credentialId: string; publicKey: Buffer; counter: number; transports: string[] } | null> {
  const response = parse(made, json);
  if (!response) return null;
  try {
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      response: { clientExtensionResults: {}, ...response } as RegistrationResponseJSON,
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      requireUserVerification: true,
    });
    if (!verified) return null;
    const { credential } = registrationInfo;
    return {
      credentialId: credential.id,
      publicKey: Buffer.from(credential.publicKey),
      counter: credential.counter,
      transports: credential.transports ?? [],
    };
  } catch {
    // The library tells by errors what does not fit; to the person it is all the same.
    return null;
  }
}

/** Which key the browser's answer shows. */
export const idOfShownPasskey = (json: string): string | null => parse(shown, json)?.id ?? null;

/** The key's new counter, or null where the answer is not signed by it for this challenge and site. */
export async function checkShownPasskey(
  site: PasskeySite,
  challenge: string,
  json: string,
  key: Passkey,
): Promise<number | null> {
  const response = parse(shown, json);
  if (!response) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { clientExtensionResults: {}, ...response },
      expectedChallenge: challenge,
      expectedOrigin: site.origin,
      expectedRPID: site.host,
      credential: {
        id: key.credentialId,
        publicKey: new Uint8Array(key.publicKey),
        counter: key.counter,
      },
      requireUserVerification: true,
    });
    return verified ? authenticationInfo.newCounter : null;
  } catch {
    return null;
  }
}
