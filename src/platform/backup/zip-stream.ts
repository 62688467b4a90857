// Writes a zip as a stream, part after part: each is opened when the one before it is written.
import type { PassThrough, Readable } from "node:stream";
import yazl from "yazl";

export interface ZipPart {
  name: string;
  /** Whether its bytes are worth packing. */
  compress: boolean;
  open(): Promise<Readable>;
}

/** Fast and nearly as small as the default of 6. */
const COMPRESSION_LEVEL = 4;

/** The bytes of a zip with these parts, in this order. A part that fails ends the stream with its error. */
export function zipStream(parts: Iterable<ZipPart>, mtime: Date): Readable {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as PassThrough;
  let current: Readable | null = null;
  zip.on("error", (error: Error) => output.destroy(error));
  // A part that nobody reads on is read to its end: behind it waits the connection that it comes from.
  output.once("close", () => current?.unpipe().resume());
  for (const part of parts) {
    const compressionLevel = part.compress ? COMPRESSION_LEVEL : 0;
    zip.addReadStreamLazy(part.name, { mtime, mode: 0o100_600, compressionLevel }, (begin) => {
      part.open().then(
        (content) => {
          current = content.on("error", (error) => output.destroy(error));
          begin(null, content);
        },
        (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    });
  }
  zip.end();
  return output;
}
