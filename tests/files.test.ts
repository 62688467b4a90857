// Files that come in and go out: what they are by content, how they are given back, how long they stay.
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jobs } from "../src/app/modules.ts";
import { system } from "../src/platform/database/actor.ts";
import { holdStoredFiles } from "../src/platform/files/file-lock.store.ts";
import { storedFilePath } from "../src/platform/files/folder-store.ts";
import { callApi, makeToken } from "./support/api-client.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

let now = new Date();
const hub = await createTestHub({ demo: true, clock: () => now });
const { ownerPool } = hub.services.database;
const samuel = await hub.signIn("samuel@demo.example");
const theo = await hub.signIn("theo@demo.example");
const { dataFolder } = hub.config;

const HEADER =
  "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total";
const row = (id: string): string =>
  `${id},Elms,practicum,2019-20,counselor,full_time,2019-09-01,yes,continuing,x\n`;
const send = (
  content: string | Uint8Array<ArrayBuffer>,
  name = "roster.csv",
  code = "G35",
  cookie = samuel,
): Promise<Response> =>
  upload(hub, "/pathways/rosters", { code, year: "2019-20" }, cookie, new File([content], name));
const stored = (): string[] =>
  existsSync(join(dataFolder, "files"))
    ? readdirSync(join(dataFolder, "files"), { recursive: true, withFileTypes: true })
        .filter((one) => one.isFile())
        .map((one) => one.name)
    : [];

const latin1 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, "latin1"));
const PNG = new Uint8Array(
  Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
    "base64",
  ),
);

test.each([
  ["a picture named .csv", PNG, /a picture, whatever its name/],
  ["a PDF named .xlsx", latin1("%PDF-1.7\n1 0 obj << >> endobj\n%%EOF"), /a PDF/],
  [
    "a program of Windows",
    latin1(`MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0${"\0\x01".repeat(200)}`),
    /a program/,
  ],
  ["a program of Linux", latin1(`\x7fELF\x02\x01\x01${"\0".repeat(200)}`), /a program/],
  ["a film", latin1(`\0\0\0\x18ftypmp42\0\0\0\0mp42isom${"\0".repeat(100)}`), /a film/],
  [
    "a compressed archive",
    latin1(`\x1f\x8b\x08\0\0\0\0\0\0\x03${"\0\x01\x02".repeat(50)}`),
    /a compressed archive/,
  ],
  ["bytes of no kind", latin1("\0\x01\x02\x03\x04\x05\x06\x07".repeat(50)), /not a spreadsheet/],
])(
  "%s is refused on the form, which keeps what was chosen, and is not stored",
  async (_what, content, message) => {
    const before = stored();
    const answer = await send(content);
    expect(answer.status).toBe(422);
    const page = await answer.text();
    expect(page).toMatch(message);
    expect(page).toMatch(/<option value="G35" selected/);
    expect(page).toContain('value="2019-20"');
    expect(stored()).toEqual(before);
  },
);

test("the file of a refused form or call does not stay, unless a roster needs the same one", async () => {
  const before = stored();
  const content = `${HEADER}\n${row("R-1")}`;
  expect((await send(content, "roster.csv", "")).status).toBe(422);
  expect((await send(content, "roster.csv", "G01")).status).toBe(422);
  expect((await send("")).status).toBe(422);
  const token = await makeToken(hub, samuel, ["rosters:write"]);
  const call = (code: string): Promise<Response> =>
    callApi(hub, token, `/rosters?code=${code}&year=2019-20`, {
      method: "POST",
      body: content,
      headers: { "content-type": "text/csv" },
    });
  expect((await call("G01")).status).toBe(422);
  expect((await call("G35&colour=green")).status).toBe(422);
  expect(stored()).toEqual(before);
  expect((await send(content)).status).toBe(303);
  const kept = stored();
  expect(kept).toHaveLength(before.length + 1);
  expect((await send(content, "roster.csv", "")).status).toBe(422);
  expect((await call("G01")).status).toBe(422);
  expect(stored()).toEqual(kept);
});

test.each([
  ["text that begins like a picture", `BMI,${HEADER}\n1,${row("A-1")}`],
  ["text that begins like a program", `MZ-code,${HEADER}\n1,${row("A-2")}`],
  ["text in UTF-16 with its mark", Buffer.from(`\uFEFF${HEADER}\n${row("A-3")}`, "utf16le")],
  [
    "an old workbook, whose refusal says more",
    Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(3000)]),
  ],
])("%s is taken", async (_what, content) => {
  expect((await send(new Uint8Array(Buffer.from(content)))).status).toBe(303);
  await hub.workJobs();
});

test("a file is given back to be saved only, of no kind that a browser would run, and in a sandbox", async () => {
  const here =
    (await send(`${HEADER}\n${row("<script>alert(1)</script>")}`, "page.html")).headers.get("location") ?? "";
  await hub.workJobs();
  for (const path of [
    `${here}/annotated`,
    `${here}/findings?format=csv`,
    "/pathways/enrollments?format=xlsx",
  ]) {
    const answer = await hub.get(path, samuel);
    expect([path, answer.status]).toEqual([path, 200]);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; /);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(answer.headers.get("content-security-policy")).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox",
    );
    expect(answer.headers.get("content-type")).not.toMatch(/html|svg|javascript|xml$/);
    await answer.arrayBuffer();
  }
  expect((await hub.get(here, samuel)).headers.get("content-security-policy")).toContain("script-src 'self'");
});

const DAY = 86_400_000;
const removeFiles = async (): Promise<void> =>
  jobs.find((job) => job.name === "pathways.remove-discarded-files")?.handle(hub.services, {});
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Sends a file and puts it aside, as it was so many days ago. */
async function putAside(content: string, days: number, code = "G35", cookie = samuel): Promise<string> {
  const here = (await send(content, "aside.csv", code, cookie)).headers.get("location") ?? "";
  await hub.workJobs();
  expect((await hub.post(`${here}/discard`, {}, cookie)).status).toBe(303);
  await ownerPool.query("update pathways.roster set updated_at = $1 where id = $2", [
    new Date(now.getTime() - days * DAY),
    here.split("/").at(-1),
  ]);
  return here;
}

test("files that only rosters put aside long ago refer to are removed; the page says so, and the audit", async () => {
  now = new Date();
  const content = {
    old: `${HEADER}\n${row("O-1")}`,
    young: `${HEADER}\n${row("Y-1")}`,
    needed: `${HEADER}\n${row("N-1")}`,
  };
  const old = await putAside(content.old, 91);
  await putAside(content.young, 89);
  await putAside(content.needed, 91);
  expect((await send(content.needed)).status).toBe(303);
  await hub.workJobs();
  // Another organization's roster needs the same file as well.
  const shared = `${HEADER}\n${row("S-1")}`;
  await putAside(shared, 200);
  expect((await send(shared, "same.csv", "G27", theo)).status).toBe(303);
  await hub.workJobs();
  await removeFiles();
  const there = (text: string): boolean => existsSync(storedFilePath(dataFolder, hashOf(text)));
  expect([content.old, content.young, content.needed, shared].map(there)).toEqual([false, true, true, true]);
  const page = await (await hub.get(old, samuel)).text();
  expect(page).toContain("The uploaded file was removed");
  expect(page).not.toContain("/annotated");
  expect(page).toContain("What needs you");
  expect((await hub.get(`${old}/annotated`, samuel)).status).toBe(404);
  const { rows } = await ownerPool.query(
    "select subject_id, actor_kind from platform.audit where event = 'pathways.roster-file-removed'",
  );
  expect(rows).toEqual([{ subject_id: old.split("/").at(-1), actor_kind: "system" }]);
  // Once only, and the file may come again.
  await removeFiles();
  expect(
    (await ownerPool.query("select 1 from platform.audit where event = 'pathways.roster-file-removed'"))
      .rowCount,
  ).toBe(1);
  expect((await send(content.old)).status).toBe(303);
  expect(there(content.old)).toBe(true);
  await hub.workJobs();
  await removeFiles();
  expect(there(content.old)).toBe(true);
});

test("while somebody copies the files none is removed", async () => {
  const text = `${HEADER}\n${row("H-1")}`;
  await putAside(text, 120);
  await hub.services.perform(system, async (work) => {
    await holdStoredFiles(work.trx);
    await removeFiles();
  });
  expect(existsSync(storedFilePath(dataFolder, hashOf(text)))).toBe(true);
  await removeFiles();
  expect(existsSync(storedFilePath(dataFolder, hashOf(text)))).toBe(false);
});
