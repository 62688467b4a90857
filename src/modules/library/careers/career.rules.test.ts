import { expect, test } from "vitest";
import { wayInto, waysFrom } from "./career.rules.ts";
import { STAGES } from "./career.types.ts";
import { readCareers, readPay } from "./read-careers.ts";

const careers = readCareers();
const occupationOf = (code: string) => {
  const found = careers.occupations.find((one) => one.code === code);
  if (!found) throw new Error(`no occupation ${code}`);
  return found;
};

test("from grade 8 a counselor has every step ahead, and the months add up", () => {
  const way = wayInto(careers, occupationOf("counselor"), "grade_8");
  expect(way.ahead.map(({ key }) => key)).toEqual(["hs", "ba", "ma_counseling", "license_counseling"]);
  expect(way.toFirstCredential).toEqual([48 + 36 + 24, 60 + 60 + 36]);
  expect(way.toLicense).toEqual([48 + 36 + 24 + 24, 60 + 60 + 36 + 36]);
});

test("who is a graduate student begins with the master's degree, and who begins work has the first credential", () => {
  expect(wayInto(careers, occupationOf("counselor"), "graduate").ahead[0]?.key).toBe("ma_counseling");
  const fresh = wayInto(careers, occupationOf("counselor"), "new_professional");
  expect(fresh.hasFirstCredential).toBe(true);
  expect(fresh.toFirstCredential).toBeNull();
  expect(fresh.toLicense).toEqual([24, 36]);
});

test("a peer specialist needs no license, and comes first for people with lived experience", () => {
  const [first] = waysFrom(careers, "lived_experience");
  expect(first?.occupation.code).toBe("peer_support");
  expect(first?.occupation.license).toBeNull();
});

test("every step that a source tells names it, every other one says that it is not confirmed", () => {
  for (const [key, step] of Object.entries(careers.steps))
    if (step.certainty === "own_knowledge") expect(step.source, key).toBeNull();
    else expect(Object.keys(careers.sources), key).toContain(step.source);
});

test("each stage has a way into every kind of work, and none is longer from further on", () => {
  for (const stage of STAGES) expect(waysFrom(careers, stage)).toHaveLength(careers.occupations.length);
  for (const occupation of careers.occupations)
    expect(wayInto(careers, occupation, "graduate").ahead.length, occupation.code).toBeLessThanOrEqual(
      wayInto(careers, occupation, "high_school").ahead.length,
    );
});

test("pay is known by state where a source gives it, and nowhere else", () => {
  expect(readPay(occupationOf("registered_nurse").pay).find(({ state }) => state === "AL")).toEqual({
    state: "AL",
    employed: 48850,
    hourlyMedian: 28.19,
    annualMedian: 58630,
  });
  expect(readPay(occupationOf("counselor").pay)).toEqual([]);
});
