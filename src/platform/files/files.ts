import { createHash } from "node:crypto";
import { createWriteStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface StoredFile {
  /** SHA-256 in hex: the file's name in the store, so that the same file is kept once. */
  hash: string;
  bytes: number;
}

/** The upload is larger than the hub takes. */
export class FileTooLarge extends Error {}

/** Where a stored file lies. Never made of anything but a hash. */
export function storedFilePath(dataFolder: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error("not a stored file's hash");
  return join(dataFolder, "files", hash.slice(0, 2), hash);
}

/** The hashes of all stored files, in order; what is being written is not among them. */
export function listStoredFiles(dataFolder: string): string[] {
  const folder = join(dataFolder, "files");
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((one) => one.isDirectory() && /^[0-9a-f]{2}$/.test(one.name))
    .flatMap((one) => readdirSync(join(folder, one.name)))
    .filter((name) => /^[0-9a-f]{64}$/.test(name))
    .toSorted();
}

/** Writes a stream into the store in constant memory; complete or not at all. @throws FileTooLarge beyond `limit` bytes. */
export async function storeFile(dataFolder: string, content: Readable, limit: number): Promise<StoredFile> {
  const folder = join(dataFolder, "files");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const half = join(folder, `half-${crypto.randomUUID()}`);
  const hash = createHash("sha256");
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hash.update(chunk);
      done(bytes > limit ? new FileTooLarge() : null, chunk);
    },
  });
  try {
    await pipeline(content, count, createWriteStream(half, { flags: "wx", mode: 0o600 }));
    const name = hash.digest("hex");
    const path = storedFilePath(dataFolder, name);
    mkdirSync(join(path, ".."), { recursive: true, mode: 0o700 });
    if (existsSync(path)) rmSync(half);
    else renameSync(half, path);
    return { hash: name, bytes };
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  }
}
