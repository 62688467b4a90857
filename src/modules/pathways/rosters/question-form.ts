import type { Answer, Question } from "../roster-reading/roster-reading.types.ts";

/** The name of the form field for a question: its place in the list. */
export const questionField = (position: number): string => `answer-${position}`;

/** The field value that stands for an option's answer. */
export const optionValue = (answer: unknown): string => JSON.stringify(answer ?? null);

/** Whether a question is answered in words: a year, a program. */
export const isAnsweredInWords = (question: Question): boolean =>
  question.options.length === 0 || question.question === "Q_PROGRAM" || question.question === "Q_AY";

/** Several sheets may be chosen; everything else has one answer. */
export const hasSeveralAnswers = (question: Question): boolean => question.question === "Q_SHEETS";

const ACADEMIC_YEAR = /^20\d\d-\d\d$/;

export interface ReadAnswers {
  answers: Answer[];
  errors: Record<string, string[]>;
}

/** Reads the sent form against the questions that were put: only what was asked, and only answers that were offered. */
export function readAnswers(
  questions: readonly Question[],
  form: Readonly<Record<string, string | string[] | undefined>>,
): ReadAnswers {
  const answers: Answer[] = [];
  const errors: Record<string, string[]> = {};
  for (const [position, question] of questions.entries()) {
    const field = questionField(position);
    const sent = form[field];
    const read = hasSeveralAnswers(question)
      ? readSeveral(question, sent)
      : isAnsweredInWords(question)
        ? readWords(question, sent)
        : readOne(question, sent);
    if ("problem" in read) errors[field] = [read.problem];
    else answers.push({ ...about(question), answer: read.answer });
  }
  return { answers, errors };
}

type Read = { answer: unknown } | { problem: string };

/** Which question it is, without its text and its options. */
function about(question: Question): Omit<Answer, "answer"> {
  const { question: code, column, header, value, sheet } = question;
  return {
    question: code,
    ...(column === undefined ? {} : { column }),
    ...(header === undefined ? {} : { header }),
    ...(value === undefined ? {} : { value }),
    ...(sheet === undefined ? {} : { sheet }),
  };
}

function readOne(question: Question, sent: string | string[] | undefined): Read {
  const option = question.options.find((one) => optionValue(one.answer) === sent);
  return option ? { answer: option.answer } : { problem: `Choose an answer: ${question.text}` };
}

function readSeveral(question: Question, sent: string | string[] | undefined): Read {
  const chosen = new Set(Array.isArray(sent) ? sent : sent === undefined ? [] : [sent]);
  const offered = Array.isArray(question.answer) ? question.answer.map(String) : [];
  const answer = offered.filter((sheet) => chosen.has(sheet));
  return answer.length > 0 ? { answer } : { problem: "Choose at least one sheet." };
}

function readWords(question: Question, sent: string | string[] | undefined): Read {
  const text = typeof sent === "string" ? sent.trim() : "";
  if (text === "") return { problem: `Enter an answer: ${question.text}` };
  if (question.question === "Q_AY" && !ACADEMIC_YEAR.test(text))
    return { problem: "Write the academic year like this: 2024-25." };
  return { answer: text.slice(0, 120) };
}
