import { createReadStream, existsSync, mkdirSync, statSync, unlinkSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";
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
import { openZipParts, type ZipParts } from "./zip-parts.ts";

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
  let zip: ZipParts | null = null;
  try {
    zip = await openZipParts(handle);
    return await readManifest(zip, encrypted);
  } catch (error) {
    await zip?.close();
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

async function readManifest(zip: ZipParts, encrypted: boolean): Promise<Backup> {
  const text = await zip.readWhole(MANIFEST_PART, LARGEST_MANIFEST);
  if (!text) throw new BackupProblem(DAMAGED);
  const manifest = parseManifest(text.toString("utf8"));
  const told = new Set([MANIFEST_PART, ...manifest.tables.map(tablePart), ...manifest.files.map(filePart)]);
  if (told.size !== zip.sizes.size || [...zip.sizes.keys()].some((name) => !told.has(name)))
    throw new BackupProblem(DAMAGED);
  const openPart = async (part: string): Promise<Readable> => {
    const content = await zip.open(part);
    if (!content) throw new BackupProblem(DAMAGED);
    return content;
  };
  return { manifest, encrypted, open: openPart, close: () => zip.close() };
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
