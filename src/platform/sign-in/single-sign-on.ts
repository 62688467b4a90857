import * as openid from "openid-client";
import { z } from "zod";
import { type Config, hubAddress } from "../config/config.ts";

/** What the agency's own sign-in is asked for, and what must be remembered until it answers. */
export interface SignInTrip {
  address: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** Whom the agency's sign-in says this is. */
export interface AgencyUser {
  /** What the agency calls them, for ever. */
  subject: string;
  /** Only where the agency says that it has checked it. */
  verifiedEmail: string | null;
}

const kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), to: z.string() });
/** What is kept of a trip between going and coming back. */
export const keptTrip = kept;

/** Sign-in through an OpenID Connect provider named by the settings. */
export interface SingleSignOn {
  /** The button's words. */
  label: string;
  /** Whether the agency asks for a second factor itself. */
  countsAsSecondFactor: boolean;
  /** In accounts, so that another provider's users are never taken for this one's. */
  provider: string;
  /** @throws where the provider cannot be reached. */
  begin(): Promise<SignInTrip>;
  /** @throws where the answer is not the provider's, or not to this trip. */
  finish(
    query: URLSearchParams,
    trip: { state: string; nonce: string; verifier: string },
  ): Promise<AgencyUser>;
}

/** Where the provider sends people back to. */
export const SINGLE_SIGN_ON_RETURN = "/sign-in/agency/return";

/**
 * OpenID Connect with code flow, PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636, RFC 9700).
 * @returns null where the settings name no provider.
 */
export function createSingleSignOn(config: Config): SingleSignOn | null {
  const { oidc } = config;
  if (!oidc) return null;
  const returnTo = hubAddress(config, SINGLE_SIGN_ON_RETURN);
  let known: Promise<openid.Configuration> | null = null;
  // Asked once the first person comes: a provider that is down must not keep the hub from starting.
  const provider = (): Promise<openid.Configuration> => {
    known ??= discover(oidc).catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
  return {
    label: oidc.label,
    countsAsSecondFactor: oidc.countsAsSecondFactor,
    provider: `oidc:${oidc.issuer}`,
    begin: async () => {
      const verifier = openid.randomPKCECodeVerifier();
      const state = openid.randomState();
      const nonce = openid.randomNonce();
      const address = openid.buildAuthorizationUrl(await provider(), {
        redirect_uri: returnTo,
        scope: "openid email profile",
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: "S256",
        state,
        nonce,
      });
      return { address: address.href, state, nonce, verifier };
    },
    finish: async (query, trip) => {
      const back = new URL(returnTo);
      back.search = query.toString();
      const tokens = await openid.authorizationCodeGrant(await provider(), back, {
        expectedState: trip.state,
        expectedNonce: trip.nonce,
        pkceCodeVerifier: trip.verifier,
        idTokenExpected: true,
      });
      const claims = tokens.claims();
      if (!claims) throw new Error("the provider sent no ID token");
      // Some providers put the e-mail into the ID token, others only into the answer to userinfo.
      const said =
        "email" in claims
          ? claims
          : await openid.fetchUserInfo(await provider(), tokens.access_token, claims.sub);
      const { email, email_verified: isVerified } = said;
      return {
        subject: claims.sub,
        verifiedEmail: typeof email === "string" && isVerified === true ? email.toLowerCase() : null,
      };
    },
  };
}

function discover(oidc: NonNullable<Config["oidc"]>): Promise<openid.Configuration> {
  const issuer = new URL(oidc.issuer);
  const isLocal = issuer.hostname === "localhost" || issuer.hostname === "127.0.0.1";
  return openid.discovery(issuer, oidc.clientId, undefined, openid.ClientSecretBasic(oidc.clientSecret), {
    timeout: 10,
    // On this machine alone, for trying out; everywhere else the provider must speak TLS.
    execute: [
      ...(isLocal && issuer.protocol === "http:" ? [openid.allowInsecureRequests] : []),
      // The ID token's signature is checked too, not only where it came from; and with that only RSA from 2048 bits on,
      // ECDSA, EdDSA and ML-DSA are taken: what anybody with the client's secret could sign (HS256) is not, nor "none".
      openid.enableNonRepudiationChecks,
    ],
  });
}
