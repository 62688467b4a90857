// A library's file in a test, opened and written anew with something changed by hand.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { openZipParts } from "../../src/platform/backup/zip-parts.ts";
import { zipStream } from "../../src/platform/backup/zip-stream.ts";

export type Parts = Map<string, Buffer>;

/** All parts of a library's file. */
export async function readParts(file: string): Promise<Parts> {
  const zip = await openZipParts(await open(file, "r"));
  const parts: Parts = new Map();
  for (const name of zip.sizes.keys()) {
    const content = await zip.open(name);
    if (content) parts.set(name, await buffer(content));
  }
  await zip.close();
  return parts;
}

/** The lines of a part, as they are written. */
export const linesOf = (parts: Parts, name: string): Record<string, unknown>[] =>
  (parts.get(`${name}.jsonl`) ?? Buffer.alloc(0))
    .toString("utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Record<string, unknown>);

export const putLines = (parts: Parts, name: string, lines: readonly unknown[]): void => {
  parts.set(`${name}.jsonl`, Buffer.from(lines.map((line) => `${JSON.stringify(line)}\n`).join("")));
};

export async function writeParts(to: string, parts: Parts): Promise<void> {
  const written = [...parts].map(([name, bytes]) => ({
    name,
    compress: true,
    open: () => Promise.resolve(Readable.from([bytes])),
  }));
  await pipeline(zipStream(written, new Date("2000-01-01T00:00:00Z")), createWriteStream(to));
}

/** Writes a library anew: what is changed in it is told by its manifest, as if another hub had written it so. */
export async function rewriteLibrary(
  from: string,
  to: string,
  change: (parts: Parts, manifest: Record<string, unknown>) => void,
): Promise<void> {
  const parts = await readParts(from);
  const manifest = JSON.parse(parts.get("manifest.json")?.toString("utf8") ?? "{}") as Record<
    string,
    unknown
  > & {
    parts: { name: string; lines: number; bytes: number; sha256: string }[];
    files: { hash: string; bytes: number }[];
  };
  parts.delete("manifest.json");
  change(parts, manifest);
  manifest.parts = manifest.parts.map(({ name }) => {
    const bytes = parts.get(`${name}.jsonl`) ?? Buffer.alloc(0);
    return {
      name,
      lines: bytes.toString("latin1").split("\n").length - 1,
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
    };
  });
  manifest.files = manifest.files.map(({ hash }) => ({
    hash,
    bytes: parts.get(`files/${hash}`)?.length ?? 0,
  }));
  parts.set("manifest.json", Buffer.from(`${JSON.stringify(manifest)}\n`));
  await writeParts(to, parts);
}
