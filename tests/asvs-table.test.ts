// The table at the end of SECURITY.md: complete, and every test that it names is there. What a line claims people must check.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { projectFolder } from "../src/platform/config/project-folder.ts";

/** Levels 1 and 2 of OWASP ASVS 5.0.0: how each section's numbers go on. Numbers between belong to level 3. */
const SECTIONS: Record<string, number> = {
  "1.1": 2,
  "1.2": 9,
  "1.3": 11,
  "1.4": 3,
  "1.5": 2,
  "2.1": 3,
  "2.2": 3,
  "2.3": 4,
  "2.4": 1,
  "3.2": 2,
  "3.3": 4,
  "3.4": 6,
  "3.5": 5,
  "3.7": 2,
  "4.1": 3,
  "4.2": 1,
  "4.3": 2,
  "4.4": 4,
  "5.1": 1,
  "5.2": 3,
  "5.3": 2,
  "5.4": 3,
  "6.1": 3,
  "6.2": 12,
  "6.3": 4,
  "6.4": 4,
  "6.5": 5,
  "6.6": 3,
  "6.8": 4,
  "7.1": 3,
  "7.2": 4,
  "7.3": 2,
  "7.4": 5,
  "7.5": 2,
  "7.6": 2,
  "8.1": 2,
  "8.2": 3,
  "8.3": 1,
  "8.4": 1,
  "9.1": 3,
  "9.2": 4,
  "10.1": 2,
  "10.2": 2,
  "10.3": 4,
  "10.4": 11,
  "10.5": 5,
  "10.6": 2,
  "10.7": 3,
  "11.1": 2,
  "11.2": 3,
  "11.3": 3,
  "11.4": 4,
  "11.5": 1,
  "11.6": 1,
  "12.1": 3,
  "12.2": 2,
  "12.3": 4,
  "13.1": 1,
  "13.2": 5,
  "13.3": 2,
  "13.4": 5,
  "14.1": 2,
  "14.2": 4,
  "14.3": 3,
  "15.1": 3,
  "15.2": 3,
  "15.3": 7,
  "16.1": 1,
  "16.2": 5,
  "16.3": 4,
  "16.4": 3,
  "16.5": 3,
  "17.1": 1,
  "17.2": 4,
  "17.3": 2,
};
const requirements = Object.entries(SECTIONS).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, before) => `${section}.${before + 1}`),
);

const STATES = ["Met", "In part", "Not met", "n/a"] as const;
const section =
  readFileSync(join(projectFolder, "SECURITY.md"), "utf8").split("## ASVS 5.0, levels 1 and 2\n")[1] ?? "";
const [table = "", whatIsMissing = ""] = section.split("### What is not met, or in part");

interface Line {
  numbers: string[];
  state: (typeof STATES)[number] | undefined;
  tests: string[];
}

const lines: Line[] = table
  .split("\n")
  .filter((line) => /^\| \d+\.\d+\.\d+/.test(line))
  .map((line) => {
    const [numbers = "", , how = "", tests = ""] = line.slice(1, -1).split(" | ");
    return {
      numbers: numbers.trim().split(", "),
      state: STATES.find((state) => new RegExp(`^${state}($|[:, ])`).test(how)),
      tests: [...tests.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""),
    };
  });

test("every requirement of levels 1 and 2 stands in the table once, with how it is met", () => {
  expect(requirements).toHaveLength(253);
  expect(lines.flatMap(({ numbers }) => numbers)).toEqual(requirements);
  expect(lines.filter(({ state }) => state === undefined)).toEqual([]);
});

test("the sum at its head is the table's", () => {
  const count = (state: string): number =>
    lines.filter((line) => line.state === state).flatMap(({ numbers }) => numbers).length;
  expect(table).toContain(
    `Of ${requirements.length} requirements ${count("Met")} are met, ${count("In part")} in part, ${count("Not met")} not; ${count("n/a")} do not apply.`,
  );
});

test("what is not met, or in part, is in the list at its end, and nothing else", () => {
  const missing = lines
    .filter(({ state }) => state === "In part" || state === "Not met")
    .flatMap(({ numbers }) => numbers);
  const named = [...whatIsMissing.matchAll(/(?<![\d.])\d+\.\d+\.\d+/g)].map(([number]) => number);
  expect(new Set(named)).toEqual(new Set(missing));
});

test("every test that it names is there", () => {
  const files = ["src", "tests"].flatMap((folder) =>
    readdirSync(join(projectFolder, folder), { recursive: true, encoding: "utf8" }),
  );
  const known = new Set(
    files.flatMap((file) => {
      const path = /^(.+)\.test\.tsx?$/.exec(file)?.[1];
      return path ? [path, path.split("/").at(-1) ?? ""] : [];
    }),
  );
  const named = lines.flatMap(({ tests }) => tests);
  expect(named.length).toBeGreaterThan(100);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});
