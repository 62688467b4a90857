// Putting questions and finding their answers, roster format v1, section 4: asked, never guessed.
import { foldCode, foldHeader } from "./cell-text.rules.ts";
import type { Answer, Question } from "./roster-reading.types.ts";

function names(answer: Answer, question: Question): boolean {
  if (answer.question !== question.question) return false;
  if (answer.sheet !== undefined && question.sheet !== undefined && answer.sheet !== question.sheet)
    return false;
  if (question.value !== undefined && foldCode(answer.value ?? "") !== foldCode(question.value)) return false;
  if (question.column === undefined && question.header === undefined) return true;
  const byColumn = answer.column !== undefined && String(answer.column) === String(question.column);
  const byHeader =
    answer.header !== undefined &&
    question.header !== undefined &&
    foldHeader(answer.header) === foldHeader(question.header);
  return byColumn || byHeader;
}

/** Keeps apart what is open and what has been answered. */
export class QuestionDesk {
  readonly open: Question[] = [];
  readonly settled: Question[] = [];
  readonly #answers: readonly Answer[];

  constructor(answers: readonly Answer[]) {
    this.#answers = answers;
  }

  /** The answers to one kind of question, whatever they are about. */
  about(code: Answer["question"]): readonly Answer[] {
    return this.#answers.filter((answer) => answer.question === code);
  }

  /**
   * Puts a question. Returns its answer if there is an acceptable one, else what the question proposes: a dry run shows
   * the file as it would be read then, and nothing is committed while a question is open. `supplied` is an answer from
   * the upload form or from memory.
   */
  put(question: Question, accepts: (answer: unknown) => boolean, supplied?: unknown): unknown {
    // Somebody who answers again has changed their mind.
    const given = this.#answers.findLast((answer) => names(answer, question) && accepts(answer.answer));
    const answer = given === undefined ? supplied : given.answer;
    if (answer !== undefined && accepts(answer)) {
      this.settled.push({ ...question, answer });
      return answer;
    }
    this.open.push(question);
    return question.answer;
  }
}
