// Reads the parts of a zip file, in any order, without unpacking it anywhere.
import { once } from "node:events";
import type { FileHandle } from "node:fs/promises";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32 } from "node:zlib";
import yauzl from "yauzl";

export interface ZipParts {
  /** What each part says that it unpacks to, in bytes; one that unpacks to another size ends with an error. */
  sizes: ReadonlyMap<string, number>;
  /** The unpacked bytes of a part; null where there is none of that name. */
  open(name: string): Promise<Readable | null>;
  /** A part as a whole; null where it is not there, is larger than `most`, or differs from its sum. */
  readWhole(name: string, most: number): Promise<Buffer | null>;
  close(): Promise<void>;
}

/** Opens a zip, which is closed with the file. @throws where it is none, is cut off, or names a part twice or outside of itself. */
export async function openZipParts(handle: FileHandle): Promise<ZipParts> {
  const ranges = new Ranges(handle);
  try {
    return await readParts(ranges, (await handle.stat()).size);
  } catch (error) {
    await ranges.closeFile();
    throw error;
  }
}

async function readParts(ranges: Ranges, size: number): Promise<ZipParts> {
  const zip = await yauzl.fromRandomAccessReaderPromise(ranges, size, { autoClose: false });
  const entries = new Map<string, yauzl.Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.has(entry.fileName)) throw new Error("a part of the zip is there twice");
    entries.set(entry.fileName, entry);
  }
  const open: ZipParts["open"] = async (name) => {
    const entry = entries.get(name);
    return entry ? zip.openReadStreamPromise(entry) : null;
  };
  return {
    sizes: new Map([...entries].map(([name, { uncompressedSize }]) => [name, uncompressedSize])),
    open,
    readWhole: async (name, most) => {
      const entry = entries.get(name);
      const content = entry && entry.uncompressedSize <= most ? await open(name) : null;
      if (!content) return null;
      const whole = await buffer(content);
      return crc32(whole) === entry?.crc32 ? whole : null;
    },
    close: () => ranges.closeFile(),
  };
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
