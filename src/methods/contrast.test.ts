import { describe, expect, test } from "vitest";
import {
  contrast,
  type Hex,
  leastContrast,
  luminance,
  mix,
  nearestReadable,
  readHex,
  TEXT_CONTRAST,
} from "./contrast.ts";

// Known pairs: the ends of the scale, and the grays and colors that WebAIM's and the W3C's materials name.
const known: [Hex, Hex, number][] = [
  ["#000000", "#ffffff", 21],
  ["#ffffff", "#ffffff", 1],
  ["#767676", "#ffffff", 4.54],
  ["#777777", "#ffffff", 4.48],
  ["#949494", "#ffffff", 3.03],
  ["#ff0000", "#ffffff", 4.0],
  ["#00ff00", "#ffffff", 1.37],
  ["#0000ff", "#ffffff", 8.59],
  ["#ffff00", "#ffffff", 1.07],
  ["#ffff00", "#0000ff", 8.0],
];

test.each(known)("%s and %s have the known contrast", (a, b, ratio) => {
  expect(Math.round(contrast(a, b) * 100) / 100).toBeCloseTo(ratio, 2);
  expect(contrast(a, b)).toBe(contrast(b, a));
});

test("luminance goes from 0 to 1", () => {
  expect(luminance("#000000")).toBe(0);
  expect(luminance("#ffffff")).toBeCloseTo(1, 10);
});

test("a color is read with and without #, short and in capitals, and nothing else is one", () => {
  expect(readHex("#1C5A4A")).toBe("#1c5a4a");
  expect(readHex(" 1c5a4a ")).toBe("#1c5a4a");
  expect(readHex("#abc")).toBe("#aabbcc");
  for (const text of [
    "",
    "red",
    "#12345",
    "#1234567",
    "#12345g",
    "#123456;}body{display:none",
    "url(//x.example)",
    "#123456\n#123456",
    "#１２３４５６",
  ])
    expect(readHex(text), text).toBeNull();
});

test("mixing goes from the ground to the color", () => {
  expect(mix("#000000", "#ffffff", 0)).toBe("#ffffff");
  expect(mix("#000000", "#ffffff", 1)).toBe("#000000");
  expect(mix("#ff0000", "#0000ff", 0.5)).toBe("#800080");
});

test("the least contrast is that of the worst ground", () => {
  expect(leastContrast("#000000", ["#ffffff", "#808080"]).ground).toBe("#808080");
});

describe("the nearest readable shade", () => {
  test("of a color that can be read is the color", () => {
    expect(nearestReadable("#1c5a4a", ["#ffffff"], "darker")).toBe("#1c5a4a");
  });

  test.each(["#ffff00", "#ffffff", "#ff8800", "#7fcbb2"] as const)(
    "of %s can be read, and the shade before could not",
    (color) => {
      const shade = nearestReadable(color, ["#ffffff", "#f1ecdf"], "darker");
      const ratio = leastContrast(shade, ["#ffffff", "#f1ecdf"]).ratio;
      expect(ratio).toBeGreaterThanOrEqual(TEXT_CONTRAST);
      expect(ratio).toBeLessThan(TEXT_CONTRAST + 0.15);
    },
  );

  test("keeps its hue: red stays red", () => {
    const shade = nearestReadable("#ff0000", ["#ffffff"], "darker");
    expect(shade).toMatch(/^#[c-f][0-9a-f]0000$/);
  });

  test("of black on black goes to white", () => {
    expect(contrast(nearestReadable("#000000", ["#131a18"], "lighter"), "#131a18")).toBeGreaterThanOrEqual(
      TEXT_CONTRAST,
    );
  });
});
