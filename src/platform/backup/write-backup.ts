import { createWriteStream, existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { projectFolder } from "../config/project-folder.ts";
import { inSnapshot, system } from "../database/actor.ts";
import type { Trx } from "../database/database.ts";
import { holdStoredFiles } from "../files/file-lock.store.ts";
import type { FileStore } from "../files/files.ts";
import { Digest, type Digested } from "./digest.ts";
import { encrypt } from "./encryption.ts";
import {
  BACKUP_FORMAT,
  BackupProblem,
  filePart,
  MANIFEST_PART,
  type Manifest,
  tablePart,
} from "./manifest.ts";
import {
  copyOut,
  type HubTable,
  listMigrations,
  listSequences,
  listTables,
  readServerVersion,
  settleForms,
} from "./tables.store.ts";
import { type ZipPart, zipStream } from "./zip-stream.ts";

export interface BackupSource {
  ownerPool: pg.Pool;
  files: FileStore;
  now: Date;
}

export interface BackupTarget {
  file: string;
  /** Whether a file that is there may be replaced. */
  force: boolean;
  passphrase: string | null;
}

export interface WrittenBackup {
  tables: number;
  rows: number;
  files: number;
  bytes: number;
  encrypted: boolean;
  /** Uploaded files whose content was damaged in the store already. */
  damagedFiles: string[];
}

/**
 * Writes the hub into one file, as it is at one moment, while it may go on working: beside the target first, and in its
 * place when it is complete.
 * @throws BackupProblem where the file cannot be written there.
 */
export async function writeBackup(source: BackupSource, target: BackupTarget): Promise<WrittenBackup> {
  const file = resolve(target.file);
  refuseTarget(file, target.force);
  const half = `${file}.part`;
  // What a killed backup left.
  rmSync(half, { force: true });
  try {
    const manifest = await inSnapshot(source.ownerPool, system, async (trx, client) => {
      const manifest = await beginManifest(trx, source.now);
      await holdStoredFiles(trx);
      const tables = await listTables(trx);
      // A file is stored before the row that names it is committed: what is there now holds all that the rows name.
      const files = await source.files.list();
      const plain = zipStream(partsOf({ trx, client, tables, files, manifest, source }), source.now);
      const content = target.passphrase === null ? plain : await encrypt(plain, target.passphrase);
      await pipeline(content, createWriteStream(half, { flags: "wx", mode: 0o600, flush: true }));
      return manifest;
    });
    refuseTarget(file, target.force);
    renameSync(half, file);
    await flushFolder(dirname(file));
    return {
      tables: manifest.tables.length,
      rows: manifest.tables.reduce((sum, table) => sum + table.rows, 0),
      files: manifest.files.length,
      bytes: statSync(file).size,
      encrypted: target.passphrase !== null,
      damagedFiles: manifest.files.filter((one) => one.sha256 !== one.hash).map((one) => one.hash),
    };
  } catch (error) {
    rmSync(half, { force: true });
    if (isFileProblem(error, half))
      throw new BackupProblem(`The backup could not be written to ${file}: ${error.message}`, {
        cause: error,
      });
    throw error;
  }
}

function refuseTarget(file: string, force: boolean): void {
  if (!existsSync(dirname(file)))
    throw new BackupProblem(`There is no folder ${dirname(file)}. Make it, or name another file.`);
  if (!existsSync(file)) return;
  if (!statSync(file).isFile())
    throw new BackupProblem(`${file} is not a file. Name a file in it or beside it.`);
  if (!force)
    throw new BackupProblem(`${file} is there already. Name another file, or add --force to replace it.`);
}

/** Of the target's disk: full, not to be written, gone. */
function isFileProblem(error: unknown, half: string): error is NodeJS.ErrnoException {
  const { code, syscall, path } = error as NodeJS.ErrnoException;
  if (code === undefined || (path !== undefined && path !== half)) return false;
  return ["open", "write", "writev", "fsync", "rename", "close"].includes(syscall ?? "");
}

async function beginManifest(trx: Trx, now: Date): Promise<Manifest> {
  await settleForms(trx);
  const about = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { version: string };
  return {
    format: BACKUP_FORMAT,
    trellis: about.version,
    postgresql: await readServerVersion(trx),
    takenAt: now.toISOString(),
    migrations: await listMigrations(trx),
    tables: [],
    sequences: [],
    files: [],
  };
}

interface Reading {
  trx: Trx;
  client: pg.ClientBase;
  tables: HubTable[];
  files: string[];
  manifest: Manifest;
  source: BackupSource;
}

/** The parts in their order; the manifest fills as they are read and is the last one. */
function* partsOf({ trx, client, tables, files, manifest, source }: Reading): Generator<ZipPart> {
  for (const table of tables) {
    const { schema, name, columns } = table;
    yield {
      name: tablePart(table),
      compress: true,
      open: () =>
        measured(copyOut(client, table), (digested) =>
          manifest.tables.push({ schema, name, columns, ...digested }),
        ),
    };
  }
  for (const hash of files)
    yield {
      name: filePart({ hash }),
      compress: true,
      open: async () =>
        measured(await source.files.read(hash), ({ bytes, sha256 }) =>
          manifest.files.push({ hash, bytes, sha256 }),
        ),
    };
  yield {
    name: MANIFEST_PART,
    compress: true,
    open: async () => {
      // Sequences know no snapshot: read after the rows they are ahead of them.
      manifest.sequences = await listSequences(trx);
      return Readable.from([Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`)]);
    },
  };
}

function measured(content: Readable, note: (digested: Digested) => void): Promise<Readable> {
  const digest = new Digest();
  digest.once("end", () => note(digest.result()));
  // A failure of the content ends the digest with the same error, and whoever reads that one learns of it.
  pipeline(content, digest).catch(() => undefined);
  return Promise.resolve(digest);
}

/** So that the new name, too, is on the disk. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
