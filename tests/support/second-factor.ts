// An authenticator app, as the telephone of somebody in a test.
import { Secret, TOTP } from "otpauth";
import type { TestHub } from "./test-hub.ts";

/** The code that the app shows at a moment. */
export const codeAt = (key: string, at: Date): string =>
  new TOTP({ secret: Secret.fromBase32(key) }).generate({ timestamp: at.getTime() });

/** The key on the set-up page, as one who cannot scan types it. */
export function keyOn(page: string): string {
  const key = /<code>([A-Z2-7 ]{20,})<\/code>/.exec(page)?.[1];
  if (!key) throw new Error("the page shows no key");
  return key.replaceAll(" ", "");
}

/** Cookies of an answer put over those of before. */
export function withCookies(before: string, answer: Response): string {
  const jar = new Map(before.split("; ").map((one) => [one.split("=")[0] ?? "", one] as const));
  for (const cookie of answer.headers.getSetCookie()) {
    const pair = cookie.split(";")[0] ?? "";
    jar.set(pair.split("=")[0] ?? "", pair);
  }
  return [...jar.values()].filter(Boolean).join("; ");
}

/** Sets the second factor up, as one must after the first sign-in. @returns the cookie, the key and the recovery codes. */
export async function setUpSecondFactor(
  hub: TestHub,
  cookie: string,
): Promise<{ cookie: string; key: string; codes: string[] }> {
  const key = keyOn(await (await hub.get("/account/second-factor", cookie)).text());
  const answer = await hub.post(
    "/account/second-factor",
    { code: codeAt(key, hub.services.clock()) },
    cookie,
  );
  if (answer.status !== 200) throw new Error(`the second factor was not set up: ${answer.status}`);
  const codes = [...(await answer.text()).matchAll(/<code>([A-Z2-9]{4}(?:-[A-Z2-9]{4}){6})<\/code>/g)].map(
    ([, code]) => code ?? "",
  );
  return { cookie: withCookies(cookie, answer), key, codes };
}
