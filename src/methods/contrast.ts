// Contrast of two colors, and shades that have enough of it.
// Source: W3C, Web Content Accessibility Guidelines (WCAG) 2.2, 12 December 2024, "relative luminance" and "contrast
// ratio" (https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio); criteria 1.4.3 (text) and 1.4.11 (edges, marks, focus).

/** What 1.4.3 (AA) asks of text. */
export const TEXT_CONTRAST = 4.5;
/** What 1.4.11 (AA) asks of edges, marks and the focus. */
export const MARK_CONTRAST = 3;

/** A color as "#rrggbb", in lower case. */
export type Hex = `#${string}`;

/** Reads "#1C5A4A", "1c5a4a" or "#abc"; null where it is no color. */
export function readHex(text: string): Hex | null {
  const found = /^#?([0-9a-f]{6}|[0-9a-f]{3})$/i.exec(text.trim())?.[1]?.toLowerCase();
  if (!found) return null;
  return found.length === 6 ? `#${found}` : `#${found.replaceAll(/./g, "$&$&")}`;
}

type Triple = readonly [number, number, number];

const partsOf = (hex: Hex): Triple => [part(hex, 1), part(hex, 3), part(hex, 5)];
const part = (hex: Hex, at: number): number => Number.parseInt(hex.slice(at, at + 2), 16) / 255;

const hexOf = (parts: Triple): Hex =>
  `#${parts
    .map((one) =>
      Math.round(Math.min(1, Math.max(0, one)) * 255)
        .toString(16)
        .padStart(2, "0"),
    )
    .join("")}`;

/**
 * L = 0.2126 R + 0.7152 G + 0.0722 B, each part c of sRGB (0 to 1) made linear: c / 12.92 up to 0.04045, else
 * ((c + 0.055) / 1.055)^2.4.
 */
export function luminance(hex: Hex): number {
  const [r, g, b] = partsOf(hex).map((one) =>
    one <= 0.040_45 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
  ) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** (L1 + 0.05) / (L2 + 0.05), the lighter above: from 1 (the same) to 21 (black on white). */
export function contrast(a: Hex, b: Hex): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

/** The ground of several on which a color has the least contrast, and how much it is. */
export function leastContrast(color: Hex, grounds: readonly Hex[]): { ground: Hex; ratio: number } {
  const [first, ...others] = grounds;
  if (!first) throw new Error("there is no ground to compare with");
  return others
    .map((ground) => ({ ground, ratio: contrast(color, ground) }))
    .reduce((least, one) => (one.ratio < least.ratio ? one : least), {
      ground: first,
      ratio: contrast(color, first),
    });
}

/** A part of `color` over the rest of `ground`: 0 is the ground, 1 the color. */
export function mix(color: Hex, ground: Hex, share: number): Hex {
  const [front, back] = [partsOf(color), partsOf(ground)];
  const one = (at: 0 | 1 | 2): number => front[at] * share + back[at] * (1 - share);
  return hexOf([one(0), one(1), one(2)]);
}

/**
 * Hue (in sixths of the circle), saturation and lightness (0 to 1): CSS Color Module Level 4, 7.
 * Hue and saturation of grays are 0.
 */
function hslOf(hex: Hex): Triple {
  const parts = partsOf(hex);
  const [r, g, b] = parts;
  const [most, least] = [Math.max(...parts), Math.min(...parts)];
  const [lightness, span] = [(most + least) / 2, most - least];
  if (span === 0) return [0, 0, lightness];
  const hue = most === r ? (g - b) / span : most === g ? (b - r) / span + 2 : (r - g) / span + 4;
  return [(hue + 6) % 6, span / (1 - Math.abs(2 * lightness - 1)), lightness];
}

/** The same hue and saturation at another lightness. */
function atLightness(hex: Hex, lightness: number): Hex {
  const [hue, saturation] = hslOf(hex);
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const one = (offset: number): number => {
    const k = (offset + hue * 2) % 12;
    return lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1));
  };
  return hexOf([one(0), one(8), one(4)]);
}

/**
 * The color itself where it has the contrast on every ground, else the nearest darker or lighter shade of the same hue
 * and saturation that has, in 256 steps.
 */
export function nearestReadable(
  color: Hex,
  grounds: readonly Hex[],
  way: "darker" | "lighter",
  ratio: number = TEXT_CONTRAST,
): Hex {
  if (leastContrast(color, grounds).ratio >= ratio) return color;
  const [, , from] = hslOf(color);
  const end = way === "darker" ? 0 : 1;
  for (let step = 1; step < 256; step++) {
    const shade = atLightness(color, from + ((end - from) * step) / 256);
    if (leastContrast(shade, grounds).ratio >= ratio) return shade;
  }
  return way === "darker" ? "#000000" : "#ffffff";
}
