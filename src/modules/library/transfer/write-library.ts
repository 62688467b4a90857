// A whole library in one file: lines of JSON, and the files of its materials. The same library gives the same bytes.
import { createWriteStream, existsSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { Digest } from "../../../platform/backup/digest.ts";
import { type ZipPart, zipStream } from "../../../platform/backup/zip-stream.ts";
import { inSnapshot, system } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { holdStoredFiles } from "../../../platform/files/file-lock.store.ts";
import { FileMissing, type FileStore } from "../../../platform/files/files.ts";
import { transferParts } from "./parts.ts";
import {
  fileName,
  MANIFEST_NAME,
  partName,
  TRANSFER_FORMAT,
  TRANSFER_KIND,
  type TransferLine,
  type TransferManifest,
  type TransferPart,
  TransferProblem,
} from "./transfer.types.ts";

export interface LibrarySource {
  pool: pg.Pool;
  files: FileStore;
}

/** The parts of a zip say when they were written; these always say the same. */
const NO_TIME = new Date("2000-01-01T00:00:00Z");
const AT_ONCE = 200;

/** Writes the library, as it is at one moment. @throws TransferProblem where the file cannot be written there. */
export async function writeLibrary(
  { pool, files }: LibrarySource,
  target: { file: string; force: boolean },
): Promise<TransferManifest> {
  const file = resolve(target.file);
  refuseTarget(file, target.force);
  const half = `${file}.part`;
  rmSync(half, { force: true });
  const manifest: TransferManifest = { kind: TRANSFER_KIND, format: TRANSFER_FORMAT, parts: [], files: [] };
  try {
    await inSnapshot(pool, system, async (trx) => {
      await holdStoredFiles(trx);
      const hashes = await listNeeded(trx);
      const content = zipStream(partsOf({ trx, files, manifest, hashes }), NO_TIME);
      // Drafts are among it: for its owner alone.
      await pipeline(content, createWriteStream(half, { flags: "wx", mode: 0o600, flush: true }));
    });
    refuseTarget(file, target.force);
    renameSync(half, file);
    return manifest;
  } catch (error) {
    rmSync(half, { force: true });
    if (error instanceof FileMissing)
      throw new TransferProblem(
        "A file of a material is missing in the hub's store. Bring it back from a backup, then export again.",
      );
    throw error;
  }
}

function refuseTarget(file: string, force: boolean): void {
  if (!existsSync(dirname(file)))
    throw new TransferProblem(`There is no folder ${dirname(file)}. Make it, or name another file.`);
  if (existsSync(file) && (!force || !statSync(file).isFile()))
    throw new TransferProblem(`${file} is there already. Name another file, or add --force to replace it.`);
}

interface Writing {
  trx: Trx;
  files: FileStore;
  manifest: TransferManifest;
  /** The files that lines need. */
  hashes: readonly string[];
}

/** The parts in their order; the manifest fills as they are read and is the last one. */
function* partsOf({ trx, files, manifest, hashes }: Writing): Generator<ZipPart> {
  for (const part of transferParts())
    yield {
      name: partName(part.name),
      compress: true,
      open: async () =>
        measured(Readable.from(textOf(linesOf(trx, part))), ({ rows, bytes, sha256 }) =>
          manifest.parts.push({ name: part.name, lines: rows, bytes, sha256 }),
        ),
    };
  for (const hash of hashes)
    yield {
      name: fileName(hash),
      compress: true,
      open: async () => measured(await files.read(hash), ({ bytes }) => manifest.files.push({ hash, bytes })),
    };
  yield {
    name: MANIFEST_NAME,
    compress: true,
    open: async () => Readable.from([`${JSON.stringify(manifest, null, 1)}\n`]),
  };
}

async function* linesOf(trx: Trx, part: TransferPart): AsyncGenerator<TransferLine> {
  const ids = await part.listIds(trx);
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    const some = ids.slice(from, from + AT_ONCE);
    const found = await part.find(trx, some);
    for (const id of some) {
      const line = found.get(id);
      if (line) yield line;
    }
  }
}

async function* textOf(lines: AsyncIterable<TransferLine>): AsyncGenerator<string> {
  for await (const line of lines) yield `${JSON.stringify(line)}\n`;
}

async function listNeeded(trx: Trx): Promise<string[]> {
  const hashes = new Set<string>();
  for (const part of transferParts())
    if (part.files)
      for await (const line of linesOf(trx, part)) for (const { hash } of part.files(line)) hashes.add(hash);
  return [...hashes].toSorted();
}

function measured(content: Readable, note: (digested: ReturnType<Digest["result"]>) => void): Readable {
  const digest = new Digest();
  digest.once("end", () => note(digest.result()));
  pipeline(content, digest).catch(() => undefined);
  return digest;
}
