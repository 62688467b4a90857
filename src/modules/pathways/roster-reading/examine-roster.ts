// Pass 1 of the roster reading engine: what the file is, how it is to be read, and what has to be asked first.
import type { Spreadsheet } from "../../../platform/spreadsheets/spreadsheet.types.ts";
import type { ColumnEvidence } from "./column-evidence.rules.ts";
import { settleColumns } from "./column-settings.rules.ts";
import { academicYearInTitle, academicYearText, readAcademicYear } from "./date.rules.ts";
import { findingMessage } from "./finding-messages.rules.ts";
import { type HeaderMemory, normaliseHeader } from "./header-match.rules.ts";
import { askAboutColumns, settleUnits } from "./header-questions.rules.ts";
import type { Header } from "./header-rows.rules.ts";
import { QuestionDesk } from "./question-desk.rules.ts";
import { findPosition, severityOf } from "./roster-format.rules.ts";
import type {
  Examination,
  ExamineOptions,
  FileFinding,
  Refusal,
  SheetLayout,
  SheetPlan,
  Split,
} from "./roster-reading.types.ts";
import { headerText, readColumns } from "./sheet-columns.rules.ts";
import { type NoHeader, type SheetSurvey, surveySheet } from "./sheet-survey.rules.ts";

const NO_HEADER: Refusal = {
  code: "FILE_NO_HEADER",
  message:
    'No row with column names was found. Put the names into one row near the top ("Trainee ID", "Program type", "Start date" and so on), or start from the template.',
};
const NO_KEY: Refusal = {
  code: "FILE_NO_KEY",
  message:
    'The file has no column for the trainee ID. Add one headed "Trainee ID" with a code for each trainee that is not a name or a Social Security number, or say which column it is.',
};

const isColumn = (to: unknown): to is string | null =>
  to === null || (typeof to === "string" && findPosition(to) !== undefined);

function headerMemory({ answers = [], rememberedColumns = {} }: ExamineOptions): HeaderMemory {
  const memory = new Map<string, string | null>();
  for (const [header, to] of Object.entries(rememberedColumns))
    if (isColumn(to)) memory.set(normaliseHeader(header), to);
  for (const { question, header, answer } of answers) {
    if (question === "Q_COLUMN" && header !== undefined && isColumn(answer))
      memory.set(normaliseHeader(header), answer);
  }
  return memory;
}

function chooseSheets(surveys: readonly SheetSurvey[], skipped: readonly string[], desk: QuestionDesk): void {
  const names = surveys.map((survey) => survey.sheet.name ?? "");
  const offered = [...names, ...skipped];
  if (offered.length < 2) return;
  desk.put(
    {
      question: "Q_SHEETS",
      answer: offered,
      text: `${offered.length} sheets look like a roster. Which of them are to be read?`,
      options: offered.map((name) => ({ answer: name, text: name })),
    },
    (answer) =>
      Array.isArray(answer) && answer.length > 0 && answer.every((name) => offered.includes(String(name))),
  );
}

function suppliedYear(text: string | undefined): string | undefined {
  const start = text === undefined ? null : readAcademicYear(text.trim(), null);
  return start === null ? undefined : academicYearText(start);
}

const lacks = (surveys: readonly SheetSurvey[], name: string): boolean =>
  surveys.some((survey) => !survey.columns.some((column) => column.to === name));

function settleYear(
  surveys: readonly SheetSurvey[],
  options: ExamineOptions,
  desk: QuestionDesk,
): string | null {
  const supplied = suppliedYear(options.upload.academicYear);
  if (!lacks(surveys, "academic_year")) return supplied ?? null;
  const titles = surveys.flatMap((survey) => [...survey.titles, survey.sheet.name ?? ""]);
  const proposed = titles.map(academicYearInTitle).find((year) => year !== null) ?? null;
  const answer = desk.put(
    {
      question: "Q_AY",
      answer: proposed,
      text: "The file has no academic year column. Which academic year is it about?",
      options: proposed === null ? [] : [{ answer: proposed, text: `${proposed}, as a title says` }],
    },
    (given) => typeof given === "string" && suppliedYear(given) !== undefined,
    supplied,
  );
  return typeof answer === "string" ? (suppliedYear(answer) ?? null) : null;
}

function settleProgram(
  surveys: readonly SheetSurvey[],
  options: ExamineOptions,
  desk: QuestionDesk,
): string | null {
  const supplied = options.upload.programName?.trim() === "" ? undefined : options.upload.programName;
  if (!lacks(surveys, "program_name")) return supplied ?? null;
  const answer = desk.put(
    {
      question: "Q_PROGRAM",
      answer: null,
      text: "The file has no program column. Which training program is it about?",
      options: [],
    },
    (given) => typeof given === "string" && given.trim() !== "",
    supplied,
  );
  return typeof answer === "string" ? answer.trim() : null;
}

function piiFindings(surveys: readonly SheetSurvey[]): FileFinding[] {
  const headers = surveys.flatMap((survey) => survey.columns.filter((column) => column.pii).map(headerText));
  return [...new Set(headers)].map((header) => ({
    code: "PII_COLUMN",
    severity: severityOf("PII_COLUMN"),
    header,
    message: findingMessage("PII_COLUMN", header),
  }));
}

function splitTarget(splits: readonly Split[], index: number): string | null {
  for (const split of splits) {
    if (split.kind === "one-to-two" ? split.index === index - 1 : split.indexes.includes(index - 1)) {
      return split.kind === "one-to-two" ? split.to.join("+") : split.to;
    }
  }
  return null;
}

function layoutOf(survey: SheetSurvey, splits: readonly Split[]): SheetLayout {
  const { sheet, header, columns, firstDataRow, lastDataRow, dataRows } = survey;
  return {
    name: sheet.name,
    state: sheet.state,
    role: "data",
    headerRows: header.rows,
    firstDataRow,
    lastDataRow,
    dataRows,
    columns: columns.map(({ index, header: text, to, pii }) => ({
      index,
      header: text,
      to: splitTarget(splits, index) ?? to,
      ...(pii ? { dropped: "pii" as const } : {}),
    })),
  };
}

function planOf(survey: SheetSurvey, splits: Split[]): SheetPlan {
  const spoken = new Set(
    splits.flatMap((split) => (split.kind === "one-to-two" ? [split.index] : split.indexes)),
  );
  return {
    sheetIndex: survey.sheetIndex,
    name: survey.sheet.name,
    lastHeaderRow: survey.header.rows.at(-1) ?? 0,
    headerCells: survey.header.cells,
    columns: readColumns(survey.columns).filter((column) => !spoken.has(column.index)),
    splits,
  };
}

function refusalOf(
  surveys: readonly SheetSurvey[],
  skipped: readonly string[],
  headerless: readonly NoHeader[],
): Refusal | null {
  if (surveys.length > 0 || skipped.length > 0) return null;
  return headerless.some((sheet) => sheet.keyless !== null) ? NO_KEY : NO_HEADER;
}

/**
 * Pass 1 over all rows of the file (roster format v1, sections 4 and 5): which sheets are rosters, where their headers
 * are, which column is what, what the rows prove about dates and numbers, and which questions are open.
 */
export async function examineRoster(spreadsheet: Spreadsheet, options: ExamineOptions): Promise<Examination> {
  const desk = new QuestionDesk(options.answers ?? []);
  const evidences = new Map<string, ColumnEvidence>();
  const answeredSheets = desk.about("Q_SHEETS").at(-1)?.answer;
  const chosen = Array.isArray(answeredSheets) ? answeredSheets.map(String) : [];
  const surveys: SheetSurvey[] = [];
  const skipped: string[] = [];
  const headerless: NoHeader[] = [];
  let before = 0;
  for (const [sheetIndex, sheet] of spreadsheet.sheets.entries()) {
    if (sheet.state === "hidden") continue;
    const survey = await surveySheet(sheet, sheetIndex, {
      memory: headerMemory(options),
      desk,
      evidences,
      chosen: (name) => chosen.length === 0 || chosen.includes(name ?? ""),
      onRows: (rows) => options.onProgress?.(before + rows),
    });
    if (survey === "not chosen") skipped.push(sheet.name ?? "");
    else if (survey.header === null) headerless.push(survey);
    else {
      surveys.push(survey);
      before += survey.dataRows;
    }
  }
  chooseSheets(surveys, skipped, desk);
  const keyless = headerless
    .map((sheet) => sheet.keyless)
    .find((header): header is Header => header !== null);
  const refusal = refusalOf(surveys, skipped, headerless);
  const splits = askAboutColumns(surveys, refusal === null ? undefined : keyless, headerless, desk, options);
  const settings = settleColumns(evidences, settleUnits(surveys, desk), desk, options.rememberedValues);
  const academicYear = surveys.length === 0 ? null : settleYear(surveys, options, desk);
  const programName = surveys.length === 0 ? null : settleProgram(surveys, options, desk);
  const byIndex = new Map(surveys.map((survey) => [survey.sheetIndex, survey]));
  const { format, encoding, bom, delimiter, eol, date1904 } = spreadsheet;
  return {
    upload: options.upload,
    file: { format, encoding, bom, delimiter, eol, date1904 },
    sheets: spreadsheet.sheets.map((sheet, index) => {
      const survey = byIndex.get(index);
      if (survey !== undefined) return layoutOf(survey, splits.get(index) ?? []);
      const { name, state } = sheet;
      return {
        name,
        state,
        role: "ignored",
        headerRows: [],
        firstDataRow: null,
        lastDataRow: null,
        dataRows: 0,
        columns: [],
      };
    }),
    plans: surveys.map((survey) => planOf(survey, splits.get(survey.sheetIndex) ?? [])),
    settings,
    academicYear,
    programName,
    fileFindings: piiFindings(surveys),
    questions:
      surveys.length > 1 ? desk.open : desk.open.map((question) => ({ ...question, sheet: undefined })),
    settled: desk.settled,
    refusal,
    unknownValues: [...evidences].flatMap(([column, evidence]) =>
      [...evidence.unknown.values()].map((value) => ({ column, value })),
    ),
    dataRows: before,
  };
}
