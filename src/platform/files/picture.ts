import { readFile } from "node:fs/promises";
import { fileTypeFromBuffer } from "file-type";

/** What a picture's own header says of it. Nothing is unpacked: a small file may claim to be as large as a field. */
export interface PictureHeader {
  type: "image/png" | "image/jpeg" | "image/webp";
  width: number;
  height: number;
}

/** Reads a still PNG, JPEG or WebP; null where the content is something else, or moves, or does not say its size. */
export async function readPictureHeader(path: string): Promise<PictureHeader | null> {
  const bytes = await readFile(path);
  const mime = (await fileTypeFromBuffer(bytes).catch(() => undefined))?.mime;
  const type = mime === "image/png" || mime === "image/jpeg" || mime === "image/webp" ? mime : null;
  if (!type) return null;
  try {
    const size = { "image/png": sizeOfPng, "image/jpeg": sizeOfJpeg, "image/webp": sizeOfWebp }[type](bytes);
    return size && size.width > 0 && size.height > 0 ? { type, ...size } : null;
  } catch (error) {
    // The file ends where its header should go on.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

type Size = { width: number; height: number } | null;

/** The first part is IHDR (PNG, 3rd edition, 11.2.1). */
function sizeOfPng(bytes: Buffer): Size {
  if (bytes.toString("latin1", 12, 16) !== "IHDR") return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Segments up to the picture itself; a frame's header (SOF) says the size (ITU-T T.81, B.2.2). */
function sizeOfJpeg(bytes: Buffer): Size {
  let size: Size = null;
  for (let at = 2; at < bytes.length; ) {
    if (bytes.readUInt8(at) !== 0xff) return null;
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // The picture begins.
    if (marker === 0xda) return size;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      size = larger(size, { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) });
    at += 2 + Math.max(2, bytes.readUInt16BE(at + 2));
  }
  return null;
}

/** Every part that says a size: the canvas and the picture in it may disagree (RFC 9649, 2.5 to 2.7). */
function sizeOfWebp(bytes: Buffer): Size {
  let size: Size = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString("latin1", at, at + 4);
    const length = bytes.readUInt32LE(at + 4);
    const data = at + 8;
    if (name === "ANIM" || name === "ANMF") return null;
    if (name === "VP8X")
      size = larger(size, {
        width: bytes.readUIntLE(data + 4, 3) + 1,
        height: bytes.readUIntLE(data + 7, 3) + 1,
      });
    if (name === "VP8 ")
      size = larger(size, {
        width: bytes.readUInt16LE(data + 6) & 0x3f_ff,
        height: bytes.readUInt16LE(data + 8) & 0x3f_ff,
      });
    if (name === "VP8L") {
      const bits = bytes.readUInt32LE(data + 1);
      size = larger(size, { width: (bits & 0x3f_ff) + 1, height: ((bits >>> 14) & 0x3f_ff) + 1 });
    }
    at = data + length + (length % 2);
  }
  return size;
}

const larger = (known: Size, other: { width: number; height: number }): Size =>
  known ? { width: Math.max(known.width, other.width), height: Math.max(known.height, other.height) } : other;
