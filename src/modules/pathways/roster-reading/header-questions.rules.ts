// The questions that headers raise beside their rows: Q_SPLIT, Q_COLUMN and Q_UNIT, roster format v1, section 4.
import { absentColumns, type ColumnProposal, proposeColumn } from "./column-proposals.rules.ts";
import { columnLabel } from "./finding-messages.rules.ts";
import { normaliseHeader } from "./header-match.rules.ts";
import type { Header, HeaderColumn } from "./header-rows.rules.ts";
import type { QuestionDesk } from "./question-desk.rules.ts";
import { columnOf, findPosition } from "./roster-format.rules.ts";
import type { AnswerOption, ExamineOptions, Split } from "./roster-reading.types.ts";
import { headerText } from "./sheet-columns.rules.ts";
import type { NoHeader, SheetSurvey } from "./sheet-survey.rules.ts";
import { proposeSpread, proposeTwo } from "./split-proposals.rules.ts";

const TRAINEE_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{2,19}$/;
const FACTORS: ReadonlyMap<string, number> = new Map([
  ["days", 8],
  ["weeks", 40],
  ["minutes", 1 / 60],
  ["$000", 1000],
  ["cents", 0.01],
]);

const inSheet = (survey: SheetSurvey): { sheet?: string } =>
  survey.sheet.name === null ? {} : { sheet: survey.sheet.name };

const isColumnName = (answer: unknown): boolean =>
  answer === null || (typeof answer === "string" && findPosition(answer) !== undefined);

/** Q_SPLIT accepts its own proposal or true; null or false leaves the columns alone. */
const acceptsSplit =
  (proposed: readonly unknown[]) =>
  (answer: unknown): boolean =>
    typeof answer === "boolean" || answer === null || JSON.stringify(answer) === JSON.stringify(proposed);

function askAboutSplit(split: Split, survey: SheetSurvey, desk: QuestionDesk): boolean {
  const proposed = split.kind === "one-to-two" ? [...split.to] : split.indexes.map((index) => index + 1);
  const column = split.kind === "one-to-two" ? split.index + 1 : split.to;
  const header = survey.columns.find((candidate) => candidate.index === column);
  const text =
    split.kind === "one-to-two"
      ? `Column ${split.index + 1} seems to hold "${columnLabel(split.to[0])}" and "${columnLabel(split.to[1])}" together. Are they to be taken apart?`
      : `"${columnLabel(split.to)}" seems to be spread over columns ${proposed.join(", ")}. Are they to be put together?`;
  const answer = desk.put(
    {
      question: "Q_SPLIT",
      column,
      ...(header === undefined ? {} : { header: headerText(header) }),
      ...inSheet(survey),
      answer: proposed,
      text,
      options: [
        { answer: proposed, text: "Yes" },
        { answer: null, text: "No, leave these columns out" },
      ],
    },
    acceptsSplit(proposed),
  );
  return answer !== null && answer !== false;
}

function splitsOf(survey: SheetSurvey, desk: QuestionDesk): { applied: Split[]; asked: Set<number> } {
  const taken = new Set(survey.columns.map((column) => column.to).filter((to) => to !== null));
  const unmatched = survey.columns.filter((column) => column.to === null && !column.pii && !column.told);
  const proposals = proposeSpread(unmatched, taken);
  const asked = new Set(proposals.flatMap((split) => (split.kind === "one-to-two" ? [] : split.indexes)));
  for (const column of survey.columns) {
    const candidate =
      column.to === null ? unmatched.includes(column) : column.to === "sex" || column.to === "age";
    if (!candidate || asked.has(column.index - 1)) continue;
    const split = proposeTwo(column, survey.samples.get(column.index) ?? [], taken);
    if (split === null) continue;
    proposals.push(split);
    asked.add(column.index - 1);
  }
  return { applied: proposals.filter((split) => askAboutSplit(split, survey, desk)), asked };
}

function columnOptions(candidates: readonly string[]): AnswerOption[] {
  return [
    ...candidates.map((name) => ({ answer: name, text: columnLabel(name) })),
    { answer: null, text: "None: leave this column out" },
  ];
}

function askAboutColumn(
  column: Pick<HeaderColumn, "index" | "header">,
  proposal: ColumnProposal,
  sheet: { sheet?: string },
  desk: QuestionDesk,
): void {
  desk.put(
    {
      question: "Q_COLUMN",
      header: headerText(column),
      column: column.index,
      ...sheet,
      answer: proposal.propose,
      text: `What does the column "${headerText(column)}" hold?`,
      options: columnOptions(proposal.candidates),
    },
    isColumnName,
  );
}

/** A file without a trainee ID column: columns that could be it, so that the refusal can be mended by an answer. */
function askForKey(keyless: Header, headerless: readonly NoHeader[], desk: QuestionDesk): void {
  const rows = headerless.find((sheet) => sheet.keyless === keyless)?.firstRows ?? [];
  const last = keyless.rows.at(-1) ?? 0;
  for (const column of keyless.columns) {
    if (column.to !== null || column.pii) continue;
    const cells = rows.filter((row) => row.number > last).map((row) => row.cells[column.index - 1] ?? "");
    const values = cells
      .map((cell) => (typeof cell === "string" ? cell : cell.text).trim())
      .filter((text) => text !== "");
    const different = new Set(values).size === values.length && values.length > 0;
    if (
      !different ||
      !values.every((text) => TRAINEE_ID.test(text)) ||
      !values.some((text) => /\d/.test(text))
    )
      continue;
    askAboutColumn(column, { propose: "trainee_id", candidates: ["trainee_id"] }, {}, desk);
  }
}

/** Puts Q_SPLIT and Q_COLUMN; gives the splits to apply by position of the sheet. */
export function askAboutColumns(
  surveys: readonly SheetSurvey[],
  keyless: Header | undefined,
  headerless: readonly NoHeader[],
  desk: QuestionDesk,
  options: ExamineOptions,
): Map<number, Split[]> {
  const splits = new Map<number, Split[]>();
  for (const survey of surveys) {
    const { applied, asked } = splitsOf(survey, desk);
    splits.set(survey.sheetIndex, applied);
    const mapped = survey.columns.map((column) => column.to).filter((to) => to !== null);
    const split = applied.flatMap((one) => (one.kind === "one-to-two" ? one.to : [one.to]));
    const absent = absentColumns(new Set([...mapped, ...split]));
    for (const column of survey.columns) {
      const remembered = options.rememberedColumns?.[normaliseHeader(column.header)] !== undefined;
      if (column.to !== null || column.pii || column.told || remembered || asked.has(column.index - 1))
        continue;
      const proposal = proposeColumn(headerText(column), survey.samples.get(column.index) ?? [], absent);
      if (proposal !== null) askAboutColumn(column, proposal, inSheet(survey), desk);
    }
  }
  if (keyless !== undefined) askForKey(keyless, headerless, desk);
  return splits;
}

/** Puts Q_UNIT; gives the factor of each column with a unit of its own. */
export function settleUnits(surveys: readonly SheetSurvey[], desk: QuestionDesk): Map<string, number> {
  const factors = new Map<string, number>();
  for (const survey of surveys) {
    for (const column of survey.columns) {
      if (column.unit === null || column.to === null || factors.has(column.to)) continue;
      const proposed = FACTORS.get(column.unit) ?? null;
      const wanted =
        columnOf(column.to).type === "usd"
          ? "US dollars"
          : columnOf(column.to).type === "hours"
            ? "hours"
            : "percent";
      const answer = desk.put(
        {
          question: "Q_UNIT",
          column: column.to,
          header: headerText(column),
          answer: proposed,
          text: `"${headerText(column)}" states a unit of its own (${column.unit}). How is it turned into ${wanted}?`,
          options: [
            ...(proposed === null ? [] : [{ answer: proposed, text: `Multiply by ${proposed}` }]),
            { answer: "as_is", text: `Not at all: the numbers are ${wanted}` },
          ],
        },
        (given) => given === "as_is" || (typeof given === "number" && given > 0 && Number.isFinite(given)),
      );
      factors.set(column.to, typeof answer === "number" ? answer : 1);
    }
  }
  return factors;
}
