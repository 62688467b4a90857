import { expect, test } from "vitest";
import { loadOrder } from "./load-order.ts";

test("every table comes after those it refers to, itself and strangers aside", () => {
  const references = [
    { from: "a", to: "b" },
    { from: "b", to: "c" },
    { from: "d", to: "c" },
    { from: "c", to: "c" },
    { from: "c", to: "not backed up" },
  ];
  expect(loadOrder(["a", "b", "c", "d"], references)).toEqual(["c", "b", "a", "d"]);
});

test("tables that refer to each other in a circle are told", () => {
  const circle = [
    { from: "a", to: "b" },
    { from: "b", to: "a" },
  ];
  expect(() => loadOrder(["a", "b"], circle)).toThrow("refers to itself");
});
