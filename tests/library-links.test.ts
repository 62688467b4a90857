// Whether the library's links still lead somewhere: asked of real servers on this machine, which no setting opens, and
// never of anything in the hub's own network.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkLink } from "../src/modules/library/links/check-link.ts";
import { checkLibraryLinks } from "../src/modules/library/links/link.jobs.ts";
import { createTestHub } from "./support/test-hub.ts";

let now = new Date("2026-11-23T15:00:00Z");
const hub = await createTestHub({ demo: true, clock: () => now });
const { ownerPool } = hub.services.database;
const CLUB = "/library/practices/club-scrub-wisconsin";
/** Only tests give it: what leads to this machine is looked at. */
const HERE = { mayBePrivate: true, pauseMs: 0 };
const PUBLIC = { mayBePrivate: false };

const seen: string[] = [];
/** How many requests of one host are answered at a time, at most. */
let atOnce = 0;
let mostAtOnce = 0;
let server: Server;
let base = "";

type Answer = (request: IncomingMessage, answer: ServerResponse) => void;
const status =
  (code: number, location?: string): Answer =>
  (_, answer) => {
    answer.writeHead(code, location ? { location } : {});
    answer.end();
  };
const pages: Record<string, Answer> = {
  "/fine": status(200),
  "/gone": status(404),
  "/fault": status(503),
  "/closed": status(403),
  "/moved": status(301, "/moved-again"),
  "/moved-again": status(308, "/fine"),
  "/passing": status(302, "/fine"),
  "/moved-then-passing": status(301, "/passing"),
  "/1": status(302, "/2"),
  "/2": status(302, "/3"),
  "/3": status(302, "/4"),
  "/4": status(302, "/fine"),
  "/loop": status(302, "/loop"),
  "/inwards": status(302, "http://169.254.169.254/latest/meta-data/"),
  "/file": status(302, "file:///etc/passwd"),
  "/broken": status(302, "http://["),
  "/only-get": (request, answer) => status(request.method === "HEAD" ? 405 : 200)(request, answer),
  "/hangs-up": (request, answer) =>
    request.method === "HEAD" ? request.socket.destroy() : status(200)(request, answer),
  // Without end: whoever reads it never comes back.
  "/endless": (request, answer) => {
    if (request.method === "HEAD") return status(500)(request, answer);
    answer.writeHead(200);
    const more = setInterval(() => answer.write("x".repeat(65_536)), 1);
    answer.on("close", () => clearInterval(more));
  },
};

beforeAll(async () => {
  server = createServer((request, answer) => {
    seen.push(`${request.method} ${request.url}`);
    atOnce += 1;
    mostAtOnce = Math.max(mostAtOnce, atOnce);
    setTimeout(() => {
      atOnce -= 1;
      (pages[request.url ?? ""] ?? status(404))(request, answer);
    }, 2);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(
  () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
);
beforeEach(() => {
  seen.length = 0;
});

test("what answers is well, what moved for good says where to, what keeps programs out is not called dead", async () => {
  const look = (path: string) => checkLink(`${base}${path}`, HERE);
  expect(await look("/fine")).toEqual({ state: "ok" });
  expect(seen).toEqual(["HEAD /fine"]);
  expect(await look("/only-get")).toEqual({ state: "ok" });
  expect(await look("/hangs-up")).toEqual({ state: "ok" });
  expect(await look("/endless")).toEqual({ state: "ok" });
  expect(await look("/passing")).toEqual({ state: "ok" });
  expect(await look("/moved")).toEqual({ state: "moved", to: `${base}/fine` });
  expect(await look("/moved-then-passing")).toEqual({ state: "moved", to: `${base}/passing` });
  expect(await look("/closed")).toEqual({ state: "guarded", status: 403 });
  expect(await look("/gone")).toEqual({ state: "failed", status: 404, problem: "not_found" });
  expect(await look("/fault")).toEqual({ state: "failed", status: 503, problem: "server" });
  expect(await checkLink("http://127.0.0.1:1/", HERE)).toMatchObject({ state: "failed", problem: "refused" });
});

test("three redirects are followed, no fourth, and no circle", async () => {
  expect(await checkLink(`${base}/2`, HERE)).toEqual({ state: "ok" });
  expect(await checkLink(`${base}/1`, HERE)).toMatchObject({ state: "failed", problem: "redirects" });
  seen.length = 0;
  expect(await checkLink(`${base}/loop`, HERE)).toMatchObject({ state: "failed", problem: "redirects" });
  expect(seen).toHaveLength(4);
  expect(await checkLink(`${base}/broken`, HERE)).toMatchObject({ state: "failed", problem: "redirects" });
});

test("nothing of the hub's own network is asked, in whatever spelling", async () => {
  const port = base.split(":").at(-1) ?? "";
  for (const host of [
    "127.0.0.1",
    "localhost",
    "127.1",
    "2130706433",
    "0x7f.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "0.0.0.0",
    "10.0.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "224.0.0.1",
    "[fe80::1]",
    "[ff02::1]",
    "printer.local",
    "metadata.google.internal",
  ])
    expect(await checkLink(`http://${host}:${port}/fine`, PUBLIC), host).toEqual({
      state: "failed",
      status: null,
      problem: "private",
    });
  for (const url of ["ftp://example.org/", "file:///etc/passwd", "https://name:password@example.org/"])
    expect(await checkLink(url, PUBLIC), url).toMatchObject({ problem: "private" });
  expect(seen).toEqual([]);
});

test("a name that leads inwards is not asked: not at once, not beside a public address, not after a second look", async () => {
  const { port } = new URL(base);
  for (const addresses of [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::1"], ["169.254.169.254"]])
    expect(
      await checkLink(`http://library.example.org:${port}/fine`, {
        ...PUBLIC,
        lookUp: () => Promise.resolve(addresses.map((address) => ({ address }))),
      }),
    ).toMatchObject({ problem: "private" });
  expect(seen).toEqual([]);
  // Rebinding: a name that leads elsewhere at the second look is not looked at twice for one request.
  let looks = 0;
  const finding = await checkLink(`http://library.example.org:${port}/fine`, {
    ...HERE,
    lookUp: () => {
      looks += 1;
      return Promise.resolve([{ address: looks === 1 ? "127.0.0.1" : "127.0.0.2" }]);
    },
  });
  expect(finding).toEqual({ state: "ok" });
  expect(looks).toBe(1);
  expect(seen).toEqual(["HEAD /fine"]);
});

test("each hop is checked anew: a redirect inwards leads nowhere, also to a name that has just led elsewhere", async () => {
  const { port } = new URL(base);
  for (const path of ["/inwards", "/file", "/passing"]) {
    seen.length = 0;
    let looks = 0;
    const finding = await checkLink(`http://library.example.org:${port}${path}`, {
      // The first hop goes through as if its name led outwards; from then on the rule is the one of every day.
      get mayBePrivate() {
        return looks === 0;
      },
      lookUp: () => {
        looks += 1;
        return Promise.resolve([{ address: "127.0.0.1" }]);
      },
    });
    expect(finding, path).toMatchObject({ state: "failed", problem: "private" });
    expect(seen, path).toEqual([`HEAD ${path}`]);
  }
});

/** Gives a practice links of its own, and takes those of all others away. */
async function link(urls: string[]): Promise<void> {
  await ownerPool.query(`update library.practice set content = content || '{"links": [], "sources": []}'`);
  await ownerPool.query(
    `update library.practice set content = jsonb_set(content, '{links}', $1::jsonb) where slug = 'club-scrub-wisconsin'`,
    [JSON.stringify(urls.map((url) => ({ label: "", url })))],
  );
  await ownerPool.query("delete from library.link");
}
const states = async (): Promise<Record<string, string>> => {
  const { rows } = await ownerPool.query<{ url: string; state: string }>(
    "select url, state from library.link",
  );
  return Object.fromEntries(rows.map(({ url, state }) => [url.replace(base, ""), state]));
};
const nextDay = (): void => {
  now = new Date(now.getTime() + 86_400_000);
};

test("a link is dead after three bad days, not after three looks; then its practice says so, until it answers again", async () => {
  await link([`${base}/late`, `${base}/fine`]);
  const librarian = await hub.signIn("lena@demo.example");
  for (let day = 1; day <= 3; day += 1) {
    for (let look = 0; look < 2; look += 1) await checkLibraryLinks(hub.services, HERE);
    expect(await states(), `day ${day}`).toEqual({ "/late": day < 3 ? "failing" : "dead", "/fine": "ok" });
    const page = await (await hub.get(CLUB)).text();
    expect(page.includes("This link was dead on Nov 25, 2026."), `day ${day}`).toBe(day === 3);
    if (day < 3) nextDay();
  }
  expect(await (await hub.get(`/es${CLUB}`)).text()).toContain("Este enlace no funcionaba el");
  const desk = await (await hub.get("/library/desk/links", librarian)).text();
  expect(desk).toContain(`${base}/late`);
  expect(desk).toContain("There is no such page. Days in a row: 3.");
  expect(desk).not.toContain(`${base}/fine`);
  expect(desk).toContain(`href="${CLUB}/edit"`);
  expect(await (await hub.get("/library/desk", librarian)).text()).toMatch(
    /Dead links<\/a> <span class="count">1</,
  );
  pages["/late"] = status(200);
  await checkLibraryLinks(hub.services, HERE);
  expect(await states()).toEqual({ "/late": "ok", "/fine": "ok" });
  expect(await (await hub.get(CLUB)).text()).not.toContain("This link was dead");
});

test("sources are looked at too, drafts are not, and what no practice leads to any more is forgotten", async () => {
  await link([`${base}/fine`, `${base}/moved`]);
  await ownerPool.query(
    `update library.practice set content = jsonb_set(content, '{sources}', jsonb_build_array(jsonb_build_object('title', 'S', 'publisher', '', 'year', null, 'url', $1::text, 'supports', '', 'certainty', 'found'))) where slug = 'hb-2949-oregon'`,
    [`${base}/gone`],
  );
  await checkLibraryLinks(hub.services, HERE);
  expect(await states()).toEqual({ "/fine": "ok", "/moved": "moved", "/gone": "failing" });
  await ownerPool.query(
    "update library.practice set state = 'withdrawn', withdrawn_because = 'x' where slug = 'hb-2949-oregon'",
  );
  await checkLibraryLinks(hub.services, HERE);
  expect(await states()).toEqual({ "/fine": "ok", "/moved": "moved" });
});

test("one host gets one request at a time", async () => {
  await link(Array.from({ length: 12 }, (_, place) => `${base}/fine?${place}`));
  mostAtOnce = 0;
  await checkLibraryLinks(hub.services, HERE);
  expect(seen.length).toBeGreaterThanOrEqual(12);
  expect(mostAtOnce).toBe(1);
});

test("where no host answers at all, the hub had no way out, and no link is blamed", async () => {
  await link(["http://a.example/", "http://b.example/", "http://c.example/"]);
  const silent = {
    ...HERE,
    lookUp: () => Promise.reject(Object.assign(new Error("x"), { code: "ENOTFOUND" })),
  };
  await checkLibraryLinks(hub.services, silent);
  expect(new Set(Object.values(await states()))).toEqual(new Set(["unchecked"]));
  // As soon as one answers, the others' silence is theirs.
  await link(["http://a.example/", "http://b.example/", `${base}/fine`]);
  await checkLibraryLinks(hub.services, silent);
  expect(await states()).toEqual({
    "http://a.example/": "failing",
    "http://b.example/": "failing",
    "/fine": "ok",
  });
});

test("the nightly job itself asks nothing of this machine", async () => {
  await link([`${base}/fine`]);
  await checkLibraryLinks(hub.services);
  expect(seen).toEqual([]);
  expect(await states()).toEqual({ "/fine": "failing" });
});
