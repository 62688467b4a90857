import { describe, expect, test } from "vitest";
import { type Answers, rateByRubric } from "./rubric.rules.ts";
import { findLevel, findScale, LADDER, offeredScales, QUESTIONS, questionsOf, type Scale } from "./scales.ts";

const scaleOf = (id: string): Scale => {
  const scale = findScale(id, 1);
  if (!scale) throw new Error(`there is no scale ${id}`);
  return scale;
};
const answers = (
  design: string,
  studies: string,
  direction: string,
  consistency: string,
  more = {},
): Answers => ({
  design,
  studies,
  direction,
  consistency,
  places: "several",
  experts: "no",
  publication: "peer_reviewed",
  participants: "350_or_more",
  ...more,
});

describe("What Works for Health", () => {
  // Numbers of studies: the rating guidelines of What Works for Health, as reference/rating-scales.json has them.
  test.each<[string, Answers, string]>([
    [
      "a review that is clearly in favor",
      answers("systematic_review", "one", "favors", "consistent"),
      "scientifically_supported",
    ],
    [
      "three trials",
      answers("randomized", "three_or_more", "favors", "consistent"),
      "scientifically_supported",
    ],
    [
      "three matched comparisons",
      answers("quasi_experimental", "three_or_more", "favors", "consistent"),
      "scientifically_supported",
    ],
    [
      "three trials that agree mostly",
      answers("randomized", "three_or_more", "favors", "mostly"),
      "some_evidence",
    ],
    ["a review with small effects", answers("systematic_review", "one", "favors", "mostly"), "some_evidence"],
    ["two trials", answers("randomized", "two", "favors", "consistent"), "some_evidence"],
    [
      "two matched comparisons",
      answers("quasi_experimental", "two", "favors", "consistent"),
      "some_evidence",
    ],
    [
      "three before-and-after studies",
      answers("pre_post", "three_or_more", "favors", "consistent"),
      "some_evidence",
    ],
    ["one trial", answers("randomized", "one", "favors", "single"), "insufficient_evidence"],
    [
      "two before-and-after studies",
      answers("pre_post", "two", "favors", "consistent"),
      "insufficient_evidence",
    ],
    [
      "one trial, and experts",
      answers("randomized", "one", "favors", "single", { experts: "yes" }),
      "expert_opinion",
    ],
    ["experts alone", answers("none", "none", "unclear", "single", { experts: "yes" }), "expert_opinion"],
    ["interviews", answers("qualitative", "three_or_more", "favors", "consistent"), "insufficient_evidence"],
    ["nothing at all", answers("none", "none", "unclear", "single"), "insufficient_evidence"],
    [
      "a review of mixed results",
      answers("systematic_review", "one", "mixed", "inconsistent"),
      "mixed_evidence",
    ],
    [
      "trials in favor that disagree",
      answers("randomized", "two", "favors", "inconsistent"),
      "mixed_evidence",
    ],
    [
      "one trial with mixed results",
      answers("randomized", "one", "mixed", "single"),
      "insufficient_evidence",
    ],
    [
      "two trials that find no difference",
      answers("randomized", "two", "no_difference", "consistent"),
      "evidence_of_ineffectiveness",
    ],
    [
      "a review that is against",
      answers("systematic_review", "one", "against", "mostly"),
      "evidence_of_ineffectiveness",
    ],
    ["one trial against", answers("randomized", "one", "against", "single"), "insufficient_evidence"],
    [
      "one trial against what experts advise",
      answers("randomized", "one", "against", "single", { experts: "yes" }),
      "insufficient_evidence",
    ],
  ])("%s", (_, given, level) => {
    expect(rateByRubric(scaleOf("what_works_for_health"), given)).toBe(level);
  });
});

describe("RHIhub", () => {
  // Criteria: publication, number of locations, results, as RHIhub's table of criteria has them.
  test.each<[string, Answers, string | null]>([
    [
      "a published review over several places",
      answers("systematic_review", "one", "favors", "consistent"),
      "evidence_based",
    ],
    [
      "a published review of one place",
      answers("systematic_review", "one", "favors", "consistent", { places: "one" }),
      "effective",
    ],
    [
      "a published study of one place",
      answers("pre_post", "one", "favors", "single", { places: "one" }),
      "effective",
    ],
    [
      "an evaluation that can be read",
      answers("pre_post", "one", "favors", "single", { publication: "public_report" }),
      "promising",
    ],
    [
      "an evaluation on request",
      answers("qualitative", "one", "favors", "single", { publication: "on_request" }),
      "promising",
    ],
    [
      "told by those who did it",
      answers("case_report", "one", "favors", "single", { publication: "nowhere" }),
      "emerging",
    ],
    ["nothing known", answers("none", "none", "unclear", "single", { publication: "nowhere" }), "emerging"],
    ["published, and against", answers("randomized", "two", "against", "consistent"), null],
    ["published, and mixed", answers("systematic_review", "one", "mixed", "inconsistent"), null],
  ])("%s", (_, given, level) => {
    expect(rateByRubric(scaleOf("rhihub"), given)).toBe(level);
  });
});

describe("ESSA", () => {
  // Tiers 1 and 2: https://ies.ed.gov/ncee/wwc/essa (design, positive effect, 350 students, two sites).
  test.each<[string, Answers, string | null]>([
    ["a large trial in two places", answers("randomized", "one", "favors", "single"), "tier_1"],
    ["a large matched comparison", answers("quasi_experimental", "one", "favors", "single"), "tier_2"],
    ["a small trial", answers("randomized", "one", "favors", "single", { participants: "fewer" }), "tier_3"],
    ["a trial in one place", answers("randomized", "one", "favors", "single", { places: "one" }), "tier_3"],
    ["a good reason", answers("none", "none", "unclear", "single", { experts: "yes" }), "tier_4"],
    ["no reason", answers("pre_post", "one", "favors", "single"), null],
    ["a large trial that finds no difference", answers("randomized", "one", "no_difference", "single"), null],
  ])("%s", (_, given, level) => {
    expect(rateByRubric(scaleOf("essa_tiers"), given)).toBe(level);
  });
});

describe.each(offeredScales())("the scale $name", (scale) => {
  test("names only questions, answers and levels that there are, and asks what its rules need", () => {
    const asked = new Map(
      questionsOf(scale).map(({ id, answers: given }) => [id, given.map(({ code }) => code)]),
    );
    expect([...asked.keys()].toSorted()).toEqual(scale.questions.toSorted());
    for (const rule of scale.rules) {
      expect(findLevel(scale, rule.level), rule.level).not.toBeNull();
      for (const conditions of [rule.all, ...(rule.any ?? [])])
        for (const [question, codes] of Object.entries(conditions))
          expect(asked.get(question), `${rule.level}: ${question}`).toEqual(expect.arrayContaining(codes));
    }
  });

  test("can propose each of its levels, and never rises on the ladder from a level to the next", () => {
    expect([...new Set(scale.rules.map(({ level }) => level))].toSorted()).toEqual(
      scale.levels.map(({ code }) => code).toSorted(),
    );
    const rungs = scale.levels.map(({ ladder }) => LADDER.indexOf(ladder));
    expect(rungs).toEqual(rungs.toSorted((one, other) => one - other));
  });

  test("says in which words, and that nobody has compared them, and has a source that can be opened", () => {
    expect(scale.verified).toBe(false);
    expect(scale.note.en.length).toBeGreaterThan(40);
    expect(new URL(scale.url).protocol).toBe("https:");
  });

  test("never rates what was found not to work as if it worked, whatever else is answered", () => {
    const questions = questionsOf(scale);
    let cases: Answers[] = [{}];
    for (const { id, answers: given } of questions)
      cases = cases.flatMap((one) => given.map(({ code }) => ({ ...one, [id]: code })));
    expect(cases.length).toBeGreaterThan(1000);
    for (const given of cases) {
      const level = rateByRubric(scale, given);
      const rung = level === null ? null : findLevel(scale, level)?.ladder;
      if (["against", "no_difference"].includes(given["direction"] ?? ""))
        expect(["strong", "some", "expert"], JSON.stringify(given)).not.toContain(rung);
      if (given["direction"] === "favors") expect(rung, JSON.stringify(given)).not.toBe("ineffective");
    }
  });
});

test("every question is asked by a scale", () => {
  expect(
    QUESTIONS.filter(({ id }) => !offeredScales().some(({ questions }) => questions.includes(id))),
  ).toEqual([]);
});
