import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface StoredFile {
  /** SHA-256 in hex: the file's name in the store, so that the same file is kept once. */
  hash: string;
  bytes: number;
}

/** What is asked of a file before it is stored. */
export interface Acceptance {
  /** In bytes. */
  limit: number;
  /** Looks at the content. @returns why it is not taken, in words for the person, or null. */
  refuse?: (path: string) => Promise<string | null>;
}

/** Where uploaded files are kept, each under the hash of its content: in a folder, or in an S3-compatible store. */
export interface FileStore {
  /** In words: where it is. */
  place: string;
  /** Takes a stream in constant memory; complete or not at all. @throws FileTooLarge, FileRefused */
  put(content: Readable, acceptance: Acceptance): Promise<StoredFile>;
  /** Whether the file is there; false as well where the store does not answer. */
  has(hash: string): Promise<boolean>;
  /**
   * A file on this machine with the content, for readers that jump about in it. It is not to be changed, and stays for
   * an hour after the last call at least. @throws FileMissing, FileDamaged
   */
  pathOf(hash: string): Promise<string>;
  /** The content as it is stored, damaged or not. @throws FileMissing */
  read(hash: string): Promise<Readable>;
  /** All hashes, in order; what is being written is not among them. */
  list(): Promise<string[]>;
  remove(hash: string): Promise<void>;
  /** @throws where nothing can be written or read. */
  check(): Promise<void>;
}

/** The upload is larger than the hub takes. */
export class FileTooLarge extends Error {}

/** The upload is nothing that the hub stores; the message is for the person. */
export class FileRefused extends Error {}

/** There is no such file in the store. */
export class FileMissing extends Error {}

/** What the store gave is not what was put there. */
export class FileDamaged extends Error {}

/** A stored file's path below the folder `files`. Never made of anything but a hash. */
export function pathBelow(folder: string, hash: string): string {
  if (!isHash(hash)) throw new Error("not a stored file's hash");
  return join(folder, hash.slice(0, 2), hash);
}

export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** What is on its way into a store begins with this. */
export const HALF = "half-";

/** A file that is complete, measured and accepted, under a name of its own. */
export interface ReceivedFile extends StoredFile {
  path: string;
}

/** Writes a stream beside the store and measures it; nothing stays where that fails. @throws FileTooLarge, FileRefused */
export async function receiveFile(
  folder: string,
  content: Readable,
  { limit, refuse }: Acceptance,
): Promise<ReceivedFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `${HALF}${crypto.randomUUID()}`);
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
    await pipeline(content, count, createWriteStream(path, { flags: "wx", mode: 0o600 }));
    const refusal = await refuse?.(path);
    if (refusal) throw new FileRefused(refusal);
    return { path, hash: hash.digest("hex"), bytes };
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}
