// From the header of a sheet to the columns that are read, with the questions that the header itself raises.

import { columnLabel } from "./finding-messages.rules.ts";
import { normaliseHeader } from "./header-match.rules.ts";
import type { Header, HeaderColumn } from "./header-rows.rules.ts";
import type { QuestionDesk } from "./question-desk.rules.ts";
import { findPosition } from "./roster-format.rules.ts";
import type { ReadColumn } from "./roster-reading.types.ts";

/** The header as one text. */
export function headerText(column: Pick<HeaderColumn, "header">): string {
  return typeof column.header === "string" ? column.header : column.header.join(" ");
}

const isColumnName = (answer: unknown): boolean =>
  answer === null || (typeof answer === "string" && findPosition(answer) !== undefined);

/** Answers about a header by its index alone; those that name the header have been heard in matching it. */
function applyIndexAnswers(
  columns: readonly HeaderColumn[],
  sheet: string | null,
  desk: QuestionDesk,
): HeaderColumn[] {
  return columns.map((column) => {
    if (column.pii) return column;
    const said = desk
      .about("Q_COLUMN")
      .findLast(
        (answer) =>
          answer.column !== undefined &&
          Number(answer.column) === column.index &&
          (answer.sheet === undefined || answer.sheet === sheet) &&
          (answer.header === undefined ||
            normaliseHeader(answer.header) === normaliseHeader(column.header)) &&
          isColumnName(answer.answer),
      );
    return said === undefined ? column : { ...column, to: said.answer as string | null, told: true };
  });
}

/** Whether an answer says which column of a header without trainee_id is the trainee ID. */
export function isGivenKey(header: Header, sheet: string | null, desk: QuestionDesk): boolean {
  return applyIndexAnswers(header.columns, sheet, desk).some((column) => column.to === "trainee_id");
}

/** Where two columns are the same canonical one, asks which (Q_HEADER_DUP); the other is left unread. */
function settleRepeated(
  columns: readonly HeaderColumn[],
  sheet: string | null,
  desk: QuestionDesk,
): HeaderColumn[] {
  const byName = new Map<string, HeaderColumn[]>();
  for (const column of columns) {
    if (column.to !== null) byName.set(column.to, [...(byName.get(column.to) ?? []), column]);
  }
  const dropped = new Set<number>();
  for (const [name, same] of byName) {
    const [first] = same;
    if (same.length < 2 || first === undefined) continue;
    const indexes = same.map((column) => column.index);
    const used = desk.put(
      {
        question: "Q_HEADER_DUP",
        column: name,
        ...(sheet === null ? {} : { sheet }),
        answer: first.index,
        text: `Columns ${indexes.join(" and ")} are both headed as "${columnLabel(name)}". Which one is to be used?`,
        options: same.map((column) => ({
          answer: column.index,
          text: `Column ${column.index}: ${headerText(column)}`,
        })),
      },
      (answer) => typeof answer === "number" && indexes.includes(answer),
    );
    for (const index of indexes) if (index !== used) dropped.add(index);
  }
  return columns.map((column) => (dropped.has(column.index) ? { ...column, to: null, told: true } : column));
}

/** The columns of a sheet after the answers about its headers. */
export function settleHeader(header: Header, sheet: string | null, desk: QuestionDesk): HeaderColumn[] {
  return settleRepeated(applyIndexAnswers(header.columns, sheet, desk), sheet, desk);
}

/** The columns to read. */
export function readColumns(columns: readonly HeaderColumn[]): ReadColumn[] {
  return columns.flatMap((column) =>
    column.to === null ? [] : [{ index: column.index - 1, to: column.to }],
  );
}
