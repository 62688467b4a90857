import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";

const source = readFileSync("client/styles/_tokens.scss", "utf8");

const tokensOf = (block: string): Record<string, string> =>
  Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  );

const blocks = source.split("@media");
const light = tokensOf(blocks[0] ?? "");
const dark = { ...light, ...tokensOf(blocks[1] ?? "") };

/** Relative luminance and contrast as WCAG 2.2 defines them. */
const luminance = (hex: string): number => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
};

const contrast = (a: string, b: string): number => {
  const [high, low] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return ((high ?? 0) + 0.05) / ((low ?? 0) + 0.05);
};

const grounds = ["paper", "card", "wash", "leaf-wash", "marigold-wash", "clay-wash", "sky-wash"];
const words: [string, string][] = [
  ...grounds.map((ground): [string, string] => ["ink", ground]),
  ...grounds.map((ground): [string, string] => ["leaf", ground]),
  ...grounds.map((ground): [string, string] => ["leaf-deep", ground]),
  ...grounds.map((ground): [string, string] => ["soft", ground]),
  ["clay", "paper"],
  ["clay", "card"],
  ["clay-deep", "clay-wash"],
  // On filled buttons.
  ["card", "leaf"],
  ["card", "leaf-deep"],
  ["card", "clay"],
  ["card", "clay-deep"],
];
const marks: [string, string][] = [
  // Focus, "where one is", the edges of fields, bars, second marks, icons.
  ["marigold", "paper"],
  ["marigold", "card"],
  ["marigold", "wash"],
  ["marigold", "marigold-wash"],
  ["soft", "card"],
  ["soft", "paper"],
  ["leaf", "paper"],
  ["clay", "clay-wash"],
  ["sky", "sky-wash"],
];

describe.each([
  ["light", light],
  ["dark", dark],
])("the %s colors", (_, tokens) => {
  test.each(words)("%s on %s can be read", (front, back) => {
    expect(contrast(tokens[front] ?? "", tokens[back] ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  test.each(marks)("%s on %s can be seen", (front, back) => {
    expect(contrast(tokens[front] ?? "", tokens[back] ?? "")).toBeGreaterThanOrEqual(3);
  });

  test("the map's classes go one way, each apart from the next", () => {
    const steps = [0, 1, 2, 3, 4].map((step) => luminance(tokens[`map-${step}`] ?? ""));
    const ways = new Set(steps.slice(1).map((value, index) => Math.sign(value - (steps[index] ?? 0))));
    expect(ways.size).toBe(1);
    for (let step = 0; step < 4; step += 1)
      expect(contrast(tokens[`map-${step}`] ?? "", tokens[`map-${step + 1}`] ?? "")).toBeGreaterThan(1.3);
  });
});
