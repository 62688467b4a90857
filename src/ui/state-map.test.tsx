import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { stateShapes } from "./map-geometry.ts";
import { renderChild } from "./render-child.ts";
import { StateMap } from "./state-map.tsx";

test("the map has fifty states, the District and Puerto Rico, and fits in few bytes", () => {
  expect(stateShapes).toHaveLength(52);
  expect(stateShapes.every(({ path }) => path.startsWith("M"))).toBe(true);
  const markup = renderChild(<StateMap heading="All" sentence="None." values={[]} classes={[]} />);
  expect(gzipSync(markup).length).toBeLessThan(15_000);
});

test("what is withheld is hatched and named, and carries no number", () => {
  const values = [{ state: "VT", class: "withheld" as const, label: "withheld" }];
  const markup = renderChild(<StateMap heading="All" sentence="." values={values} classes={[]} />);
  expect(markup).toContain('class="state state--withheld" fill="url(#map-all-hatch)"');
  expect(markup).toContain("Withheld");
  expect(markup).toContain("Vermont: withheld");
});
