import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Checkboxes, Radios } from "../../../ui/choices.tsx";
import { Details } from "../../../ui/details.tsx";
import { Select, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { columnLabel } from "../roster-reading/finding-messages.rules.ts";
import type { ColumnLayout, Question, SheetLayout } from "../roster-reading/roster-reading.types.ts";
import { hasSeveralAnswers, isAnsweredInWords, optionValue, questionField } from "./question-form.ts";
import type { Roster } from "./roster.types.ts";
import { ROSTERS_PATH } from "./roster-list.pages.tsx";

/** More choices than this are a list to open. */
const MOST_RADIOS = 7;

const headerText = (column: ColumnLayout): string =>
  (Array.isArray(column.header) ? column.header.filter(Boolean).join(" / ") : column.header).replaceAll(
    /\s+/g,
    " ",
  );

/** How the file was understood: sheets, headers, and what each column means. */
export const LayoutView: FC<{ sheets: readonly SheetLayout[] }> = ({ sheets }) => (
  <>
    {sheets.map((sheet) =>
      sheet.role === "ignored" ? (
        <p class="soft">
          The {sheet.state === "hidden" ? "hidden sheet" : "sheet"} “{sheet.name}” is not read.
        </p>
      ) : (
        <SimpleTable
          caption={`${sheet.name ? `Sheet “${sheet.name}”: header` : "Header"} found in row ${sheet.headerRows.join(" and ")}, ${sheet.dataRows.toLocaleString("en-US")} rows of data`}
          compact
          columns={[{ label: "Column" }, { label: "Header in the file" }, { label: "Read as" }]}
          rows={sheet.columns.map((column) => [
            String(column.index),
            headerText(column),
            column.dropped === "pii" ? (
              <Tag tone="warn">Personal data: dropped unread</Tag>
            ) : column.to ? (
              columnLabel(column.to)
            ) : (
              <span class="soft">Not read</span>
            ),
          ])}
        />
      ),
    )}
  </>
);

const QuestionField: FC<{ question: Question; position: number; sent: Sent | undefined }> = ({
  question,
  position,
  sent,
}) => {
  const name = questionField(position);
  const error = sentError(sent, name);
  const label = question.sheet ? `${question.text} (sheet “${question.sheet}”)` : question.text;
  if (hasSeveralAnswers(question)) {
    const sheets = Array.isArray(question.answer) ? question.answer.map(String) : [];
    return (
      <Checkboxes
        name={name}
        label={label}
        options={sheets.map((sheet) => ({ value: sheet, label: sheet }))}
        values={sheets}
        error={error}
      />
    );
  }
  const proposed = sentText(sent, name);
  if (isAnsweredInWords(question))
    return (
      <TextField
        name={name}
        label={label}
        required
        value={proposed ?? (typeof question.answer === "string" ? question.answer : undefined)}
        error={error}
      />
    );
  const options = question.options.map((option) => ({
    value: optionValue(option.answer),
    label: option.text,
  }));
  // Nothing is chosen beforehand: what is asked is asked because it must not be guessed.
  return options.length > MOST_RADIOS ? (
    <Select name={name} label={label} required options={options} value={proposed} error={error} />
  ) : (
    <Radios name={name} label={label} required options={options} value={proposed} error={error} />
  );
};

/** The questions that only a person can answer. */
export const AskingView: FC<{ roster: Roster; sent?: Sent | undefined }> = ({ roster, sent }) => {
  const questions = roster.outcome.questions ?? [];
  return (
    <>
      <p>
        These are asked because a wrong guess would change your figures. Answers about headers and spellings
        are remembered for your next file.
      </p>
      <ErrorSummary errors={sentErrors(sent)} />
      <Form action={`${ROSTERS_PATH}/${roster.id}/answers`}>
        <Hidden name="asked" value={questions.length} />
        {questions.map((question, position) => (
          <QuestionField question={question} position={position} sent={sent} />
        ))}
        <Buttons main={{ label: "Go on with these answers" }} />
      </Form>
      <ActionButton action={`${ROSTERS_PATH}/${roster.id}/discard`} label="Put this file aside" />
      <Details summary="How the file was read">
        <LayoutView sheets={roster.outcome.file?.sheets ?? []} />
      </Details>
    </>
  );
};
