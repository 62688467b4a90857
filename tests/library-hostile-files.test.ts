// What comes in as a material and means ill, or is only broken: refused with what to do, or given out so that it does nothing.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { projectFolder } from "../src/platform/config/project-folder.ts";
import { type MaterialDesk, openMaterialDesk } from "./support/material-desk.ts";
import { bomb, docx, latin1, mp3, mp4, PNG, pdf, zip } from "./support/material-files.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

const hub = await createTestHub({
  demo: true,
  config: { TRELLIS_MAX_DOCUMENT_MB: "1", TRELLIS_MAX_RECORDING_MB: "2" },
});
const LIST = "/library/materials";
let desk: MaterialDesk;
let slug: string;
beforeAll(async () => {
  desk = openMaterialDesk(hub, await hub.signIn("lena@demo.example"));
  slug = await desk.describe({ title: "Hostile" });
});

const stored = (): string[] => {
  const folder = join(hub.config.dataFolder, "files");
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => one.name)
        .toSorted()
    : [];
};

const MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml";
const SVG = '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
const HTML = "<!doctype html><title>x</title><script>alert(document.cookie)</script>";

describe("refused, with what to do, and not stored:", () => {
  test.each([
    ["an empty file", "a.pdf", "", /empty/],
    [
      "a program of Windows named .pdf",
      "a.pdf",
      latin1(`MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0${"\0\x01".repeat(200)}`),
      /program/,
    ],
    ["a program of Linux", "a.mp4", latin1(`\x7fELF\x02\x01\x01${"\0".repeat(200)}`), /program/],
    ["a packed archive named .docx", "a.docx", zip({ "a.txt": "x" }), /packed archive/],
    ["a document that unpacks to gigabytes", "a.docx", bomb(), /far more than a document holds/],
    ["a document with macros", "a.docx", docx("x", {}, MACROS), /macros/],
    [
      "a document with macros that says it has none",
      "a.docx",
      docx("x", { "word/vbaProject.bin": "x" }),
      /macros/,
    ],
    [
      "an old or encrypted Office file",
      "a.doc",
      new Uint8Array(Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(3000)])),
      /old kind, or one with a password/,
    ],
    ["an RTF", "a.rtf", "{\\rtf1 hello}", /RTF/],
    [
      "a film that not every browser plays",
      "a.mov",
      latin1(`\0\0\0\x14ftypqt  \0\0\0\0qt  ${"\0".repeat(100)}`),
      /not every browser plays/,
    ],
    ["captions instead of a recording", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n", /captions to it/],
    ["a picture cut off in its header", "a.png", PNG.slice(0, 20), /damaged|cannot tell/],
    [
      "bytes of no kind",
      "a.pdf",
      latin1("\0\x01\x02\x03\x04\x05\x06\x07".repeat(50)),
      /cannot tell what this file is/,
    ],
    [
      "a document larger than documents may be",
      "a.txt",
      "x".repeat(1024 * 1024 + 1),
      /larger than 1 MB[\s\S]*in parts/,
    ],
    ["a recording larger than anything may be", "a.mp4", mp4(2 * 1024 * 1024 + 1), /larger than 2 MB/],
  ])("%s", async (_what, name, content, said) => {
    const before = stored();
    const answer = await desk.send(slug, new File([await content], name), { reason: "Kept reason" });
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toMatch(said);
    expect(page).toContain('value="Kept reason"');
    expect(stored()).toEqual(before);
  });
});

test("a file whose form is refused, or whose material is not there, does not stay", async () => {
  const before = stored();
  const file = (): File => new File(["a text that stays nowhere"], "a.txt");
  expect((await desk.send(slug, file(), { reason: "" })).status).toBe(422);
  expect((await desk.send("no-such-material", file())).status).toBe(404);
  expect((await desk.send("../../etc", file())).status).toBe(404);
  expect(stored()).toEqual(before);
});

test("a refused roster of the same content takes no material's file away, nor the other way round", async () => {
  const content = "trainee_id,program_name\nX-1,Y\n";
  const shared = await desk.offer("Shared", new File([content], "data.csv"));
  const samuel = await hub.signIn("samuel@demo.example");
  const refused = await upload(
    hub,
    "/pathways/rosters",
    { code: "" },
    samuel,
    new File([content], "roster.csv"),
  );
  expect(refused.status).toBe(422);
  expect((await desk.send(slug, new File([content], "data.csv"), { reason: "" })).status).toBe(422);
  expect(await (await hub.get(`${LIST}/${shared}/file/1`)).text()).toBe(content);
});

const SANDBOX = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

describe("taken, and given out so that it does nothing:", () => {
  test.each([
    ["a drawing with a program in it", "a.svg", SVG, "application/octet-stream", "attachment", "svg"],
    [
      "a drawing that begins with remarks",
      "a.png",
      `<!-- x -->\n${SVG.slice(21)}`,
      "application/octet-stream",
      "attachment",
      "svg",
    ],
    ["a web page named .txt", "a.txt", HTML, "application/octet-stream", "attachment", "html"],
    [
      "a web page in UTF-16",
      "a.txt",
      new Uint8Array(Buffer.from(`\uFEFF${HTML}`, "utf16le")),
      "application/octet-stream",
      "attachment",
      "html",
    ],
    ["a text with markup in it", "a.html", `Dear all,\n${HTML}`, "text/plain", "attachment", "txt"],
    ["a table named .exe", "a.exe", "a,b\n1,2\n", "text/plain", "attachment", "txt"],
    [
      "a PDF that is a web page, too",
      "a.html",
      new Uint8Array(Buffer.concat([pdf("x"), Buffer.from(HTML)])),
      "application/pdf",
      "attachment",
      "pdf",
    ],
    [
      "a picture that is a web page, too",
      "a.html",
      new Uint8Array(Buffer.concat([PNG, Buffer.from(HTML)])),
      "image/png",
      "inline",
      "png",
    ],
    [
      "a picture that is an archive, too",
      "a.jar",
      zip({ "a.class": "x" }).then((packed) => new Uint8Array(Buffer.concat([PNG, packed]))),
      "image/png",
      "inline",
      "png",
    ],
    [
      "a moving picture",
      "a.gif",
      latin1("GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;"),
      "image/gif",
      "attachment",
      "gif",
    ],
    ["sound named .html", "a.html", mp3(1), "audio/mpeg", "inline", "mp3"],
  ])("%s", async (what, name, content, type, how, ending) => {
    const own = await desk.offer(what, new File([await content], name));
    const answer = await hub.get(`${LIST}/${own}/file/1`);
    await answer.arrayBuffer();
    expect(answer.headers.get("content-type")).toBe(type);
    expect(answer.headers.get("content-disposition")).toBe(
      `${how}; filename="a.${ending}"; filename*=UTF-8''a.${ending}`,
    );
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toBe(
      type.startsWith("audio/") ? SANDBOX.replace("base-uri", "media-src 'self'; base-uri") : SANDBOX,
    );
    const taken = await hub.get(`${LIST}/${own}/file/1?download=yes`);
    await taken.arrayBuffer();
    expect(taken.headers.get("content-disposition")).toMatch(/^attachment; /);
  });
});

test.each([
  ["folders", "..\\..\\windows\\system32/../evil.pdf", "evil.txt"],
  ["300 letters", `${"n".repeat(300)}.txt`, `${"n".repeat(120)}.txt`],
  ["letters that turn the direction", "bill\u202Efdp.exe", "billfdp.txt"],
  ["a name that is none", "\u200B\u202E.txt", "file.txt"],
  ["a machine of Windows", "CON.txt", "file.txt"],
  ["quotation marks and a new line", 'a"\r\nSet-Cookie: x=1;b.txt', "a_Set-Cookie_ x=1;b.txt"],
  ["other alphabets", "Отчёт año 年.txt", "Отчёт año 年.txt"],
])("a name with %s becomes a name to save under", async (what, name, given) => {
  const own = await desk.offer(`Named with ${what}`, new File([`of ${what}`], name));
  const answer = await hub.get(`${LIST}/${own}/file/1`);
  const header = answer.headers.get("content-disposition") ?? "";
  expect(answer.headers.get("set-cookie")).toBeNull();
  expect(header).toMatch(/^attachment; filename="[\w .()-]+"; filename\*=UTF-8''[\w%.!~-]+$/);
  expect(decodeURIComponent(header.split("''")[1] ?? "")).toBe(given);
});

test("hostile words of a description, of a text and of captions come out as text", async () => {
  const words = `<img src=x onerror=alert(1)> "q" \u202Eturned`;
  const own = await desk.offer(words, new File([mp3(2)], "a.mp3"), {
    summary: words,
    authors: "<script>alert(1)</script>",
  });
  const captions =
    "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Mal><script>alert(1)</script> &lt;script&gt;zonked\n";
  expect((await desk.sendCaptions(own, captions)).status).toBe(303);
  for (const path of [`${LIST}/${own}`, `${LIST}?q=zonked`, `${LIST}?q=onerror`]) {
    const page = await (await hub.get(path)).text();
    expect(page, path).not.toMatch(/<img src=x|<script>/);
  }
  const track = await hub.get(`${LIST}/${own}/captions/1/en`);
  expect(await track.text()).toBe(
    "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nMal: alert(1) &lt;script&gt;zonked\n",
  );
});

test("a PDF that would be read for ever, or that is a page a mile high, ends without a picture and without a crash", async () => {
  const long = pdf("tall").slice();
  const tall = Buffer.from(
    Buffer.from(long).toString("latin1").replace("[0 0 612 792]", "[0 0 1 99999]"),
    "latin1",
  );
  const own = await desk.offer("Tall", new File([tall], "tall.pdf"));
  expect((await hub.get(`${LIST}/${own}/picture/1`)).status).toBe(404);
  const loop = Buffer.from(
    Buffer.from(pdf("loop")).toString("latin1").replace("/Kids [4 0 R]", "/Kids [2 0 R]"),
    "latin1",
  );
  const other = await desk.offer("Loop", new File([loop], "loop.pdf"));
  expect((await hub.get(`${LIST}/${other}`)).status).toBe(200);
});

const torture = join(projectFolder, "../shared/data/torture/xlsx");
const workbooks = existsSync(torture) ? readdirSync(torture) : [];
if (workbooks.length === 0) console.warn("SKIPPED: the collection of odd workbooks is absent");
test.skipIf(workbooks.length === 0)(
  "every odd workbook of the collection is taken and read, or refused kindly",
  async () => {
    for (const name of workbooks) {
      const sent = await desk.send(slug, new File([readFileSync(join(torture, name))], name));
      expect([303, 422], name).toContain(sent.status);
      await hub.workJobs();
    }
  },
);
