// Which encoding a text file is in, and its decoding piece by piece. Decoding and encoding are exact
// opposites here (also for bytes that Windows-1252 leaves undefined), so a file can be written back unchanged.
import { isAscii, isUtf8 } from "node:buffer";
import type { FileHandle } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";

export type TextEncodingName = "utf8" | "utf16le" | "utf16be" | "cp1252";

export interface DetectedEncoding {
  encoding: TextEncodingName;
  bom: boolean;
  /** Where the text starts, in bytes. */
  bomBytes: number;
}

/** How much of a file is read and decoded at a time. */
export const CHUNK_BYTES = 1 << 16;

/** The characters of the bytes 0x80 to 0x9F; the five undefined bytes keep their own number (as browsers do). */
const CP1252_HIGH = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";
const CP1252_BYTE = new Map(Array.from(CP1252_HIGH, (character, index) => [character, 0x80 + index]));

/** The encoding that a byte order mark at the start of a file states, or null. */
export function encodingOfBom(start: Uint8Array): DetectedEncoding | null {
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) {
    return { encoding: "utf8", bom: true, bomBytes: 3 };
  }
  if (start[0] === 0xff && start[1] === 0xfe) return { encoding: "utf16le", bom: true, bomBytes: 2 };
  if (start[0] === 0xfe && start[1] === 0xff) return { encoding: "utf16be", bom: true, bomBytes: 2 };
  return null;
}

/** How many bytes at the end belong to a UTF-8 character that is cut off there. */
function cutOffBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) {
      const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return length > back ? back : 0;
    }
  }
  return 0;
}

/** Reads the whole file once: byte order mark, else valid UTF-8 from end to end, else Windows-1252. */
export async function detectEncoding(handle: FileHandle): Promise<DetectedEncoding> {
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES + 4);
  let position = 0;
  let kept = 0;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, kept, CHUNK_BYTES, position);
    if (position === 0) {
      const marked = encodingOfBom(buffer.subarray(0, Math.min(bytesRead, 3)));
      if (marked) return marked;
    }
    const bytes = buffer.subarray(0, kept + bytesRead);
    if (bytesRead === 0) {
      return { encoding: isUtf8(bytes) ? "utf8" : "cp1252", bom: false, bomBytes: 0 };
    }
    position += bytesRead;
    kept = cutOffBytes(bytes);
    if (!isUtf8(bytes.subarray(0, bytes.length - kept))) {
      return { encoding: "cp1252", bom: false, bomBytes: 0 };
    }
    buffer.copyWithin(0, bytes.length - kept, bytes.length);
  }
}

/** Windows-1252 bytes as text. */
export function decodeCp1252(bytes: Buffer): string {
  const text = bytes.toString("latin1");
  if (isAscii(bytes)) return text;
  return text.replace(
    /[\u0080-\u009f]/g,
    (character: string) => CP1252_HIGH[character.charCodeAt(0) - 0x80] ?? "?",
  );
}

function encodeCp1252(text: string): Buffer {
  const bytes = Buffer.allocUnsafe(text.length);
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const direct = code < 0x80 || (code >= 0xa0 && code <= 0xff);
    bytes[length++] = direct ? code : (CP1252_BYTE.get(character) ?? 0x3f);
  }
  return bytes.subarray(0, length);
}

/** Text as bytes of the encoding, without a byte order mark; what Windows-1252 lacks becomes "?". */
export function encodeText(text: string, encoding: TextEncodingName): Buffer {
  switch (encoding) {
    case "utf8":
      return Buffer.from(text, "utf8");
    case "utf16le":
      return Buffer.from(text, "utf16le");
    case "utf16be":
      return Buffer.from(text, "utf16le").swap16();
    default:
      return encodeCp1252(text);
  }
}

/** Decodes a file piece by piece; characters cut in two by the pieces come out whole. */
export class IncrementalDecoder {
  readonly #encoding: TextEncodingName;
  // StringDecoder keeps stray surrogates of UTF-16 as they are; for UTF-8 TextDecoder is four times as fast.
  readonly #utf16 = new StringDecoder("utf16le");
  readonly #utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  #oddByte: number | null = null;

  constructor(encoding: TextEncodingName) {
    this.#encoding = encoding;
  }

  write(bytes: Buffer): string {
    if (this.#encoding === "cp1252") return decodeCp1252(bytes);
    if (this.#encoding === "utf16be") return this.#utf16.write(this.#swapped(bytes));
    if (this.#encoding === "utf16le") return this.#utf16.write(bytes);
    return this.#utf8.decode(bytes, { stream: true });
  }

  end(): string {
    return this.#encoding === "utf8" ? this.#utf8.decode() : this.#utf16.end();
  }

  #swapped(bytes: Buffer): Buffer {
    const whole =
      this.#oddByte === null ? Buffer.from(bytes) : Buffer.concat([Buffer.of(this.#oddByte), bytes]);
    const even = whole.length - (whole.length % 2);
    this.#oddByte = even < whole.length ? (whole[even] ?? null) : null;
    return whole.subarray(0, even).swap16();
  }
}

/** The text of a file from its first character (the byte order mark left out), in pieces of up to 64 KiB. */
export async function* decodedChunks(
  handle: FileHandle,
  { encoding, bomBytes }: DetectedEncoding,
): AsyncGenerator<string> {
  const decoder = new IncrementalDecoder(encoding);
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let position = bomBytes;
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    yield decoder.write(buffer.subarray(0, bytesRead));
  }
  const last = decoder.end();
  if (last !== "") yield last;
}
