import type { Child, FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentErrors } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Checkboxes } from "../../../ui/choices.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { Details } from "../../../ui/details.tsx";
import { Select, TextArea, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, FieldRow, Fieldset, Form, Hidden } from "../../../ui/form.tsx";
import { LANGUAGE_NAMES, LANGUAGES, langOf, languageNow } from "../../../ui/language.ts";
import { dayInWords } from "../../../ui/moment.ts";
import { sayWith } from "../../../ui/words.tsx";
import type { Practice } from "../practices/practice.types.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import type { Typed } from "../practices/practice-form.ts";
import type { PracticeLabels } from "../practices/practice-labels.ts";
import { fieldLabels } from "../practices/practice-text.ts";
import type { SimilarPractice } from "./similar.store.ts";
import { SimilarFound, SimilarList } from "./similar.tsx";
import { CORRECTED_PARTS, type Submission, type SubmissionDecision } from "./submission.types.ts";
import { say } from "./submission.words.ts";
import { correctPath, inPageLanguage, SIMILAR_PATH, SUBMIT_PATH } from "./submission-addresses.ts";
import { listOf, STAMP, TRAP, textOf } from "./submission-form.ts";
import { isReasonForSender, stateInWords } from "./submission-letters.ts";

/** Why what was sent is shown once more although nothing in it is wrong. */
export interface AskedAgain {
  heading: string;
  text: string;
}

interface SendingFormProps {
  typed: Typed;
  errors?: Sent["errors"] | undefined;
  askedAgain?: AskedAgain | undefined;
  stamp: string;
  /** After how many days the sender is forgotten. */
  keptDays: number;
}

const AskAgain: FC<{ why: AskedAgain | undefined }> = ({ why }) =>
  why ? (
    <Alert kind="warn" heading={why.heading} announce>
      <p>{why.text}</p>
    </Alert>
  ) : null;

/** Who it is, when the form was opened, and a field that only programs fill. */
const Sender: FC<SendingFormProps> = ({ typed, errors = {}, stamp, keptDays }) => (
  <>
    <Fieldset legend={say("about_you")} hint={say("about_you_hint", { days: keptDays })}>
      <FieldRow>
        <TextField
          name="name"
          label={say("name")}
          value={textOf(typed, "name")}
          error={errors["name"]?.[0]}
          required={false}
          maxlength={200}
          autocomplete="name"
        />
        <TextField
          name="email"
          label={say("email")}
          type="email"
          value={textOf(typed, "email")}
          error={errors["email"]?.[0]}
          required={false}
          maxlength={254}
          autocomplete="email"
        />
      </FieldRow>
    </Fieldset>
    <Hidden name={STAMP} value={stamp} />
    <div class="set-aside" aria-hidden="true">
      <label for="field-homepage">{say("trap")}</label>
      <input
        id="field-homepage"
        name={TRAP}
        type="text"
        tabindex={-1}
        autocomplete="off"
        value={textOf(typed, TRAP)}
      />
    </div>
  </>
);

export type SubmitPageProps = SendingFormProps & {
  labels: PracticeLabels;
  similar: readonly SimilarPractice[];
  /** Nobody has said yet that it is none of them, and one is so much alike that it has to be asked. */
  isNear?: boolean | undefined;
  /** Somebody has pressed "Check". */
  hasChecked?: boolean | undefined;
};

/** Where anybody tells the library of a practice. */
export const SubmitPage: FC<SubmitPageProps> = (props) => {
  const { typed, errors = {}, labels, similar } = props;
  const field = (name: string) => ({ name, value: textOf(typed, name), error: errors[name]?.[0] });
  const states = listOf(typed, "states");
  return (
    <div class="stack narrow">
      <h1>{say("submit")}</h1>
      <p class="lead">{say("submit_lead")}</p>
      <ErrorSummary errors={sentErrors({ values: typed, errors })} />
      <AskAgain why={props.askedAgain} />
      <Form action={SUBMIT_PATH}>
        {/* What the Enter key presses: the first button of a form. */}
        <button type="submit" name="check" value="yes" hidden>
          {say("check")}
        </button>
        {props.isNear ? (
          <Alert kind="info" heading={say("near_heading")} announce>
            <p>{say("near_lead")}</p>
            <SimilarList similar={similar} labels={labels} canChoose />
            <div class="buttons near-end">
              <button class="usa-button" type="submit" name="other" value="yes">
                {say("send_anyway")}
              </button>
            </div>
          </Alert>
        ) : null}
        <Fieldset legend={say("about_practice")}>
          <TextField {...field("title")} label={say("title")} required maxlength={200} />
          {/* Replaced while somebody types; without script the button below asks. */}
          <div class="usa-form-group" data-similar={inPageLanguage(SIMILAR_PATH)} aria-live="polite">
            {props.isNear ? null : (
              <SimilarFound similar={similar} labels={labels} asked={props.hasChecked ?? false} />
            )}
          </div>
          <div class="usa-form-group buttons">
            <button class="usa-button usa-button--outline" type="submit" name="check" value="yes">
              {say("check")}
            </button>
          </div>
          <TextArea
            {...field("what")}
            label={say("what")}
            hint={say("what_hint")}
            required
            rows={6}
            maxlength={8000}
          />
          <div class="usa-form-group">
            <Details
              summary={
                states.length > 0 ? say("states_chosen", { count: states.length }) : say("states_choose")
              }
              open={Boolean(errors["states"])}
            >
              <Checkboxes
                name="states"
                label={say("states")}
                hint={say("states_hint")}
                options={[...(labels.get("state") ?? [])].map(([value, label]) => ({ value, label }))}
                values={states}
                error={errors["states"]?.[0]}
                columns
              />
            </Details>
          </div>
          <TextField {...field("sponsor")} label={say("sponsor")} required={false} maxlength={300} />
          <TextArea
            {...field("links")}
            label={say("links")}
            hint={say("links_hint")}
            required={false}
            rows={2}
          />
          <TextArea
            {...field("known")}
            label={say("known")}
            hint={say("known_hint")}
            required={false}
            rows={2}
            maxlength={2000}
          />
          <Select
            name="language"
            label={say("language")}
            value={textOf(typed, "language") || languageNow()}
            options={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
            empty={null}
          />
        </Fieldset>
        <Sender {...props} />
        <Buttons main={{ label: say("send") }} />
      </Form>
    </div>
  );
};

/** Where anybody says what is right about a practice. */
export const CorrectPage: FC<SendingFormProps & { practice: Practice }> = (props) => {
  const { practice, typed, errors = {} } = props;
  const { title, language } = practice.content;
  const names = fieldLabels();
  const field = (name: string) => ({ name, value: textOf(typed, name), error: errors[name]?.[0] });
  return (
    <div class="stack narrow">
      <h1 lang={langOf(language)}>{say("correct_heading", { title })}</h1>
      <p class="lead">{say("correct_lead")}</p>
      <ErrorSummary errors={sentErrors({ values: typed, errors })} />
      <AskAgain why={props.askedAgain} />
      <Form action={correctPath(practice.slug)}>
        <Select
          {...field("part")}
          label={say("part")}
          required
          options={CORRECTED_PARTS.map((value) => ({
            value,
            label: value === "other" ? say("part_else") : names[value],
          }))}
        />
        <TextArea {...field("right")} label={say("right")} required rows={5} maxlength={8000} />
        <TextArea
          {...field("source")}
          label={say("source")}
          hint={say("source_hint")}
          required={false}
          rows={2}
          maxlength={2000}
        />
        <Sender {...props} />
        <Buttons main={{ label: say("send") }} />
      </Form>
    </div>
  );
};

/** The sender's own page: how it stands, and the answer. */
export const ReceiptPage: FC<{
  submission: Submission;
  /** The newest one. */
  decision: SubmissionDecision | null;
}> = ({ submission, decision }) => {
  const { state, sentAt } = submission;
  const entry = state === "published" || state === "merged" ? submission.result : submission.practice;
  const reason = decision && isReasonForSender(decision.decision) ? decision.reason : null;
  const title = submission.kind === "practice" ? submission.content.title : submission.practice.title;
  const items: { term: string; value: Child }[] = [
    { term: say("receipt"), value: title },
    { term: say("receipt_state"), value: stateInWords(state) },
    ...(reason ? [{ term: say("receipt_answer"), value: <span class="as-typed">{reason}</span> }] : []),
    ...(entry
      ? [{ term: say("receipt_practice"), value: <a href={practicePath(entry.slug)}>{entry.title}</a> }]
      : []),
  ];
  return (
    <div class="stack narrow">
      <h1>{decision ? say("receipt") : say("receipt_thanks")}</h1>
      <p class="lead">{say("receipt_keep")}</p>
      <DescriptionList items={items} />
      <p class="small soft">{say("receipt_sent", { day: dayInWords(sentAt) })}</p>
    </div>
  );
};

/** On the library's front. */
export const SubmitLink: FC = () => (
  <p class="no-print" data-live>
    {sayWith(say("submit_invite"), { link: <a href={SUBMIT_PATH}>{say("submit_link")}</a> })}
  </p>
);

/** At the places of a practice's page where somebody may know more. */
export const CorrectLink: FC<{ slug: string }> = ({ slug }) => (
  <p class="no-print" data-live>
    <a href={correctPath(slug)}>{say("correct_link")}</a>
  </p>
);
