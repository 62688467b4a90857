// Whether the library's links still lead somewhere: asked of real servers on this machine, which no setting opens, and
// never of anything in the hub's own network.
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { checkLink } from "../src/modules/library/links/check-link.ts";
import { checkLibraryLinks } from "../src/modules/library/links/link.jobs.ts";
import { openLinkServer } from "./support/link-server.ts";
import { openMaterialDesk } from "./support/material-desk.ts";
import { createTestHub } from "./support/test-hub.ts";

let now = new Date("2026-11-23T15:00:00Z");
const hub = await createTestHub({ demo: true, clock: () => now });
const { ownerPool } = hub.services.database;
const CLUB = "/library/practices/club-scrub-wisconsin";
/** Only tests give it: what leads to this machine is looked at. */
const HERE = { mayBePrivate: true, pauseMs: 0 };
const PUBLIC = { mayBePrivate: false };

const { pages, seen, status, ...server } = openLinkServer();
let base = "";
beforeAll(async () => {
  base = await server.open();
});
afterAll(server.close);
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

test("materials that are links and sources of evidence in use are looked at too; their pages say what is dead, the desk where it stands", async () => {
  const librarian = await hub.signIn("lena@demo.example");
  const desk = openMaterialDesk(hub, librarian);
  const guide = await desk.offer("A guide elsewhere", null);
  // The second version is what is offered; the first one is history.
  expect((await desk.send(guide, null, { url: "https://example.org/guide-2" })).status).toBe(303);
  const draft = await desk.describe({ title: "Not offered yet" });
  expect((await desk.send(draft, null, { url: "https://example.org/draft" })).status).toBe(303);
  for (const name of ["source", "archived"]) {
    const found = { kind: "study", design: "randomized", direction: "favors", outcome: `Measured: ${name}` };
    const source = { sourceTitle: "A trial", sourceUrl: `https://example.org/${name}` };
    const added = await hub.post(`${CLUB}/evidence/new`, { ...found, ...source }, librarian);
    expect(added.status).toBe(303);
  }
  const { rows } = await ownerPool.query<{ id: string; source_url: string }>(
    "select id, source_url from library.evidence order by source_url desc",
  );
  const [used, archived] = rows.map(({ id }) => id);
  const because = { because: "Counted twice" };
  expect((await hub.post(`${CLUB}/evidence/${archived}/archive`, because, librarian)).status).toBe(303);
  // Forms take no address of this machine.
  const here = "replace($COLUMN, 'https://example.org', $1)";
  for (const [table, column] of [
    ["library.material_version", "url"],
    ["library.evidence", "source_url"],
  ] as const)
    await ownerPool.query(`update ${table} set ${column} = ${here.replace("$COLUMN", column)}`, [base]);
  await link([`${base}/source`]);
  for (let day = 1; day <= 3; day += 1) {
    await checkLibraryLinks(hub.services, HERE);
    if (day < 3) nextDay();
  }
  expect(await states()).toEqual({ "/guide-2": "dead", "/source": "dead" });
  const material = await (await hub.get(`/library/materials/${guide}`)).text();
  // Beside the way to open it, and beside its version.
  expect(material.match(/This link was dead on/g)).toHaveLength(2);
  expect(await (await hub.get(`/es/library/materials/${guide}`)).text()).toContain(
    "Este enlace no funcionaba",
  );
  expect((await (await hub.get(CLUB)).text()).match(/This link was dead on/g)).toHaveLength(2);
  const page = await (await hub.get("/library/desk/links?view=dead", librarian)).text();
  for (const path of [
    `${CLUB}/edit`,
    `/library/desk/materials/${guide}/file`,
    `${CLUB}/evidence/new?corrects=${used}`,
  ]) {
    expect(page).toContain(`href="${path}"`);
    expect((await hub.get(path, librarian)).status).toBe(200);
  }
  expect(page).toMatch(
    /Evidence:<\/span> <a [^>]*><span[^>]*>Mend it in <\/span>Measured: source \(Club Scrub\)/,
  );
  // What is archived is offered to nobody, so nobody has to mend it.
  await hub.post(`/library/desk/materials/${guide}/archive`, { because: "Old" }, librarian);
  await hub.post(`${CLUB}/evidence/${used}/archive`, because, librarian);
  await link([]);
  await checkLibraryLinks(hub.services, HERE);
  expect(await states()).toEqual({});
});

test("one host gets one request at a time", async () => {
  await link(Array.from({ length: 12 }, (_, place) => `${base}/fine?${place}`));
  server.mostAtOnce();
  await checkLibraryLinks(hub.services, HERE);
  expect(seen.length).toBeGreaterThanOrEqual(12);
  expect(server.mostAtOnce()).toBe(1);
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
