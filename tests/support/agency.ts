// An agency's own sign-in: a real OpenID Connect provider on a port of this machine.
import { generateKeyPairSync } from "node:crypto";
import { createServer, type Server } from "node:http";
import { Provider } from "oidc-provider";
import { afterAll } from "vitest";

export interface Agency {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Walks through the agency's pages as one of its people. @returns the address that it sends the browser back to. */
  signIn(address: string, person: string): Promise<string>;
}

/** A person of the agency, by what it calls them. */
export interface AgencyPerson {
  email: string;
  verified: boolean;
}

/**
 * Starts the provider.
 * @param returnTo where it may send people back to.
 * @param algorithm how it signs its ID tokens.
 */
export async function openAgency(
  people: Record<string, AgencyPerson>,
  returnTo: string,
  algorithm: "RS256" | "PS256" | "ES256" | "Ed25519" | "HS256" = "RS256",
): Promise<Agency> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(() => close(server));
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  const [clientId, clientSecret] = ["trellis", "a secret between the hub and the agency"];
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: clientId,
        client_secret: clientSecret,
        redirect_uris: [returnTo],
        id_token_signed_response_alg: algorithm,
      },
    ],
    jwks: {
      keys: [
        generateKeyPairSync("rsa", { modulusLength: 2048 }),
        generateKeyPairSync("ec", { namedCurve: "P-256" }),
        generateKeyPairSync("ed25519"),
      ].map(({ privateKey }) => ({ ...privateKey.export({ format: "jwk" }), use: "sig" })),
    },
    enabledJWA: { idTokenSigningAlgValues: ["RS256", algorithm] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    pkce: { required: () => true },
    cookies: { keys: ["a key of the agency"] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, email: people[id]?.email, email_verified: people[id]?.verified }),
    }),
  });
  const answer = provider.callback();
  server.on("request", (request, response) => void answer(request, response));
  return { issuer, clientId, clientSecret, signIn: (start, person) => walk(issuer, start, person) };
}

/** Follows redirects and sends the provider's forms, with its cookies, until it leads back to the hub. */
async function walk(issuer: string, start: string, person: string): Promise<string> {
  const jar = new Map<string, string>();
  let next = start;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 12; step++) {
    const answer: Response = await fetch(next, {
      redirect: "manual",
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join("; ") },
      ...(form ? { method: "POST", body: form } : {}),
    });
    form = null;
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split(/=(.*)/s);
      if (value) jar.set(name, value);
      else jar.delete(name);
    }
    const location = answer.headers.get("location");
    if (location) {
      next = new URL(location, next).href;
      if (!next.startsWith(issuer)) return next;
      continue;
    }
    const page = await answer.text();
    const action = /<form[^>]*action="([^"]+)"/.exec(page)?.[1];
    if (!action) throw new Error(`the agency shows no form: ${answer.status} ${page.slice(0, 300)}`);
    next = new URL(action, next).href;
    form = new URLSearchParams({
      prompt: page.includes('name="password"') ? "login" : "consent",
      login: person,
      password: "the agency does not check it",
    });
  }
  throw new Error("the agency does not lead back");
}

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
