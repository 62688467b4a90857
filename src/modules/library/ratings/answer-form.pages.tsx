import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Radios } from "../../../ui/choices.tsx";
import { TextArea } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Fieldset, Form } from "../../../ui/form.tsx";
import { SummaryBox } from "../../../ui/summary-box.tsx";
import { answerField } from "./answer-form.ts";
import { roundPath } from "./rating-addresses.ts";
import { findLevel, inWords, questionsOf, type Scale } from "./scales.ts";

/** What the rubric makes of the answers; undefined before they are given. */
export type Proposal = { level: string | null } | undefined;

type FormProps = { roundId: string; scale: Scale; sent?: Sent | undefined };

const LevelField: FC<FormProps & { value: string | undefined }> = ({ scale, sent, value }) => (
  <Radios
    name="level"
    label="Your level"
    options={scale.levels.map(({ code, label, criteria }) => ({
      value: code,
      label: inWords(label),
      hint: inWords(criteria),
    }))}
    value={value}
    error={sentError(sent, "level")}
    required
  />
);

const ReasonField: FC<Pick<FormProps, "sent"> & { hint: string }> = ({ sent, hint }) => (
  <TextArea
    name="reason"
    label="Your reasons"
    hint={hint}
    value={sentText(sent, "reason")}
    error={sentError(sent, "reason")}
    required
    rows={6}
    maxlength={4000}
  />
);

/** The rubric, and once it is answered the level that it proposes. */
export const AnswerForm: FC<FormProps & { proposal: Proposal }> = ({ roundId, scale, sent, proposal }) => (
  <section class="stack" aria-labelledby="answer-heading">
    <h2 id="answer-heading">Your answer</h2>
    <p>
      Answer from the evidence above. Nobody sees it before the other reviewer has answered too; afterwards it
      stands on the practice's page without your name. Once sent, it cannot be changed.
    </p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action={`${roundPath(roundId)}/answer`}>
      <Fieldset legend="The questions">
        {questionsOf(scale).map((question) => (
          <Radios
            name={answerField(question.id)}
            label={inWords(question.label)}
            hint={question.hint ? inWords(question.hint) : undefined}
            options={question.answers.map(({ code, label }) => ({ value: code, label: inWords(label) }))}
            value={sentText(sent, answerField(question.id))}
            error={sentError(sent, answerField(question.id))}
            required
          />
        ))}
      </Fieldset>
      {proposal ? (
        <>
          <Proposed scale={scale} level={proposal.level} />
          <LevelField
            roundId={roundId}
            scale={scale}
            sent={sent}
            value={sentText(sent, "level") ?? proposal.level ?? undefined}
          />
          <ReasonField
            sent={sent}
            hint="What decided it, and why another level than the proposed one, if you chose one. Everybody can read it."
          />
          <Buttons
            main={{ label: "Send my answer", name: "step", value: "send" }}
            quiet={[{ label: "Propose again", name: "step", value: "propose" }]}
          />
        </>
      ) : (
        <Buttons main={{ label: "See what the rubric proposes", name: "step", value: "propose" }} />
      )}
    </Form>
  </section>
);

const Proposed: FC<{ scale: Scale; level: string | null }> = ({ scale, level }) => {
  const found = level === null ? null : findLevel(scale, level);
  return found ? (
    <SummaryBox heading={`The rubric proposes: ${inWords(found.label)}`} level={3}>
      <p>{inWords(found.criteria)} You may choose another level and say why.</p>
    </SummaryBox>
  ) : (
    <SummaryBox heading="The rubric proposes no level" level={3}>
      <p>
        {scale.name} has no level for these answers. Choose the nearest and say so in your reasons, or ask a
        librarian for a rating on another scale.
      </p>
    </SummaryBox>
  );
};

/** The third's word, with both answers above it. */
export const DecideForm: FC<FormProps> = ({ roundId, scale, sent }) => (
  <section class="stack" aria-labelledby="answer-heading">
    <h2 id="answer-heading">Your decision</h2>
    <p>The two reviewers disagree. Read both answers and the evidence, then decide. It cannot be changed.</p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action={`${roundPath(roundId)}/answer`}>
      <LevelField roundId={roundId} scale={scale} sent={sent} value={sentText(sent, "level")} />
      <ReasonField
        sent={sent}
        hint="Why this level, and what speaks against the other. Everybody can read it."
      />
      <Buttons main={{ label: "Decide", name: "step", value: "send" }} />
    </Form>
  </section>
);
