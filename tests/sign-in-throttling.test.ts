// Guessing at passwords: from one place, at many accounts, and from many places at one.
import { expect, test } from "vitest";
import { linkIn } from "./support/people.ts";
import { createTestHub } from "./support/test-hub.ts";

// Attempts are counted by the hub's clock, which moves here only where a test moves it.
let now = new Date("2026-03-02T09:00:00Z");
const hub = await createTestHub({ demo: true, clock: () => now });

/** Fifteen minutes later nobody is throttled. */
const later = (): void => {
  now = new Date(now.getTime() + 16 * 60_000);
};
const attempt = (email: string, password: string): Promise<Response> =>
  hub.post("/sign-in", { email, password });
const mayWork = async (cookie: string): Promise<boolean> => (await hub.get("/work", cookie)).status === 200;

test("after eight attempts one waits, for an e-mail that somebody has and for one that nobody has", async () => {
  for (const email of ["noor@demo.example", "nobody@demo.example"]) {
    later();
    for (let count = 0; count < 8; count++)
      expect((await attempt(email, "a wrong password")).status, `${email}, attempt ${count + 1}`).toBe(422);
    // The right password does not help any more.
    const throttled = await attempt(email, "trellis-grows-here");
    expect(throttled.status).toBe(429);
    expect(Number(throttled.headers.get("retry-after"))).toBeGreaterThan(800);
    expect(throttled.headers.getSetCookie()).toEqual([]);
  }
  expect(await mayWork(await hub.signIn("june@demo.example"))).toBe(true);
  later();
  expect((await attempt("noor@demo.example", "trellis-grows-here")).status).toBe(303);
});

test("many e-mails from one network address are throttled too", async () => {
  later();
  const statuses: number[] = [];
  for (let count = 0; count < 61; count++)
    statuses.push((await attempt(`made-up-${count}@demo.example`, "a wrong password")).status);
  expect(statuses.slice(0, 60).every((status) => status === 422)).toBe(true);
  expect(statuses.at(-1)).toBe(429);
  later();
}, 120_000);

test("guessing at one account from many networks slows down as a whole; its owner comes in by a link", async () => {
  const crowd = await createTestHub({
    demo: true,
    clock: () => now,
    config: { TRELLIS_TRUST_PROXY: "yes" },
  });
  const from = async (network: number, email: string, password: string): Promise<Response> =>
    crowd.app.request("http://localhost/sign-in", {
      method: "POST",
      body: new URLSearchParams({ email, password }),
      // Of IPv6 another /64 each time: more addresses of one network would count as one.
      headers: { origin: "http://localhost", "x-forwarded-for": `2001:db8:0:${network.toString(16)}::1` },
    });
  const pages: string[] = [];
  for (const email of ["samuel@demo.example", "nobody@demo.example"]) {
    for (let network = 1; network <= 30; network++)
      expect((await from(network, email, "a wrong password")).status, `${email}, ${network}`).toBe(422);
    const refused = await from(31, email, "trellis-grows-here");
    expect([refused.status, refused.headers.getSetCookie()]).toEqual([429, []]);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(800);
    pages.push((await refused.text()).replace(`value="${email}"`, ""));
  }
  expect(pages[0]).toContain("a link by e-mail or a passkey works all the time");
  // Known or unknown: the same words.
  expect(pages[1]).toBe(pages[0]);
  // Others are not slowed down by it, and neither are the owner's other ways in.
  expect((await from(32, "noor@demo.example", "trellis-grows-here")).status).toBe(303);
  await crowd.post("/sign-in/link", { email: "samuel@demo.example" });
  await crowd.workJobs();
  const link = await crowd.post(await linkIn(crowd, "samuel@demo.example"), {});
  expect([link.status, link.headers.get("location")]).toEqual([303, "/work"]);
  later();
  expect((await from(33, "samuel@demo.example", "trellis-grows-here")).status).toBe(303);
}, 60_000);
