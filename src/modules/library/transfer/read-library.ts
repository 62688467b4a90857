// A library's file as it comes in. Nothing of it is believed: every line is checked, and nothing is unpacked anywhere.
import { existsSync, statSync } from "node:fs";
import { open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { Digest, digest } from "../../../platform/backup/digest.ts";
import { openZipParts, type ZipParts } from "../../../platform/backup/zip-parts.ts";
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
  transferManifest,
} from "./transfer.types.ts";

export const DAMAGED =
  "The file is damaged or incomplete. Nothing was changed. Fetch it again from where it is kept, or have it exported once more.";

const MEGABYTE = 1024 * 1024;
const LARGEST_MANIFEST = 64 * MEGABYTE;
/** A practice with a thousand versions has less. */
const LONGEST_LINE = 64 * MEGABYTE;
const LARGEST_PART = 16 * 1024 * MEGABYTE;
const MOST_FILES = 1_000_000;

export interface LibraryFile {
  manifest: TransferManifest;
  /** The checked lines of a part, each with its number. @throws TransferProblem naming the line that is wrong. */
  lines(part: TransferPart): AsyncGenerator<TransferLine>;
  /** The bytes of a stored file. */
  open(hash: string): Promise<Readable>;
  close(): Promise<void>;
}

/**
 * Opens a library's file and reads what it says of itself.
 * @param parts those that this Trellis knows.
 * @throws TransferProblem
 */
export async function openLibraryFile(file: string, parts: readonly TransferPart[]): Promise<LibraryFile> {
  if (!existsSync(file) || !statSync(file).isFile()) throw new TransferProblem(`There is no file ${file}`);
  let zip: ZipParts | null = null;
  try {
    zip = await openZipParts(await open(file, "r"));
    return await readFile(zip, parts);
  } catch (error) {
    await zip?.close();
    throw asProblem(error);
  }
}

async function readFile(zip: ZipParts, parts: readonly TransferPart[]): Promise<LibraryFile> {
  const text = await zip.readWhole(MANIFEST_NAME, LARGEST_MANIFEST);
  if (!text)
    throw new TransferProblem("The file is no library of Trellis, or it is damaged. Nothing was changed.");
  const manifest = parseManifest(text.toString("utf8"));
  const names = parts.map(({ name }) => name);
  const told = [
    MANIFEST_NAME,
    ...manifest.parts.map(({ name }) => partName(name)),
    ...manifest.files.map(({ hash }) => fileName(hash)),
  ];
  const isWhole =
    isDeepStrictEqual(
      manifest.parts.map(({ name }) => name),
      names,
    ) &&
    new Set(told).size === told.length &&
    told.length === zip.sizes.size &&
    told.every((name) => zip.sizes.has(name));
  const fits =
    manifest.files.length <= MOST_FILES &&
    manifest.parts.every(
      ({ name, bytes }) => zip.sizes.get(partName(name)) === bytes && bytes <= LARGEST_PART,
    ) &&
    manifest.files.every(({ hash, bytes }) => zip.sizes.get(fileName(hash)) === bytes);
  if (!isWhole || !fits) throw new TransferProblem(DAMAGED);
  const openPart = async (name: string): Promise<Readable> => {
    const content = await zip.open(name);
    if (!content) throw new TransferProblem(DAMAGED);
    return content;
  };
  return {
    manifest,
    lines: (part) => readLines(openPart, part, manifest),
    open: (hash) => openPart(fileName(hash)),
    close: () => zip.close(),
  };
}

function parseManifest(text: string): TransferManifest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new TransferProblem(DAMAGED);
  }
  const about = z.object({ kind: z.string(), format: z.number() }).safeParse(content);
  if (!about.success || about.data.kind !== TRANSFER_KIND)
    throw new TransferProblem(
      "This is no library of Trellis. A backup of a whole hub is brought back with: trellis restore FILE. Nothing was changed.",
    );
  if (about.data.format > TRANSFER_FORMAT)
    throw new TransferProblem(
      "The library was written by a newer Trellis, in a form that this one does not know. Update Trellis, then import. Nothing was changed.",
    );
  const parsed = transferManifest.safeParse(content);
  if (!parsed.success) throw new TransferProblem(DAMAGED);
  return parsed.data;
}

async function* readLines(
  openPart: (name: string) => Promise<Readable>,
  part: TransferPart,
  manifest: TransferManifest,
): AsyncGenerator<TransferLine> {
  const told = manifest.parts.find(({ name }) => name === part.name);
  const measure = new Digest();
  const seen = new Set<string>();
  let number = 0;
  try {
    const content = await openPart(partName(part.name));
    // A failure of the content ends the measure with the same error, which the reading of lines then meets.
    pipeline(content, measure).catch(() => undefined);
    for await (const text of splitLines(measure)) {
      number += 1;
      const line = parseLine(part, text, number);
      if (seen.has(line.id)) throw wrongLine(part, number, "the same id came before");
      seen.add(line.id);
      yield line;
    }
  } catch (error) {
    throw asProblem(error);
  } finally {
    measure.destroy();
  }
  const { bytes, sha256 } = measure.result();
  if (number !== told?.lines || bytes !== told.bytes || sha256 !== told.sha256)
    throw new TransferProblem(DAMAGED);
}

const LINE_END = 10;

/** Lines of UTF-8, each ended; one that never ends would fill the memory. */
async function* splitLines(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let pending: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end >= 0; end = chunk.indexOf(LINE_END, from)) {
      yield decoder.decode(Buffer.concat([...pending, chunk.subarray(from, end)]));
      pending = [];
      length = 0;
      from = end + 1;
    }
    pending.push(chunk.subarray(from));
    length += chunk.length - from;
    if (length > LONGEST_LINE)
      throw new TransferProblem("A line of the file is longer than any library's. Nothing was changed.");
  }
  if (length > 0) throw new TransferProblem(DAMAGED);
}

const wrongLine = (part: TransferPart, number: number, why: string): TransferProblem =>
  new TransferProblem(
    `Line ${number} of ${partName(part.name)} cannot be used: ${why}. Nothing was changed. The file was not written by this Trellis, or was changed afterwards.`,
  );

/** What the database cannot hold: a text with the zero character, or with half of a character. */
const isHoldable = (text: string): boolean => !text.includes("\0") && text.isWellFormed();

function parseLine(part: TransferPart, text: string, number: number): TransferLine {
  let content: unknown;
  let isClean = true;
  try {
    content = JSON.parse(text, (key, value: unknown) => {
      if (key === "__proto__" || !isHoldable(key) || (typeof value === "string" && !isHoldable(value)))
        isClean = false;
      return value;
    });
  } catch {
    throw wrongLine(part, number, "it is not JSON");
  }
  if (!isClean) throw wrongLine(part, number, "it holds characters that no text has");
  const parsed = part.line.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw wrongLine(
      part,
      number,
      `${issue?.path.join(".") || "the line"}: ${issue?.message ?? "it has another form"}`,
    );
  }
  // What the form does not name would be lost without a word.
  if (!isDeepStrictEqual(parsed.data, content))
    throw wrongLine(part, number, "it says more, or says it otherwise, than this Trellis knows");
  return parsed.data;
}

/** Compares a stored file with its name and size. */
export async function isWholeFile(
  file: LibraryFile,
  { hash, bytes }: { hash: string; bytes: number },
): Promise<boolean> {
  try {
    const found = await digest(await file.open(hash));
    return found.sha256 === hash && found.bytes === bytes;
  } catch {
    return false;
  }
}

/** What the readers of the zip throw at a file that was changed or cut off, in words for the person. */
function asProblem(error: unknown): unknown {
  if (error instanceof TransferProblem) return error;
  if (error instanceof Error && "syscall" in error) return error;
  return new TransferProblem(DAMAGED, { cause: error });
}
