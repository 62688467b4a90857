import { defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/support/longest-first.ts";

/** These replace modules of ours: they need a worker of their own, or they would get those that another file has read. */
const REPLACING = ["tests/access-without-policies.test.ts"];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "hono/jsx" } },
  test: {
    globalSetup: ["tests/support/global-setup.ts"],
    // For two cores: while one waits for PostgreSQL, a browser or a clock, the others work.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "hub",
          include: ["src/**/*.test.{ts,tsx}", "tests/**/*.test.{ts,tsx}"],
          exclude: REPLACING,
          // A worker reads the app once, not once for each file. Hubs have databases of their own, and leave nothing behind.
          isolate: false,
        },
      },
      { extends: true, test: { name: "replacing", include: REPLACING, isolate: true } },
    ],
  },
});
