// The way down: a figure of the report and the list that it opens say the same number.

import { beforeAll, describe, expect, test } from "vitest";
import {
  RACES_1997,
  type RaceEthnicity1997,
  raceEthnicity1997,
  type Spd15Answer,
} from "../src/methods/race-1997.ts";
import { MADE_YEAR, makeYear } from "./support/made-year.ts";
import {
  type List,
  numberOf,
  type PageFigure,
  readList,
  readPageFigures,
  type Unit,
} from "./support/report-figures.ts";
import { createTestHub } from "./support/test-hub.ts";
import { organizationOfCode } from "./support/visitors.ts";

const hub = await createTestHub({ demo: true });
const YEAR = "2024-25";

const UNITS: Record<string, Unit> = {
  Any: "trainees",
  Alone: "trainees",
  "In combination": "trainees",
  Trainees: "trainees",
  "Of known": "trainees",
  "Trainees paid": "trainees",
  Principal: "trainees",
  Enrollments: "enrollments",
  Completed: "enrollments",
  Continuing: "enrollments",
  Left: "enrollments",
  Sites: "sites",
  sites: "sites",
  site: "sites",
  Counties: "counties",
  "US dollars": "dollars",
  Hours: "hours",
};
/** How the list says a figure of this unit. */
const SAID: Record<Unit, (shown: string) => string> = {
  enrollments: (shown) => `${shown} enrollment`,
  trainees: (shown) => `${shown} trainee`,
  sites: (shown) => `${Number.parseInt(shown, 10)} training site`,
  counties: (shown) => `${shown} count`,
  dollars: (shown) => `: ${shown}`,
  hours: (shown) => `: ${shown}`,
};

/** Cells of a table that no record stands behind: people who train alongside are entered in the report itself. */
const WITHOUT_RECORDS = ["Interprofessional", "Ratio", "Interval (95 %)"];
const saysNothing = (shown: string): boolean => /%$|^–$|^\$?0(\.00)?$/.test(shown);

const read = async (path: string, cookie: string): Promise<PageFigure[]> =>
  readPageFigures(await (await hub.get(path, cookie)).text());

/** Figures that open no list, and should. */
const unlinked = (figures: readonly PageFigure[]): PageFigure[] =>
  figures.filter(
    ({ href, column, shown }) => href === null && !saysNothing(shown) && !WITHOUT_RECORDS.includes(column),
  );

const lists = new Map<string, Promise<List>>();

/** A list is read once, however many figures open it. */
function listOf(href: string, cookie: string): Promise<List> {
  const known = lists.get(href + cookie) ?? readList(hub, href, cookie);
  lists.set(href + cookie, known);
  return known;
}

type By = "page" | "page and file";

/** What is wrong with a figure's list, or null. The page says the figure with its unit; the file has its records. */
async function whatIsWrong(figure: PageFigure, cookie: string, by: By): Promise<object | null> {
  const { href, column, shown, row } = figure;
  if (href === null || saysNothing(shown) || WITHOUT_RECORDS.includes(column)) return null;
  const list = await listOf(href, cookie);
  if (list.status !== 200) return figure;
  const unit = UNITS[column] ?? (shown.startsWith("$") ? "dollars" : undefined);
  if (unit && !list.head.includes(SAID[unit](shown))) return { ...figure, unit, head: list.head };
  if (unit && by === "page") return null;
  const amounts = await list.readAmounts();
  // The headline: hours without their fractions, and counts whose unit is in its words.
  const behind = unit
    ? [amounts[unit]]
    : /hours of training/.test(row)
      ? [Math.round(amounts.hours), amounts.enrollments]
      : Object.values(amounts);
  return behind.includes(numberOf(shown)) ? null : { ...figure, unit, ...amounts };
}

async function findWrong(
  figures: readonly PageFigure[],
  cookie: string,
  by: By = "page and file",
): Promise<object[]> {
  const wrong: object[] = [];
  for (const figure of figures) {
    const found = await whatIsWrong(figure, cookie, by);
    if (found) wrong.push(found);
  }
  return wrong;
}

const linked = (figures: readonly PageFigure[], table: RegExp): PageFigure[] =>
  figures.filter((figure) => figure.href !== null && table.test(figure.table));

describe("of one organization's report", () => {
  let figures: PageFigure[] = [];
  let cookie = "";
  beforeAll(async () => {
    cookie = await hub.signIn("ada@demo.example");
    figures = await read(`/reports/${await organizationOfCode(hub, "G01")}/${YEAR}`, cookie);
  });

  test("every figure in a table opens records, but those that have none", () => {
    expect(figures.length).toBeGreaterThan(200);
    expect(unlinked(figures)).toEqual([]);
  });

  test.each([
    ["awards", /^Awards paid/, ["US dollars", "Trainees paid"]],
    ["hours", /^Hours by kind/, ["Hours"]],
    ["race of 1997", /standard of 1997/, ["Any", "Alone"]],
    ["sites by setting", /^Training sites by setting/, ["Counties", "Sites", "Enrollments"]],
    ["counties", /^Counties with training sites/, ["Sites", "Trainees"]],
    ["sites", /^Training sites, /, ["sites", "Trainees", "Enrollments"]],
  ])("%s are linked", (_name, table, columns) => {
    const found = new Set(linked(figures, table).map(({ column }) => column));
    expect([...found]).toEqual(expect.arrayContaining(columns));
  });

  test("every linked figure is what its list counts or adds up, and the list says it", async () => {
    expect(await findWrong(figures, cookie)).toEqual([]);
  });
});

describe("of the portfolio's report", () => {
  test("every figure opens records, and their list says it; of many alike, every so many", async () => {
    const cookie = await hub.signIn("theo@demo.example");
    const figures = await read(`/reports/portfolio/${YEAR}`, cookie);
    expect(unlinked(figures)).toEqual([]);
    const isOneOfMany = ({ table }: PageFigure): boolean =>
      /^(Principal|Training sites, |Counties with)/.test(table);
    const [many, few] = [figures.filter(isOneOfMany), figures.filter((one) => !isOneOfMany(one))];
    expect(few.length).toBeGreaterThan(250);
    expect(many.length).toBeGreaterThan(2000);
    const some = many.filter((_, at) => at % 61 === 0);
    expect(await findWrong([...few, ...some], cookie, "page")).toEqual([]);
  });
});

describe("of a report with every combination of races, amounts of none, and many sites", () => {
  let figures: PageFigure[] = [];
  let page = "";
  let cookie = "";
  beforeAll(async () => {
    cookie = await hub.signIn("theo@demo.example");
    const organization = await organizationOfCode(hub, "G01");
    await makeYear(hub, organization, "G01");
    page = await (await hub.get(`/reports/${organization}/${MADE_YEAR}`, cookie)).text();
    figures = readPageFigures(page);
  });

  test("every figure opens records, and is what they count or add up", async () => {
    expect(unlinked(figures)).toEqual([]);
    expect(await findWrong(figures, cookie)).toEqual([]);
  });

  test("a race of 1997 is the one that the methods derive", async () => {
    const { rows } = await hub.services.database.ownerPool.query<{ race_ethnicity: Spd15Answer[] }>(
      "select race_ethnicity from pathways.enrollment where academic_year = $1",
      [MADE_YEAR],
    );
    const derived = rows.map((row) => raceEthnicity1997(row.race_ethnicity));
    const counted = async (query: string): Promise<string> =>
      (await listOf(`/pathways/enrollments?year=${MADE_YEAR}&${query}`, cookie)).head;
    const expected = (isIn: (one: RaceEthnicity1997) => boolean): RegExp =>
      new RegExp(`^${derived.filter(isIn).length} enrollments`);
    for (const race of RACES_1997) {
      const any = await counted(`race_1997=${race}`);
      expect(any).toMatch(expected(({ races }) => races.includes(race)));
      const alone = await counted(`race_1997=${race}&race_1997_only=yes`);
      expect(alone).toMatch(expected(({ races }) => races.length === 1 && races[0] === race));
    }
    expect(await counted("race_1997=two_or_more")).toMatch(expected(({ races }) => races.length > 1));
    expect(await counted("race_1997=reported")).toMatch(expected(({ races }) => races.length > 0));
    expect(await counted("race_1997=not_reported")).toMatch(expected(({ races }) => races.length === 0));
    for (const answer of ["yes", "no", "not_reported"])
      expect(await counted(`hispanic=${answer}`)).toMatch(expected(({ hispanic }) => hispanic === answer));
  });

  test("of a state's many sites those with most trainees are listed, and the rest is said to be in the download", () => {
    const listed = linked(figures, /^Training sites, Ohio/).filter(({ column }) => column === "Trainees");
    expect(listed.length).toBe(50);
    expect(numberOf(listed[0]?.shown ?? "")).toBe(3);
    expect(page).toMatch(
      /The 50 sites with most trainees, of 5\d\. All of them are in the\s+XLSX and JSON downloads/,
    );
  });
});

describe("a list that a figure opens", () => {
  const LIST = "/pathways/enrollments";

  test.each([
    ["hours=ojl", "OJL hours: more than 0"],
    ["paid=stipend", "Stipend: more than 0"],
    ["race=asian&race_only=no", "Race or ethnicity: Asian, in combination with others"],
    ["race_1997=white&race_1997_only=yes", "White (with Middle Eastern or North African), alone"],
    ["race_1997=not_reported", "race not reported (nothing, or Hispanic or Latino alone)"],
    ["hispanic=no", "By the standard of 1997: not Hispanic or Latino"],
    ["county=39049", "County of the site: Franklin County, OH"],
    ["site_state=OH&site_named=no", "Without a named training site · State of the site: Ohio"],
    ["site_rural=not_known", "not known whether it is rural"],
    ["shortage=Primary+Care", "Site in a county designated as short of primary care"],
    ["outcome=completed&employment_1y=known", "Employment at 1 year: Known"],
  ])("with %s says: %s", async (query, words) => {
    const list = await readList(hub, `${LIST}?${query}`, await hub.signIn("theo@demo.example"));
    expect(list.head).toContain(words);
  });

  test("names the organization that it is narrowed to", async () => {
    const organization = await organizationOfCode(hub, "G01");
    const list = await readList(
      hub,
      `${LIST}?organization=${organization}`,
      await hub.signIn("ada@demo.example"),
    );
    expect(list.head).toContain("Organization: Larkenshaw State University");
  });

  test.each([
    "hours=overtime",
    "paid=everything",
    "age_band=7",
    "race=martian",
    "race_only=maybe",
    "race_1997=hispanic_or_latino",
    "race_1997_only=no",
    "hispanic=perhaps",
    "site_named=2",
    "county=3904",
    "site_state=ohio",
    "site_state=ZZ",
    "site_rural=somewhat",
    "shortage=Patience",
    "organization=G01",
  ])("does not exist with %s: the answer is 422 and says what to do", async (query) => {
    const answer = await hub.get(`${LIST}?${query}`, await hub.signIn("theo@demo.example"));
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain("Go back and choose again.");
  });

  test("takes an empty filter for none", async () => {
    const answer = await hub.get(
      `${LIST}?hours=&race_1997=&county=&organization=`,
      await hub.signIn("theo@demo.example"),
    );
    expect(answer.status).toBe(200);
  });
});
