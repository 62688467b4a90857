// The hub's own picture: what is taken, what is refused and why, and how it comes back.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { storedFilePath } from "../src/platform/files/folder-store.ts";
import { makeJpegHeader, makePng, makeWebpHeader } from "./support/pictures.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const administrator = await hub.signIn("marisol@demo.example");

const send = (
  content: Buffer | string,
  name = "logo.png",
  fields: Record<string, string> = {},
): Promise<Response> =>
  upload(hub, "/hub/logo", fields, administrator, new File([content], name, { type: "image/png" }));
const home = async (): Promise<string> => (await hub.get("/")).text();
const pathOf = (content: Buffer): string => `/hub/logo/${createHash("sha256").update(content).digest("hex")}`;

const png = makePng(300, 120);

test("a picture takes the place of the drawn mark on the next page, and is kept by browsers forever", async () => {
  expect(await home()).toContain('class="logo"');
  expect((await send(png)).status).toBe(303);
  const page = await home();
  expect(page).not.toContain('class="logo"');
  expect(page).toContain(`<img class="hub-logo" src="${pathOf(png)}" width="300" height="120" alt=""/>`);
  expect(page).toContain("<bdi>Trellis demo hub</bdi>");
  const picture = await hub.get(pathOf(png));
  expect(Buffer.from(await picture.arrayBuffer()).equals(png)).toBe(true);
  expect(Object.fromEntries(picture.headers)).toMatchObject({
    "content-type": "image/png",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": expect.stringMatching(/^default-src 'none';.* sandbox$/),
  });
});

test("a picture that shows the hub's name stands alone, with the name for those who do not see it", async () => {
  const body = new FormData();
  body.append("says", "yes");
  body.append("logo", new File([], ""));
  const answer = await hub.app.request("http://localhost/hub/logo", {
    method: "POST",
    body,
    headers: { origin: "http://localhost", "sec-fetch-site": "same-origin", cookie: administrator },
  });
  expect(answer.status).toBe(303);
  const page = await home();
  expect(page).toContain('alt="Trellis demo hub"/>');
  expect(page).not.toContain("<bdi>");
});

test.each([
  ["a JPEG", "image/jpeg", makeJpegHeader(640, 200)],
  ["a WebP", "image/webp", makeWebpHeader({ width: 640, height: 200 }, { width: 640, height: 200 })],
] as const)("%s is taken for what it is, whatever its name", async (_, type, content) => {
  expect((await send(content, "logo.png")).status).toBe(303);
  expect(await home()).toContain('width="640" height="200"');
  expect((await hub.get(pathOf(content))).headers.get("content-type")).toBe(type);
  // The one before has no address any more.
  expect((await hub.get(pathOf(png))).status).toBe(404);
});

test("a picture that another one replaced does not stay in the store, nor one that was removed", async () => {
  const isKept = (content: Buffer): boolean =>
    existsSync(storedFilePath(hub.config.dataFolder, createHash("sha256").update(content).digest("hex")));
  const [first, second] = [makePng(31, 17), makePng(32, 17)];
  await send(first);
  expect(isKept(first)).toBe(true);
  await send(second);
  expect([isKept(first), isKept(second)]).toEqual([false, true]);
  // The same once more is no other one.
  await send(second);
  expect(isKept(second)).toBe(true);
  await hub.post("/hub/logo/remove", {}, administrator);
  expect(isKept(second)).toBe(false);
  expect(await home()).toContain('class="logo"');
  await send(png);
});

describe("is refused, with what to do, and the present one stays:", () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  const large = { width: 16_000, height: 16_000 };
  const small = { width: 100, height: 100 };
  test.each<[string, Buffer | string, string]>([
    ["an SVG named .png", svg, "It can carry a program"],
    ["an SVG behind a comment", `<?xml version="1.0"?><!-- x -->\n${svg}`, "It can carry a program"],
    ["a web page", "<!doctype html><script>alert(1)</script>", "no PNG, JPEG or WebP"],
    ["a GIF", Buffer.from("GIF89a\x01\0\x01\0\0\0\0;", "latin1"), "no PNG, JPEG or WebP"],
    ["a PDF", "%PDF-1.7\n", "no PNG, JPEG or WebP"],
    ["a picture that breaks off in its header", png.subarray(0, 18), "no PNG, JPEG or WebP"],
    [
      "a JPEG without a frame",
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xda]),
      "no PNG, JPEG or WebP",
    ],
    ["20 MB", Buffer.concat([png, Buffer.alloc(20 * 1024 * 1024)]), "larger than 512 KB"],
    [
      "one byte too many",
      Buffer.concat([png, Buffer.alloc(512 * 1024 - png.length + 1)]),
      "larger than 512 KB",
    ],
    ["a PNG as large as a field", makePng(1, 1, { width: 50_000, height: 50_000 }), "50000 by 50000"],
    ["a JPEG that is too wide", makeJpegHeader(2001, 10), "2001 by 10"],
    ["a WebP that is larger inside than it says", makeWebpHeader(small, large), "16000 by 16000"],
    ["a WebP that says more than it holds", makeWebpHeader(large, small), "16000 by 16000"],
    ["nothing", "", "no PNG, JPEG or WebP"],
  ])("%s", async (_, content, why) => {
    const [before, stored] = [await home(), await hub.services.files.list()];
    const answer = await send(content);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain(why);
    expect(page).not.toContain("alert(1)");
    expect(await home()).toBe(before);
    expect(await hub.services.files.list()).toEqual(stored);
  });
});

test("what hangs on behind a picture is served as a picture, in a sandbox", async () => {
  const both = Buffer.concat([png, Buffer.from("<script>alert(1)</script>")]);
  expect((await send(both)).status).toBe(303);
  const answer = await hub.get(pathOf(both));
  expect(answer.headers.get("content-type")).toBe("image/png");
  expect(answer.headers.get("content-security-policy")).toContain("sandbox");
});

test("no other stored file has an address among the logos", async () => {
  const { Readable } = await import("node:stream");
  const stored = await hub.services.files.put(Readable.from(["a roster"]), { limit: 100 });
  expect((await hub.get(`/hub/logo/${stored.hash}`)).status).toBe(404);
  expect((await hub.get("/hub/logo/..%2F..%2Fsecret")).status).toBe(404);
});

test("without a logo the drawn mark is back, and the audit says what happened", async () => {
  expect((await hub.post("/hub/logo/remove", {}, administrator)).status).toBe(303);
  expect(await home()).toContain('class="logo"');
  const changes = await hub.services.database.owner
    .selectFrom("platform.audit")
    .select("data")
    .where("event", "=", "directory.hub-logo-changed")
    .orderBy("id")
    .execute();
  expect(changes.at(0)?.data).toEqual({ file: pathOf(png).split("/").at(-1) });
  expect(changes.at(-1)?.data).toEqual({ file: null });
});

test("an upload that breaks off is answered, and leaves nothing behind", async () => {
  const stored = await hub.services.files.list();
  const head =
    '--x\r\ncontent-disposition: form-data; name="logo"; filename="a.png"\r\ncontent-type: image/png\r\n\r\n';
  for (const body of [
    new Blob([head, new Uint8Array(png)]),
    new ReadableStream({
      pull: (stream) => {
        stream.enqueue(Buffer.from(head));
        stream.enqueue(new Uint8Array(png));
        stream.error(new Error("the line is cut"));
      },
    }),
  ]) {
    const answer = await hub.app.request("http://localhost/hub/logo", {
      method: "POST",
      body,
      duplex: "half",
      headers: {
        "content-type": "multipart/form-data; boundary=x",
        origin: "http://localhost",
        "sec-fetch-site": "same-origin",
        cookie: administrator,
      },
    });
    expect(answer.status).toBe(400);
  }
  expect(await hub.services.files.list()).toEqual(stored);
});

test("a first logo cannot be nothing", async () => {
  const answer = await upload(hub, "/hub/logo", { from: "start" }, administrator, new File([], ""));
  expect(answer.status).toBe(422);
  expect(await answer.text()).toMatch(/Choose a picture|no PNG/);
});
