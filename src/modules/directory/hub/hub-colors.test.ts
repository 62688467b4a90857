import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { contrast, type Hex, leastContrast, TEXT_CONTRAST } from "../../../methods/contrast.ts";
import {
  accentStyles,
  deriveColors,
  GROUNDS,
  INKS,
  judgeAccent,
  OWN_ACCENT,
  PALETTE,
} from "./hub-colors.rules.ts";

const blocks = readFileSync("client/styles/_tokens.scss", "utf8").split("@media");
const tokensOf = (block: string | undefined): Record<string, string> =>
  Object.fromEntries(
    [...(block ?? "").matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => [name, value]),
  );
const tokens = { light: tokensOf(blocks[0]), dark: tokensOf(blocks[1]) };
const schemes = ["light", "dark"] as const;

test.each(schemes)("the %s grounds and inks are those of the styles", (scheme) => {
  expect(tokens[scheme]).toMatchObject(GROUNDS[scheme]);
  expect([tokens[scheme]["ink"], tokens[scheme]["soft"]]).toEqual(INKS[scheme]);
  const washes = Object.keys(tokens[scheme]).filter((name) => /^(paper|card|wash|.*-wash)$/.test(name));
  expect(washes.filter((name) => name !== "leaf-wash").toSorted()).toEqual(
    Object.keys(GROUNDS[scheme]).toSorted(),
  );
});

test("the accent that Trellis brings is that of the styles", () => {
  expect(tokens.light["leaf"]).toBe(OWN_ACCENT);
});

test.each(PALETTE)("$label of the palette passes", ({ accent }) => {
  expect(judgeAccent(accent)?.problem).toBeNull();
});

/** Every color that may be chosen, by and by: what passes, and the nearest that passes of what does not. */
const accents = ["00", "33", "66", "99", "cc", "ff"]
  .flatMap((r, _, all) => all.flatMap((g) => all.map((b) => `#${r}${g}${b}`)))
  .map((text) => judgeAccent(text))
  .map((verdict) => (verdict?.problem ? verdict.nearest : (verdict?.accent ?? "#000000")));

describe.each(schemes)("on %s pages", (scheme) => {
  const grounds = Object.values(GROUNDS[scheme]);
  const { card } = GROUNDS[scheme];

  test("every accent that may be chosen can be read everywhere, and everything on it and on its tint", () => {
    const failing: string[] = [];
    for (const accent of accents) {
      const { leaf, leafDeep, leafWash } = deriveColors(accent)[scheme];
      const pairs: [Hex, Hex][] = [leaf, leafDeep, ...INKS[scheme]].map((color) => [color, leafWash]);
      pairs.push([card, leaf], [card, leafDeep]);
      for (const color of [leaf, leafDeep]) pairs.push([color, leastContrast(color, grounds).ground]);
      failing.push(
        ...pairs
          .filter(([a, b]) => contrast(a, b) < TEXT_CONTRAST)
          .map(([a, b]) => `${accent}: ${a} on ${b}`),
      );
    }
    expect(accents.length).toBe(216);
    expect(failing).toEqual([]);
  });
});

test("a color that fails is refused with its ratio, and with a shade that passes", () => {
  const verdict = judgeAccent("#7fcbb2");
  expect(verdict?.problem).toContain("1.5 to 1");
  expect(verdict?.problem && judgeAccent(verdict.nearest)?.problem).toBeNull();
});

test("what fails by a hair is not called enough", () => {
  const almost = judgeAccent("#696b6d");
  if (almost?.problem) expect(almost.problem).not.toMatch(/contrast is 4\.5/);
  else expect(almost?.measured).toBeGreaterThanOrEqual(4.5);
});

test("the style sheet sets three custom properties twice, and nothing else", () => {
  const styles = accentStyles("#1f5582");
  expect(styles.match(/--[\w-]+:#[0-9a-f]{6}/g)).toHaveLength(6);
  expect(styles.length).toBeLessThan(400);
});
