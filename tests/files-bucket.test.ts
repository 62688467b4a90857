// Uploaded files in an S3-compatible store: through the hub's own doors, against a store that checks every signature.
import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { afterAll, beforeEach, expect, test, vi } from "vitest";
import { ConfigError, readConfig } from "../src/platform/config/config.ts";
import { cleanCache } from "../src/platform/files/file-cache.ts";
import { FileDamaged, FileMissing, FileTooLarge } from "../src/platform/files/files.ts";
import { openFileStore } from "../src/platform/files/open-file-store.ts";
import { backUp, restore } from "./support/backups.ts";
import { openTestStore } from "./support/s3-server.ts";
import { computeSignature } from "./support/s3-signature.ts";
import { createTestHub } from "./support/test-hub.ts";
import { upload } from "./support/visitors.ts";

const store = await openTestStore();
const hub = await createTestHub({ demo: true, config: store.settings });
const { files } = hub.services;
const samuel = await hub.signIn("samuel@demo.example");
const marisol = await hub.signIn("marisol@demo.example");
const folder = mkdtempSync(join(tmpdir(), "trellis-bucket-"));
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});
const cacheFolder = join(hub.config.dataFolder, "file-cache");
const forgetCache = (): void => rmSync(cacheFolder, { recursive: true, force: true });
beforeEach(() => {
  store.failNext = 0;
});

const HEADER =
  "trainee_id,program_name,program_type,academic_year,profession,enrollment_status,started_on,funded,outcome,hours_total";
const ROSTER = `${HEADER}\nB-1,Elms,practicum,2019-20,counselor,full_time,2019-09-01,yes,continuing,x\n`;
const bytes = (text: string | Buffer): Readable => Readable.from([Buffer.from(text as string)]);
const sha256 = (content: Buffer | string): string => createHash("sha256").update(content).digest("hex");

test("the signature that the store of these tests asks for is the one of AWS's published example", () => {
  // "Authenticating Requests: Using the Authorization Header", the example GET Object, with AWS's example keys.
  const request = {
    method: "GET",
    target: "/test.txt",
    headers: {
      host: "examplebucket.s3.amazonaws.com",
      range: "bytes=0-9",
      "x-amz-content-sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
      "x-amz-date": "20130524T000000Z",
    },
  };
  const claim = {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    date: "20130524",
    region: "us-east-1",
    service: "s3",
    signedHeaders: ["host", "range", "x-amz-content-sha256", "x-amz-date"],
  };
  expect(computeSignature(request, claim, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")).toBe(
    "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  );
});

test("an upload goes into the bucket under its hash, is fetched again to be read, and comes back with its findings", async () => {
  const sent = await upload(
    hub,
    "/pathways/rosters",
    { code: "G35" },
    samuel,
    new File([ROSTER], "roster.csv"),
  );
  expect(sent.status).toBe(303);
  const here = sent.headers.get("location") ?? "";
  expect(store.objects.get(`files/${sha256(ROSTER)}`)?.toString()).toBe(ROSTER);
  expect(existsSync(join(hub.config.dataFolder, "files"))).toBe(false);
  forgetCache();
  await hub.workJobs();
  expect(await (await hub.get(here, samuel)).text()).toContain("1 row read");
  forgetCache();
  const copy = await hub.get(`${here}/annotated`, samuel);
  expect([copy.status, (await copy.text()).split("\r\n")[0]?.includes("Findings")]).toEqual([200, true]);
});

test("large files go in parts, and come back whole", async () => {
  const content = randomBytes(20 * 1024 * 1024 + 17);
  store.seen.length = 0;
  const stored = await files.put(Readable.from([content]), { limit: content.length });
  expect(stored).toEqual({ hash: sha256(content), bytes: content.length });
  expect(store.seen.filter((one) => one.startsWith("PUT"))).toHaveLength(3);
  forgetCache();
  expect(sha256(readFileSync(await files.pathOf(stored.hash)))).toBe(stored.hash);
  await files.remove(stored.hash);
  expect(await files.has(stored.hash)).toBe(false);
  await expect(files.pathOf(stored.hash)).rejects.toThrow(FileMissing);
});

test("a file is fetched once while it is in use", async () => {
  const { hash } = await files.put(bytes("fetched once"), { limit: 100 });
  forgetCache();
  store.seen.length = 0;
  await files.pathOf(hash);
  await files.pathOf(hash);
  expect(store.seen).toHaveLength(1);
});

test("what the bucket gives back changed is not read, and leaves nothing behind", async () => {
  const { hash } = await files.put(bytes("as it was put"), { limit: 100 });
  store.objects.set(`files/${hash}`, Buffer.from("as it was not"));
  forgetCache();
  await expect(files.pathOf(hash)).rejects.toThrow(FileDamaged);
  expect(
    readdirSync(cacheFolder, { recursive: true }).filter((name) => String(name).includes("half-")),
  ).toEqual([]);
  // A backup takes it as it is, and says so.
  expect((await buffer(await files.read(hash))).toString()).toBe("as it was not");
  await files.remove(hash);
});

test("a weak moment of the store is bridged, a longer one fails the upload, and nothing half is kept", async () => {
  store.failNext = 2;
  const { hash } = await files.put(bytes("bridged"), { limit: 100 });
  expect(store.objects.has(`files/${hash}`)).toBe(true);
  store.failNext = 3;
  await expect(files.put(bytes("not bridged"), { limit: 100 })).rejects.toThrow();
  expect(store.objects.has(`files/${sha256("not bridged")}`)).toBe(false);
  await expect(files.put(bytes("too large"), { limit: 3 })).rejects.toThrow(FileTooLarge);
  expect(
    readdirSync(cacheFolder, { recursive: true }).filter((name) => String(name).includes("half-")),
  ).toEqual([]);
});

test("with wrong keys the store lets nobody in, and the status page says that it cannot be reached", async () => {
  expect(await (await hub.get("/status", marisol)).text()).toMatch(
    /Kept in bucket hub-files at 127\.0\.0\.1:\d+\./,
  );
  const wrong = openFileStore(
    readConfig({ ...store.settings, TRELLIS_DATA: folder, TRELLIS_S3_SECRET_ACCESS_KEY: "another secret" }),
  );
  await expect(wrong.check()).rejects.toThrow();
  await expect(wrong.put(bytes("x"), { limit: 10 })).rejects.toThrow(/403/);
  expect(await wrong.has(sha256("x"))).toBe(false);
});

test("where the store sends a request on to another address, the hub does not go", async () => {
  const elsewhere = await openTestStore();
  const { hash } = await files.put(bytes("stays here"), { limit: 100 });
  forgetCache();
  store.sendOnTo = elsewhere.settings["TRELLIS_S3_ENDPOINT"] ?? "";
  try {
    await expect(files.put(bytes("goes nowhere"), { limit: 100 })).rejects.toThrow();
    await expect(files.pathOf(hash)).rejects.toThrow();
    await expect(files.check()).rejects.toThrow();
    expect(await files.has(hash)).toBe(false);
    expect(elsewhere.seen).toEqual([]);
  } finally {
    store.sendOnTo = null;
  }
  await files.remove(hash);
});

test("a setting of the store that is missing stops the start", () => {
  expect(() => readConfig({ TRELLIS_S3_BUCKET: "hub-files" })).toThrow(ConfigError);
  expect(() => readConfig({ TRELLIS_S3_BUCKET: "hub-files" })).toThrow(/all four or none/);
});

test("a backup takes the files out of the bucket, and a restore puts them into a folder, or into a bucket again", async () => {
  const target = join(folder, "hub.trellis");
  for (const [name, value] of Object.entries(store.settings)) vi.stubEnv(name, value);
  const listed = await files.list();
  expect(listed.length).toBeGreaterThan(2);
  forgetCache();
  expect(await backUp(hub, target)).toMatchObject({ code: 0 });
  vi.unstubAllEnvs();
  const intoFolder = await createTestHub();
  expect(await restore(intoFolder, target)).toMatchObject({ code: 0 });
  expect(await intoFolder.services.files.list()).toEqual(listed);
  const other = await openTestStore();
  for (const [name, value] of Object.entries(other.settings)) vi.stubEnv(name, value);
  const intoBucket = await createTestHub({ config: other.settings });
  expect(await restore(intoBucket, target)).toMatchObject({ code: 0 });
  expect([...other.objects]).toEqual(
    expect.arrayContaining([...store.objects].filter(([key]) => listed.includes(key.slice(6)))),
  );
  expect(await intoBucket.services.files.list()).toEqual(listed);
});

test("the cache keeps to its size, but for what was just used, and forgets what nobody uses", async () => {
  const cache = join(folder, "cache");
  const now = Date.now();
  const keep = async (letter: string, size: number, hoursAgo: number): Promise<string> => {
    const hash = letter.repeat(64);
    await mkdir(join(cache, hash.slice(0, 2)), { recursive: true });
    const path = join(cache, hash.slice(0, 2), hash);
    writeFileSync(path, Buffer.alloc(size));
    utimesSync(path, new Date(now - hoursAgo * 3_600_000), new Date(now - hoursAgo * 3_600_000));
    return path;
  };
  const ancient = await keep("a", 10, 24 * 31);
  const older = await keep("b", 600, 5);
  const old = await keep("c", 600, 4);
  const inUse = await keep("d", 5000, 0.5);
  await cleanCache(cache, 5700, now);
  expect([ancient, older, old, inUse].map((path) => existsSync(path))).toEqual([false, false, true, true]);
  await cleanCache(cache, 0, now);
  expect([old, inUse].map((path) => existsSync(path))).toEqual([false, true]);
});
