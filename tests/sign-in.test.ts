import { expect, test } from "vitest";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });

test("a person of the demonstration signs in and sees their own name", async () => {
  const cookie = await hub.signIn("ada@demo.example");
  const page = await hub.get("/work", cookie);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("Ada Rivers");
});
