import { expect, test } from "vitest";
import { broken, gate } from "../../../methods/disclosure/attacker.test-support.ts";
import { SPD15_CATEGORIES, type YearFigures } from "../figures/report-figures.types.ts";
import {
  type AcceptedFigures,
  isUnchanged,
  type PreparedRelease,
  prepareRelease,
  publishedDimensions,
  type ReleaseRequest,
} from "./release.rules.ts";

const LISTS: Record<string, string[]> = {
  program_type: ["degree"],
  outcome: ["completed"],
  profession: ["counselor", "nurse", "social_worker"],
  sex: ["female"],
  yes_no: ["yes"],
  race_ethnicity: ["white"],
};

/** Figures of people who differ by profession only. */
function figuresOf(professions: Record<string, number>): YearFigures {
  const trainees = Object.values(professions).reduce((sum, people) => sum + people, 0);
  const count = (people: number) => ({ trainees: people, rows: people });
  const by = Object.fromEntries(
    publishedDimensions.map(({ id, list, codes }) => [
      id,
      { [LISTS[list ?? ""]?.[0] ?? codes?.[0] ?? ""]: count(trainees) },
    ]),
  );
  by["profession"] = Object.fromEntries(
    Object.entries(professions).map(([code, people]) => [code, count(people)]),
  );
  const categories = Object.fromEntries(
    SPD15_CATEGORIES.map((code) => [code, { any: count(code === "white" ? trainees : 0) }]),
  );
  return { trainees, rows: trainees, by, race: { categories } } as unknown as YearFigures;
}

const accept = (name: string, version: number, professions: Record<string, number>): AcceptedFigures => ({
  organizationId: name,
  name,
  state: "NM",
  version,
  figures: figuresOf(professions),
});

function request(number: number, accepted: AcceptedFigures[], earlier: PreparedRelease[]): ReleaseRequest {
  return {
    academicYear: "2024-25",
    number,
    accepted,
    threshold: 11,
    earlier: earlier.map((release) => release.gate),
    labels: new Map(
      Object.entries(LISTS).map(([list, codes]) => [list, new Map(codes.map((code) => [code, code]))]),
    ),
  };
}

function prepare(asked: ReleaseRequest): PreparedRelease {
  const steps = prepareRelease(asked);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

const ALDER = accept("alder", 1, { counselor: 40, nurse: 30 });
const BIRCH = accept("birch", 1, { counselor: 25, nurse: 50 });
const BIRCH_LATER = accept("birch", 2, { counselor: 25, nurse: 46, social_worker: 5 });
const CEDAR = accept("cedar", 1, { counselor: 60, nurse: 20 });

test("a column left out because nobody is in it is remembered as the zeros that every reader takes it for", () => {
  const first = prepare(request(1, [ALDER, BIRCH, CEDAR], []));
  const columns = first.tables.tables.find(({ dimension }) => dimension === "profession")?.columns;
  expect(columns?.map(({ code }) => code)).toEqual(["counselor", "nurse"]);
  const remembered = first.gate.cells.filter(({ id }) => id.includes("social_worker"));
  expect(remembered.map(({ value }) => value)).toEqual([0, 0, 0]);

  const second = prepare(request(2, [ALDER, BIRCH_LATER, CEDAR], [first]));
  const table = second.tables.tables.find(({ dimension }) => dimension === "profession");
  expect(table?.columns.map(({ code }) => code)).toContain("social_worker");
  const column = table?.rows.map(({ cells }) => cells[2]);
  expect(column).toEqual([0, "withheld", 0]);
  expect(broken([first.gate, second.gate], gate)).toEqual([]);
});

test("other years' releases say nothing of this one: with them and without them the same is withheld", () => {
  const other = prepare({ ...request(1, [ALDER, BIRCH_LATER], []), academicYear: "2023-24" });
  const asked = request(1, [ALDER, BIRCH_LATER, CEDAR], []);
  const alone = prepare(asked);
  const beside = prepare({ ...asked, earlier: [other.gate] });
  expect(beside.tables).toEqual(alone.tables);
  expect(alone.withheld).toBeGreaterThan(0);
  const shared = new Set(other.gate.cells.map(({ id }) => id));
  expect(alone.gate.cells.filter(({ id }) => shared.has(id))).toEqual([]);
});

test("a release is unchanged while versions, names, headings and threshold are", () => {
  const asked = request(2, [ALDER, BIRCH], []);
  const { tables } = prepare(asked);
  const newest = { threshold: 11, tables: JSON.parse(JSON.stringify(tables)) as typeof tables };
  expect(isUnchanged(asked, newest)).toBe(true);
  expect(isUnchanged(asked, null)).toBe(false);
  expect(isUnchanged(asked, { ...newest, threshold: 10 })).toBe(false);
  for (const accepted of [
    [ALDER],
    [ALDER, BIRCH, CEDAR],
    [ALDER, BIRCH_LATER],
    [ALDER, { ...BIRCH, version: 2 }],
    [ALDER, { ...BIRCH, name: "Birch and sons" }],
    [ALDER, { ...BIRCH, state: "AZ" }],
  ])
    expect(isUnchanged({ ...asked, accepted }, newest)).toBe(false);
  const labels = new Map([...asked.labels, ["profession", new Map([["counselor", "Counselors"]])]]);
  expect(isUnchanged({ ...asked, labels }, newest)).toBe(false);
});
