// Pictures of any size, real and pretended, made of their parts.
import { crc32, deflateSync } from "node:zlib";

function pngPart(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG of one color. What it claims to be may be larger than what it holds. */
export function makePng(width: number, height: number, claimed = { width, height }): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(claimed.width, 0);
  header.writeUInt32BE(claimed.height, 4);
  // Eight bits a part, red, green and blue.
  header.set([8, 2, 0, 0, 0], 8);
  const line = Buffer.alloc(1 + width * 3, 0x60);
  line[0] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngPart("IHDR", header),
    pngPart("IDAT", deflateSync(Buffer.concat(Array.from({ length: height }, () => line)))),
    pngPart("IEND", Buffer.alloc(0)),
  ]);
}

/** The header of a JPEG, with a comment before the frame. */
export function makeJpegHeader(width: number, height: number): Buffer {
  const comment = Buffer.from([0xff, 0xfe, 0, 6, 1, 2, 3, 4]);
  const frame = Buffer.from([0xff, 0xc2, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 5);
  frame.writeUInt16BE(width, 7);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]),
    Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1"),
    comment,
    frame,
    Buffer.from([0xff, 0xda, 0, 8, 1, 1, 0, 0, 0x3f, 0, 0, 0xff, 0xd9]),
  ]);
}

/** A WebP whose canvas says one size, and the picture in it another. */
export function makeWebpHeader(
  canvas: { width: number; height: number },
  picture: { width: number; height: number },
): Buffer {
  const part = (name: string, data: Buffer): Buffer => {
    const head = Buffer.alloc(8);
    head.write(name, "latin1");
    head.writeUInt32LE(data.length, 4);
    return Buffer.concat([head, data, Buffer.alloc(data.length % 2)]);
  };
  const extended = Buffer.alloc(10);
  extended.writeUIntLE(canvas.width - 1, 4, 3);
  extended.writeUIntLE(canvas.height - 1, 7, 3);
  const lossless = Buffer.alloc(6);
  lossless[0] = 0x2f;
  lossless.writeUInt32LE(((picture.width - 1) | ((picture.height - 1) << 14)) >>> 0, 1);
  const body = Buffer.concat([Buffer.from("WEBP"), part("VP8X", extended), part("VP8L", lossless)]);
  return part("RIFF", body);
}
