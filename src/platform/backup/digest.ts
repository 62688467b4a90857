import { createHash } from "node:crypto";
import { type Readable, Transform, Writable } from "node:stream";
import { pipeline } from "node:stream/promises";

export interface Digested {
  bytes: number;
  /** Lines: in COPY text every row is one, since line breaks inside values are escaped. */
  rows: number;
  sha256: string;
}

const LINE_END = 10;

/** Lets a stream through and measures it. */
export class Digest extends Transform {
  readonly #hash = createHash("sha256");
  #bytes = 0;
  #rows = 0;

  override _transform(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    for (let at = chunk.indexOf(LINE_END); at >= 0; at = chunk.indexOf(LINE_END, at + 1)) this.#rows += 1;
    done(null, chunk);
  }

  /** Once, when the stream has ended. */
  result(): Digested {
    return { bytes: this.#bytes, rows: this.#rows, sha256: this.#hash.digest("hex") };
  }
}

/** Reads a stream to its end and measures it. */
export async function digest(content: Readable): Promise<Digested> {
  const measure = new Digest();
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  await pipeline(content, measure, nowhere);
  return measure.result();
}
