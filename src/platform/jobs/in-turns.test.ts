import { expect, test } from "vitest";
import { inTurns } from "./in-turns.ts";

function* compute(steps: number): Generator<number, string> {
  for (let step = 1; step <= steps; step += 1) {
    const until = performance.now() + 4;
    while (performance.now() < until);
    yield step;
  }
  return "the result";
}

test("what else waits gets its turns while steps are computed, and the result is the same", async () => {
  let turns = 0;
  const others = setInterval(() => {
    turns += 1;
  }, 1);
  const told: number[] = [];
  const result = await inTurns(compute(50), async (step) => {
    told.push(step);
  });
  clearInterval(others);
  expect(result).toBe("the result");
  expect(turns).toBeGreaterThan(5);
  expect(told.length).toBeGreaterThan(5);
  expect(told.toSorted((a, b) => a - b)).toEqual(told);
});

test("a step that fails ends it", async () => {
  const failing = (function* (): Generator<number, string> {
    yield 1;
    throw new Error("no proof");
  })();
  await expect(inTurns(failing)).rejects.toThrow("no proof");
});
