import { once } from "node:events";
import { createReadStream, existsSync, mkdirSync, statSync, unlinkSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";
import { type Digested, digest } from "./digest.ts";
import { decrypt, ENCRYPTED_START } from "./encryption.ts";
import {
  BackupProblem,
  DAMAGED,
  filePart,
  MANIFEST_PART,
  type Manifest,
  parseManifest,
  tablePart,
} from "./manifest.ts";

export interface Backup {
  manifest: Manifest;
  encrypted: boolean;
  /** The unpacked bytes of a part. */
  open(part: string): Promise<Readable>;
  close(): Promise<void>;
}

const ZIP_START = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** The manifest is read into memory: with a million uploaded files it has about 200 MB. */
const LARGEST_MANIFEST = 512 * 1024 * 1024;

/**
 * Opens a backup and reads what it says of itself.
 * @param folder where an encrypted one is unpacked meanwhile, in a file that has no name and goes with the process.
 * @throws BackupProblem where it is none, or cannot be opened.
 */
export async function openBackup(file: string, passphrase: string | null, folder: string): Promise<Backup> {
  const encrypted = isEncrypted(file, await readStart(file));
  const handle = encrypted ? await decryptFile(file, passphrase, folder) : await open(file, "r");
  const ranges = new Ranges(handle);
  try {
    return await readZip(ranges, (await handle.stat()).size, encrypted);
  } catch (error) {
    await ranges.closeFile();
    throw asBackupProblem(error);
  }
}

async function readStart(file: string): Promise<Buffer> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new BackupProblem(`There is no file ${file}`);
  const handle = await open(file, "r");
  try {
    const { buffer: start, bytesRead } = await handle.read(Buffer.alloc(ENCRYPTED_START.length));
    return start.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

function isEncrypted(file: string, start: Buffer): boolean {
  if (start.toString("latin1") === ENCRYPTED_START) return true;
  if (start.subarray(0, ZIP_START.length).equals(ZIP_START)) return false;
  throw new BackupProblem(`${file} is no backup of Trellis, or its beginning is damaged.`);
}

async function decryptFile(file: string, passphrase: string | null, folder: string): Promise<FileHandle> {
  if (passphrase === null)
    throw new BackupProblem(
      "The backup is encrypted. Give its passphrase in TRELLIS_BACKUP_PASSPHRASE, or the file that holds it with --passphrase-file FILE.",
    );
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `opened-backup-${crypto.randomUUID()}`);
  const handle = await open(path, "wx+", 0o600);
  // Nameless from the start, so that nothing of it stays whatever happens to this process.
  unlinkSync(path);
  try {
    await handle.appendFile(await decrypt(createReadStream(file), passphrase));
    return handle;
  } catch (error) {
    await handle.close();
    throw asBackupProblem(error);
  }
}

/** Reads parts of an open file for yauzl. The file is closed when nothing reads it any more, and not by yauzl. */
class Ranges extends yauzl.RandomAccessReader {
  readonly #handle: FileHandle;
  readonly #reading = new Set<Readable>();
  constructor(handle: FileHandle) {
    super();
    this.#handle = handle;
  }
  override _readStreamForRange(start: number, end: number): Readable {
    const stream = Readable.from(readRange(this.#handle, start, end), { objectMode: false });
    this.#reading.add(stream);
    stream.once("close", () => this.#reading.delete(stream));
    return stream;
  }
  async closeFile(): Promise<void> {
    // What could not be unpacked to its end is still being read.
    await Promise.all([...this.#reading].map((stream) => once(stream.destroy(), "close")));
    await this.#handle.close();
  }
}

const BLOCK = 256 * 1024;

async function* readRange(handle: FileHandle, start: number, end: number): AsyncGenerator<Buffer> {
  for (let at = start; at < end; ) {
    const block = Buffer.allocUnsafe(Math.min(BLOCK, end - at));
    const { bytesRead } = await handle.read(block, 0, block.length, at);
    if (bytesRead === 0) return;
    yield block.subarray(0, bytesRead);
    at += bytesRead;
  }
}

async function readZip(ranges: Ranges, size: number, encrypted: boolean): Promise<Backup> {
  const zip = await yauzl.fromRandomAccessReaderPromise(ranges, size, { autoClose: false });
  const entries = new Map<string, yauzl.Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.has(entry.fileName)) throw new BackupProblem(DAMAGED);
    entries.set(entry.fileName, entry);
  }
  const openPart = (part: string): Promise<Readable> => {
    const entry = entries.get(part);
    if (!entry) throw new BackupProblem(DAMAGED);
    return zip.openReadStreamPromise(entry);
  };
  const entry = entries.get(MANIFEST_PART);
  if (!entry || entry.uncompressedSize > LARGEST_MANIFEST) throw new BackupProblem(DAMAGED);
  const text = await buffer(await openPart(MANIFEST_PART));
  // Everything else is measured against the manifest; the manifest against the zip's own sum.
  if (crc32(text) !== entry.crc32) throw new BackupProblem(DAMAGED);
  const manifest = parseManifest(text.toString("utf8"));
  const told = new Set([MANIFEST_PART, ...manifest.tables.map(tablePart), ...manifest.files.map(filePart)]);
  if (told.size !== entries.size || [...entries.keys()].some((name) => !told.has(name)))
    throw new BackupProblem(DAMAGED);
  return { manifest, encrypted, open: openPart, close: () => ranges.closeFile() };
}

/**
 * Reads the whole backup and compares every table and file with the manifest.
 * @throws BackupProblem naming the first part that differs.
 */
export async function checkBackup(backup: Backup): Promise<void> {
  const parts: [name: string, expected: Omit<Digested, "rows"> & { rows?: number }][] = [
    ...backup.manifest.tables.map((table) => [tablePart(table), table] as [string, Digested]),
    ...backup.manifest.files.map((file) => [filePart(file), file] as [string, Omit<Digested, "rows">]),
  ];
  for (const [name, expected] of parts) {
    const found = await digestPart(backup, name);
    if (
      found?.sha256 !== expected.sha256 ||
      found.bytes !== expected.bytes ||
      (expected.rows !== undefined && found.rows !== expected.rows)
    )
      throw new BackupProblem(`${DAMAGED} (${name})`);
  }
}

async function digestPart(backup: Backup, name: string): Promise<Digested | null> {
  try {
    return await digest(await backup.open(name));
  } catch {
    return null;
  }
}

/** What the readers of zip and age throw at a file that was changed or cut off, in words for the person. */
function asBackupProblem(error: unknown): unknown {
  if (error instanceof BackupProblem) return error;
  // The disk's own failures say what they are.
  if (error instanceof Error && "syscall" in error) return error;
  return new BackupProblem(DAMAGED, { cause: error });
}
