// Files that pretend to be a library: damaged, forged, enormous. Each is refused in words, and nothing of it stays.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportLibraryCommand, importLibraryCommand } from "../src/app/commands/library.command.ts";
import { listStoredFiles } from "../src/platform/files/folder-store.ts";
import { backUp, hashTables, runOn } from "./support/backups.ts";
import { fillLibrary } from "./support/full-library.ts";
import { linesOf, type Parts, putLines, rewriteLibrary, writeParts } from "./support/library-files.ts";
import { createTestHub } from "./support/test-hub.ts";

const source = await createTestHub({ demo: true });
const hub = await createTestHub({ demo: true });
const folder = mkdtempSync(join(tmpdir(), "trellis-hostile-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const good = join(folder, "good");
const bad = join(folder, "bad");

let before: Record<string, string>;
beforeAll(async () => {
  await fillLibrary(source);
  expect(await runOn(source, exportLibraryCommand, good)).toMatchObject({ code: 0 });
  before = await hashTables(hub.services.database.ownerPool);
}, 240_000);

/** The file is refused with these words, and the hub is as it was. */
async function expectRefused(said: string | RegExp, what = ""): Promise<void> {
  for (const args of [["--dry-run"], []]) {
    const { code, text } = await runOn(hub, importLibraryCommand, bad, ...args);
    expect(code, `${what} ${text}`).toBe(1);
    expect(text, what).toMatch(said);
  }
  expect(await hashTables(hub.services.database.ownerPool), what).toEqual(before);
  expect(listStoredFiles(hub.config.dataFolder), what).toEqual([]);
}

type Line = Record<string, unknown>;
/** The file with one line of a part changed. */
const withLine = (name: string, change: (line: Line, lines: Line[]) => unknown): Promise<void> =>
  rewriteLibrary(good, bad, (parts) => {
    const lines = linesOf(parts, name);
    const [first = {}, ...rest] = lines;
    putLines(parts, name, [change(first, lines), ...rest]);
  });

test("a file that was cut off, changed on the way, or is something else is refused", async () => {
  const bytes = readFileSync(good);
  for (const part of [0, 0.3, 0.7, 0.999]) {
    writeFileSync(bad, bytes.subarray(0, Math.floor(bytes.length * part)));
    await expectRefused(/damaged/, `cut at ${part}`);
  }
  for (const part of [0.1, 0.4, 0.6]) {
    const flipped = Buffer.from(bytes);
    const at = Math.floor(bytes.length * part);
    flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
    writeFileSync(bad, flipped);
    await expectRefused(/damaged|cannot be used/, `flipped at ${part}`);
  }
  writeFileSync(bad, "Dear colleagues,");
  await expectRefused(/damaged/);
  await backUp(hub, bad, "--force");
  before = await hashTables(hub.services.database.ownerPool);
  await expectRefused(/trellis restore FILE/);
});

test("a library of a newer Trellis is refused kindly", async () => {
  await rewriteLibrary(good, bad, (_parts, manifest) => {
    manifest["format"] = 2;
  });
  await expectRefused(/written by a newer Trellis.*Update Trellis/);
});

test("the line that is wrong is named, and why", async () => {
  const versions = (line: Line): Line[] => line["versions"] as Line[];
  const content = (line: Line): Line => versions(line)[0]?.["content"] as Line;
  const cases: [said: RegExp, change: (line: Line) => unknown][] = [
    [/Line 1 of practices\.jsonl.*state/, (line) => ({ ...line, state: "secret" })],
    [/Line 1 of practices\.jsonl/, (line) => ({ ...line, isAdministrator: true })],
    [/Line 1 of practices\.jsonl/, (line) => ({ ...line, slug: "../../etc/passwd" })],
    [/The state does not fit/, (line) => ({ ...line, state: "published", publishedAt: null })],
    [
      /not numbered one after another/,
      (line) => ({ ...line, versions: [{ ...versions(line)[0], version: 7 }] }),
    ],
    [/Line 1 of practices\.jsonl/, (line) => ({ ...line, changedAt: "yesterday" })],
    [
      /Line 1 of practices\.jsonl/,
      (line) => ({
        ...line,
        versions: [
          {
            ...versions(line)[0],
            content: { ...content(line), links: [{ label: "", url: "javascript:alert(1)" }] },
          },
        ],
      }),
    ],
    [
      /characters that no text has/,
      (line) => ({ ...line, versions: [{ ...versions(line)[0], reason: "zero \0 byte" }] }),
    ],
    [
      /characters that no text has/,
      (line) => ({ ...line, versions: [{ ...versions(line)[0], reason: "half \ud800 of one" }] }),
    ],
    [/Line 1 of practices\.jsonl/, () => [1, 2, 3]],
    [/Line 1 of practices\.jsonl/, () => null],
  ];
  for (const [said, change] of cases) {
    await withLine("practices", change);
    await expectRefused(said, String(change));
  }
  await rewriteLibrary(good, bad, (parts) => {
    parts.set("practices.jsonl", Buffer.from("{not json}\n"));
  });
  await expectRefused(/Line 1 of practices\.jsonl.*not JSON/);
  await rewriteLibrary(good, bad, (parts) => {
    const lines = linesOf(parts, "practices");
    putLines(parts, "practices", [...lines, lines[0]]);
  });
  await expectRefused(/the same id came before/);
});

test("practices that lead to each other in a circle are refused", async () => {
  await rewriteLibrary(good, bad, (parts) => {
    const [one = {}, two = {}, ...rest] = linesOf(parts, "practices").filter(
      ({ state }) => state === "published",
    );
    const lead = (from: Line, to: Line): Line => ({
      ...from,
      state: "merged",
      mergedInto: to["id"],
      changedAt: "2030-01-01T00:00:00.000Z",
    });
    putLines(parts, "practices", [lead(one, two), lead(two, one), ...rest]);
    for (const name of ["materials", "decisions", "evidence", "ratings"]) putLines(parts, name, []);
  });
  const { code, text } = await runOn(hub, importLibraryCommand, bad);
  expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining("in a circle") });
  expect(await hashTables(hub.services.database.ownerPool)).toEqual(before);
});

test("a rating that is not what its answers come to is refused", async () => {
  await rewriteLibrary(good, bad, (parts) => {
    const answer = (seat: number, level: string) => ({
      seat,
      answers: {},
      proposed: null,
      level,
      reason: "So it is.",
      givenAt: "2026-01-01T00:00:00.000Z",
    });
    putLines(parts, "ratings", [
      {
        id: "00000000-0000-4000-8000-000000000000",
        practice: linesOf(parts, "practices")[0]?.["id"],
        scale: "what_works_for_health",
        scaleVersion: 1,
        state: "closed",
        openedAt: "2026-01-01T00:00:00.000Z",
        closedAt: "2026-01-01T00:00:00.000Z",
        level: "scientifically_supported",
        rating: "strong",
        hasAgreed: true,
        evidenceItems: 1,
        answers: [answer(1, "insufficient_evidence"), answer(2, "scientifically_supported")],
      },
    ]);
  });
  await expectRefused(/not what the answers come to/);
});

test("a stored file that is missing, forged, or not what it is said to be is refused", async () => {
  const fileOf = (parts: Parts, ending: string): string => {
    const versions = linesOf(parts, "materials").flatMap(({ versions: all }) => all as Line[]);
    const file = versions.map((one) => one["file"] as { hash: string; kind: string } | null);
    return file.find((one) => one?.kind === ending)?.hash ?? "";
  };
  await rewriteLibrary(good, bad, (parts) => {
    parts.set(`files/${fileOf(parts, "pdf")}`, Buffer.from("%PDF-1.7\nforged"));
  });
  await expectRefused(/is not in the file|damaged/);
  await rewriteLibrary(good, bad, (parts, manifest) => {
    const hash = fileOf(parts, "pdf");
    parts.delete(`files/${hash}`);
    manifest["files"] = (manifest["files"] as { hash: string }[]).filter((one) => one.hash !== hash);
  });
  await expectRefused(/is not in the file/);
  // A page of markup that is said to be a PDF, so that it would be shown as one.
  await rewriteLibrary(good, bad, (parts) => {
    const text = (parts.get("materials.jsonl") ?? Buffer.alloc(0)).toString("utf8");
    parts.set("materials.jsonl", Buffer.from(text.replace('"kind":"html"', '"kind":"pdf"')));
  });
  const { code, text } = await runOn(hub, importLibraryCommand, bad);
  expect({ code, text }).toMatchObject({
    code: 1,
    text: expect.stringContaining("is not what it is said to be"),
  });
  expect(listStoredFiles(hub.config.dataFolder)).toEqual([]);
  await withLine("materials", (line) => ({ ...line, versions: [], practices: ["not an id"] }));
  await expectRefused(/Line 1 of materials\.jsonl/);
});

test("a part that leads out of the file, one too many, and one too few are refused", async () => {
  await rewriteLibrary(good, bad, () => undefined);
  const bytes = readFileSync(bad);
  const name = Buffer.from("practices.jsonl");
  const outside = Buffer.from("../../../x.json");
  const forged = Buffer.from(bytes);
  for (let at = forged.indexOf(name); at >= 0; at = forged.indexOf(name, at + 1)) outside.copy(forged, at);
  writeFileSync(bad, forged);
  await expectRefused(/damaged/);
  await rewriteLibrary(good, bad, (parts) => {
    parts.set("more.txt", Buffer.from("more"));
  });
  await expectRefused(/damaged/);
  await rewriteLibrary(good, bad, (parts, manifest) => {
    parts.delete("evidence.jsonl");
    manifest["parts"] = (manifest["parts"] as { name: string }[]).filter((one) => one.name !== "evidence");
  });
  await expectRefused(/damaged/);
});

test("a small file that unpacks to an enormous one is refused before it is all read", async () => {
  await rewriteLibrary(good, bad, (parts) => {
    parts.set("practices.jsonl", Buffer.alloc(100 * 1024 * 1024, " "));
  });
  expect(readFileSync(bad).length).toBeLessThan(2 * 1024 * 1024);
  await expectRefused(/longer than any library's/);
  // One that says it is small.
  const parts: Parts = new Map([["manifest.json", Buffer.alloc(80 * 1024 * 1024, " ")]]);
  await writeParts(bad, parts);
  await expectRefused(/damaged|no library/);
});

test("after all of that the good file is taken", async () => {
  expect(await runOn(hub, importLibraryCommand, good)).toMatchObject({ code: 0 });
});
