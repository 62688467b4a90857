import { open } from "node:fs/promises";
import type { PictureHeader } from "../../platform/files/picture.ts";

export const LARGEST_LOGO_KB = 512;
/** In pixels, wide and high. */
export const LARGEST_LOGO_SIDE = 2000;

export const TOO_LARGE = `This file is larger than ${LARGEST_LOGO_KB} KB. Save the picture smaller and choose it again: 400 pixels wide is plenty.`;

/** Why a picture is not taken as the logo, in words for the person, or null. */
export async function refuseLogo(path: string, picture: PictureHeader | null): Promise<string | null> {
  if (!picture)
    return (await looksLikeSvg(path))
      ? "This is an SVG drawing. It can carry a program that would run on every page of the hub, so it is not taken. Export it as PNG and choose that."
      : "This is no PNG, JPEG or WebP picture that stands still, whatever its name ends in. Save it as PNG and choose that copy.";
  const { width, height } = picture;
  if (width > LARGEST_LOGO_SIDE || height > LARGEST_LOGO_SIDE)
    return `This picture is ${width} by ${height} pixels. Save it with at most ${LARGEST_LOGO_SIDE} by ${LARGEST_LOGO_SIDE} and choose it again.`;
  return null;
}

async function looksLikeSvg(path: string): Promise<boolean> {
  const handle = await open(path, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    return /<svg[\s>]/i.test(buffer.toString("utf8", 0, bytesRead));
  } finally {
    await handle.close();
  }
}
