// From evidence and answers to how each column is read, roster format v1, sections 4 and 5.
import type { ColumnEvidence } from "./column-evidence.rules.ts";
import { columnLabel } from "./finding-messages.rules.ts";
import type { QuestionDesk } from "./question-desk.rules.ts";
import { codeList } from "./roster-format.rules.ts";
import type { AnswerOption, ColumnSettings, ExamineOptions } from "./roster-reading.types.ts";
import { DEFAULT_SETTINGS } from "./row-reader.rules.ts";

type RememberedValues = ExamineOptions["rememberedValues"];

const isOneOf =
  (...allowed: unknown[]) =>
  (answer: unknown): boolean =>
    allowed.includes(answer);

function option(answer: unknown, text: string): AnswerOption {
  return { answer, text };
}

function provenOrder(evidence: ColumnEvidence): "mdy" | "dmy" | null {
  if (evidence.monthFirst === evidence.dayFirst) return null;
  return evidence.monthFirst ? "mdy" : "dmy";
}

function dateOrder(evidence: ColumnEvidence, elsewhere: "mdy" | "dmy", desk: QuestionDesk): "mdy" | "dmy" {
  const proven = provenOrder(evidence);
  if (proven !== null) return proven;
  const contradictory = evidence.monthFirst && evidence.dayFirst;
  if (!contradictory && !evidence.bothWays) return "mdy";
  const label = columnLabel(evidence.column.name);
  const answer = desk.put(
    {
      question: "Q_DATE_ORDER",
      column: evidence.column.name,
      answer: elsewhere,
      text: contradictory
        ? `Some dates in "${label}" can only be month/day/year and some only day/month/year. Which is right?`
        : `Every date in "${label}" can be read as month/day/year or as day/month/year. Which is meant?`,
      options: [
        option("mdy", "Month first: 3/4/2025 is 4 March"),
        option("dmy", "Day first: 3/4/2025 is 3 April"),
      ],
    },
    isOneOf("mdy", "dmy"),
  );
  return answer === "dmy" ? "dmy" : "mdy";
}

function decimalSign(evidence: ColumnEvidence, desk: QuestionDesk): "point" | "comma" {
  if (!evidence.commas || evidence.allThousands) return "point";
  if (evidence.allDecimal) return "comma";
  const answer = desk.put(
    {
      question: "Q_DECIMAL",
      column: evidence.column.name,
      answer: null,
      text: `The commas in "${columnLabel(evidence.column.name)}" are neither all thousands signs nor all decimal signs. Which sign is the decimal one?`,
      options: [option("point", "The point: 1,200.50"), option("comma", "The comma: 1.200,50")],
    },
    isOneOf("point", "comma"),
  );
  return answer === "comma" ? "comma" : "point";
}

function percentScale(evidence: ColumnEvidence, desk: QuestionDesk): "fraction" | "percent" {
  const small = evidence.percentNumbers && !evidence.percentAboveOne && !evidence.percentSigned;
  if (!small) return "percent";
  const answer = desk.put(
    {
      question: "Q_PERCENT_SCALE",
      column: evidence.column.name,
      answer: "fraction",
      text: `Every number in "${columnLabel(evidence.column.name)}" is 1 or less. Does 0.5 mean 50 percent?`,
      options: [option("fraction", "Yes, 0.5 is 50 %"), option("percent", "No, 0.5 is half a percent")],
    },
    isOneOf("fraction", "percent"),
  );
  return answer === "fraction" ? "fraction" : "percent";
}

function markBlank(evidence: ColumnEvidence, desk: QuestionDesk): "no" | "not_reported" {
  const oneMark = evidence.yesSpellings.size === 1 && !evidence.no && evidence.blank;
  if (evidence.column.list !== "yes_no" || evidence.column.name.startsWith("race_") || !oneMark)
    return "not_reported";
  const answer = desk.put(
    {
      question: "Q_MARK_BLANK",
      column: evidence.column.name,
      answer: "no",
      text: `"${columnLabel(evidence.column.name)}" holds one mark and empty cells only. Does an empty cell mean no?`,
      options: [option("no", "Yes, empty means no"), option("not_reported", "No, empty means not reported")],
    },
    isOneOf("no", "not_reported"),
  );
  return answer === "no" ? "no" : "not_reported";
}

function singleYear(evidence: ColumnEvidence, desk: QuestionDesk): "start" | "end" | null {
  if (!evidence.singleYear) return null;
  const answer = desk.put(
    {
      question: "Q_AY_YEAR",
      column: evidence.column.name,
      answer: null,
      text: "The academic year is one number. Is it the year in which the academic year starts or the one in which it ends?",
      options: [option("start", "It starts: 2025 is 2025-26"), option("end", "It ends: 2025 is 2024-25")],
    },
    isOneOf("start", "end"),
  );
  return answer === "start" || answer === "end" ? answer : null;
}

function answeredValues(
  evidence: ColumnEvidence,
  desk: QuestionDesk,
  remembered: RememberedValues,
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  if (evidence.asked.size === 0 || evidence.column.list === null) return values;
  const list = codeList(evidence.column.list);
  for (const [folded, written] of evidence.asked) {
    const answer = desk.put(
      {
        question: "Q_VALUE",
        column: evidence.column.name,
        value: written,
        answer: null,
        text: `"${written}" in "${columnLabel(evidence.column.name)}" can mean more than one thing. What is meant?`,
        options: [
          ...list.codes.map((code) => option(code, list.labels.get(code) ?? code)),
          option(null, "None of these: leave the rows out"),
        ],
      },
      (given) => given === null || (typeof given === "string" && list.codes.includes(given)),
      remembered?.[evidence.column.name]?.[folded],
    );
    if (typeof answer === "string") values.set(folded, answer);
  }
  return values;
}

/** Puts the questions about the columns and gives each column its settings. `factors` are answered units (Q_UNIT). */
export function settleColumns(
  evidences: ReadonlyMap<string, ColumnEvidence>,
  factors: ReadonlyMap<string, number>,
  desk: QuestionDesk,
  remembered: RememberedValues,
): Map<string, ColumnSettings> {
  const proven = [...evidences.values()].map(provenOrder).filter((order) => order !== null);
  const elsewhere = proven.length > 0 && proven.every((order) => order === "dmy") ? "dmy" : "mdy";
  const settings = new Map<string, ColumnSettings>();
  for (const [name, evidence] of evidences) {
    const { type } = evidence.column;
    const isNumber = ["usd", "hours", "percent", "integer"].includes(type);
    settings.set(name, {
      ...DEFAULT_SETTINGS,
      ...(type === "date" ? { dateOrder: dateOrder(evidence, elsewhere, desk) } : {}),
      ...(isNumber ? { decimal: decimalSign(evidence, desk) } : {}),
      ...(type === "percent" ? { percentScale: percentScale(evidence, desk) } : {}),
      ...(type === "ay" ? { singleYear: singleYear(evidence, desk) } : {}),
      ...(type === "code" ? { markBlank: markBlank(evidence, desk) } : {}),
      values: answeredValues(evidence, desk, remembered),
      unitFactor: factors.get(name) ?? 1,
    });
  }
  return settings;
}
