import type { Child, FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Details } from "../../../ui/details.tsx";
import { Select, TextArea } from "../../../ui/fields.tsx";
import { Button, ErrorSummary, Form } from "../../../ui/form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import type { EvidenceItem } from "../evidence/evidence.types.ts";
import type { EvidenceLabels } from "../evidence/evidence-labels.ts";
import { EvidenceList } from "../evidence/evidence-list.tsx";
import { practicePath } from "../practices/practice-addresses.ts";
import type { PracticeLabels } from "../practices/practice-labels.ts";
import type { Rating, Round } from "./rating.types.ts";
import { HOW_RATED_PATH, roundPath } from "./rating-addresses.ts";
import { type PossibleReviewer, StateTag, scaleName } from "./rating-desk.pages.tsx";
import { levelInWords, RoundOutcome } from "./rating-standing.tsx";
import { inWords, QUESTIONS } from "./scales.ts";

export type RoundPageProps = {
  round: Round;
  /** Those that the reader may read: the own one, or all once both are in. */
  ratings: Rating[];
  items: EvidenceItem[];
  /** The language of the practice's texts. */
  language: string;
  evidenceLabels: EvidenceLabels;
  labels: PracticeLabels;
  /** The form of a reviewer whose answer it waits for. */
  form: Child;
  /** Where a librarian may name a third: who can be one. Null where none is needed, or the reader is no librarian. */
  thirds: PossibleReviewer[] | null;
  mayCancel: boolean;
  sent?: { at: "third" | "cancel"; sent: Sent } | undefined;
};

/** One round: how it stands, the evidence, and what the reader may do. */
export const RoundPage: FC<RoundPageProps> = (props) => {
  const { round, ratings, form, thirds, sent } = props;
  return (
    <div class="stack">
      <div class="stack-tight">
        <div class="cluster">
          <StateTag round={round} />
        </div>
        <h1>Rating of “{round.practice.title}”</h1>
        <p>
          On the scale <a href={HOW_RATED_PATH}>{scaleName(round)}</a>, asked on {dayInWords(round.openedAt)}.{" "}
          <a href={practicePath(round.practice.slug)}>Read about the practice</a>
        </p>
        <Who round={round} />
      </div>
      <ErrorSummary errors={sentErrors(sent?.sent)} />
      {round.outcome ? (
        <section class="stack-tight" aria-labelledby="outcome-heading">
          <h2 id="outcome-heading">What came of it</h2>
          <RoundOutcome round={round} ratings={new Map([[round.id, ratings]])} labels={props.labels} />
        </section>
      ) : null}
      {round.cancelledBecause !== null && round.closedAt ? (
        <p>
          Cancelled on {dayInWords(round.closedAt)}: {round.cancelledBecause}
        </p>
      ) : null}
      {ratings.length > 0 ? <Answers round={round} ratings={ratings} /> : null}
      <section class="stack" aria-labelledby="evidence-heading">
        <h2 id="evidence-heading">The evidence</h2>
        <EvidenceList items={props.items} labels={props.evidenceLabels} language={props.language} isOfHub />
      </section>
      {form}
      {thirds ? (
        <ThirdForm round={round} people={thirds} sent={sent?.at === "third" ? sent.sent : undefined} />
      ) : null}
      {props.mayCancel ? (
        <CancelForm round={round} sent={sent?.at === "cancel" ? sent.sent : undefined} />
      ) : null}
    </div>
  );
};

const Who: FC<{ round: Round }> = ({ round }) => (
  <ul>
    {round.reviewers.map(({ seat, name, hasAnswered }) => (
      <li>
        {name ?? "Somebody of the hub"}
        {seat === 3 ? " (third)" : ""}: {hasAnswered ? "has answered" : "has not answered yet"}
      </li>
    ))}
  </ul>
);

/** The answers that may be read, in full. */
const Answers: FC<{ round: Round; ratings: Rating[] }> = ({ round, ratings }) => (
  <section class="stack" aria-labelledby="answers-heading">
    <h2 id="answers-heading">{ratings.length === 1 ? "Your answer" : "The answers"}</h2>
    {ratings.length === 1 && round.state === "open" ? (
      <p>It is in and cannot be changed. You can read the other one when it is in too.</p>
    ) : null}
    {ratings.map((rating) => (
      <div class="card stack-tight">
        <h3>
          {round.reviewers.find(({ seat }) => seat === rating.seat)?.name ?? `Reviewer ${rating.seat}`}:{" "}
          {levelInWords(round, rating.level)}
        </h3>
        <p class="prose">{rating.reason}</p>
        {rating.seat === 3 ? null : (
          <Details summary="Answers to the questions">
            <dl class="particulars">
              {Object.entries(rating.answers).map(([id, code]) => (
                <div>
                  <dt>{questionInWords(id)}</dt>
                  <dd>{answerInWords(id, code)}</dd>
                </div>
              ))}
              <div>
                <dt>The rubric proposed</dt>
                <dd>{rating.proposed === null ? "No level" : levelInWords(round, rating.proposed)}</dd>
              </div>
            </dl>
          </Details>
        )}
      </div>
    ))}
  </section>
);

function questionInWords(id: string): string {
  const question = QUESTIONS.find((one) => one.id === id);
  return question ? inWords(question.label) : id;
}

function answerInWords(id: string, code: string): string {
  const answer = QUESTIONS.find((one) => one.id === id)?.answers.find((one) => one.code === code);
  return answer ? inWords(answer.label) : code;
}

const ThirdForm: FC<{ round: Round; people: PossibleReviewer[]; sent: Sent | undefined }> = ({
  round,
  people,
  sent,
}) => (
  <section class="stack-tight" aria-labelledby="third-heading">
    <h2 id="third-heading">
      {round.reviewers.length > 2 ? "Ask somebody else to decide" : "Ask a third to decide"}
    </h2>
    {people.length === 0 ? (
      <Alert kind="warn" heading="There is nobody to ask">
        <p>
          Nobody else of the hub is a reviewer or librarian. An administrator gives the grant under
          Organizations and people; then the third can be chosen here.
        </p>
      </Alert>
    ) : (
      <Form action={`${roundPath(round.id)}/third`}>
        <Select
          name="third"
          label="Third reviewer"
          hint="This person sees both answers."
          options={people.map(({ personId, name }) => ({ value: personId, label: name }))}
          value={sentText(sent, "third")}
          error={sentError(sent, "third")}
          required
        />
        <div class="buttons">
          <Button label="Ask this person" />
        </div>
      </Form>
    )}
  </section>
);

const CancelForm: FC<{ round: Round; sent: Sent | undefined }> = ({ round, sent }) => (
  <Details summary="Cancel this rating" open={sent !== undefined}>
    <Form action={`${roundPath(round.id)}/cancel`}>
      <TextArea
        name="because"
        label="Why is it cancelled?"
        hint="The hub reads it. What was answered stays, and a new rating can be asked for."
        value={sentText(sent, "because")}
        error={sentError(sent, "because")}
        required
        rows={2}
        maxlength={2000}
      />
      <div class="buttons">
        <Button label="Cancel this rating" danger quiet />
      </div>
    </Form>
  </Details>
);
