import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });

test("the public report of a year shows figures, and the word withheld where few people would be seen", async () => {
  const page = await hub.get("/results/2024-25");
  const text = await page.text();
  expect(page.status).toBe(200);
  expect(text).toContain("people trained for communities that need them");
  expect(text).toContain("Withheld");
});
