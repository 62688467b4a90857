import type { Child, FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Radios } from "../../../ui/choices.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { TextArea, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";
import { LANGUAGE_NAMES } from "../../../ui/language.ts";
import { momentInWords } from "../../../ui/moment.ts";
import { Tag } from "../../../ui/tag.tsx";
import { practicePath } from "../practices/practice-addresses.ts";
import { labelOf, type PracticeLabels } from "../practices/practice-labels.ts";
import { fieldLabels } from "../practices/practice-text.ts";
import type { SimilarPractice } from "./similar.store.ts";
import { SimilarList, whyAlike } from "./similar.tsx";
import { decisionsFor } from "./submission.rules.ts";
import type { Sender, Submission, SubmissionDecision } from "./submission.types.ts";
import { submissionPath } from "./submission-addresses.ts";
import { decisionInWords, KIND_LABELS, STATE_LABELS, SUSPICION_LABELS } from "./submission-labels.ts";

/** What a submission is called: its title, or the practice that it is about. */
export const titleOf = (submission: Submission): string =>
  submission.kind === "practice" ? submission.content.title : submission.practice.title;

/** How it stands, in a word. */
export const StateTag: FC<{ state: Submission["state"] }> = ({ state }) => (
  <Tag tone={STATE_LABELS[state].tone}>{STATE_LABELS[state].label}</Tag>
);

const typed = (text: string): Child => (text ? <span class="as-typed">{text}</span> : null);

const Addresses: FC<{ urls: readonly string[] }> = ({ urls }) => (
  <>
    {urls.map((url) => (
      <>
        <a href={url} rel="external noopener nofollow noreferrer">
          {url}
        </a>
        <br />
      </>
    ))}
  </>
);

/** What was sent, as it was written. */
export const SentText: FC<{ submission: Submission; labels: PracticeLabels }> = ({ submission, labels }) => (
  <DescriptionList
    missing="Not said"
    items={
      submission.kind === "practice"
        ? [
            { term: "Title", value: submission.content.title },
            { term: "What it is", value: typed(submission.content.what) },
            {
              term: "States",
              value: submission.content.states.map((state) => labelOf(labels, "state", state)).join(", "),
            },
            { term: "Sponsor", value: submission.content.sponsor },
            {
              term: "Links",
              value:
                submission.content.links.length > 0 ? <Addresses urls={submission.content.links} /> : null,
            },
            { term: "How they know", value: typed(submission.content.known) },
            { term: "Language", value: LANGUAGE_NAMES[submission.content.language] },
          ]
        : [
            {
              term: "Practice",
              value: <a href={practicePath(submission.practice.slug)}>{submission.practice.title}</a>,
            },
            {
              term: "Part",
              value:
                submission.content.part === "other"
                  ? "Something else"
                  : fieldLabels()[submission.content.part],
            },
            { term: "What is right", value: typed(submission.content.right) },
            { term: "Source", value: typed(submission.content.source) },
          ]
    }
  />
);

export interface TriagePageProps {
  submission: Submission;
  sender: Sender | null;
  decisions: readonly SubmissionDecision[];
  similar: readonly SimilarPractice[];
  labels: PracticeLabels;
  /** A form that was sent and refused, by the decision that it was for. */
  sent?: { for: "merged" | "refused"; sent: Sent } | undefined;
}

/** One submission: what was sent, what is like it, and what may be decided. */
export const TriagePage: FC<TriagePageProps> = (props) => {
  const { submission, sender, decisions, similar, labels, sent } = props;
  const path = submissionPath(submission.id);
  const may = decisionsFor(submission);
  const seen = { version: String(submission.version) };
  return (
    <div class="stack">
      <div class="stack-tight">
        <StateTag state={submission.state} />
        <h1>{titleOf(submission)}</h1>
        <p class="soft">
          {KIND_LABELS[submission.kind]}, sent {momentInWords(submission.sentAt)}.{" "}
          {submission.suspicion ? SUSPICION_LABELS[submission.suspicion] : ""}
        </p>
      </div>
      <ErrorSummary errors={sentErrors(sent?.sent)} />
      <SentText submission={submission} labels={labels} />
      <section class="stack-tight" aria-labelledby="sender-heading">
        <h2 id="sender-heading">Who sent it</h2>
        {sender ? (
          <p>
            {[sender.name, sender.email].filter(Boolean).join(", ")}.{" "}
            <span class="soft">Only librarians see this. It is erased some time after the decision.</span>
          </p>
        ) : (
          <p class="soft">Nobody said who they are, or it is erased by now.</p>
        )}
      </section>
      {similar.length > 0 ? (
        <section class="stack-tight" aria-labelledby="similar-heading">
          <h2 id="similar-heading">Like it in the library</h2>
          <SimilarList similar={similar} labels={labels} />
        </section>
      ) : null}
      {may.includes("drafted") ? (
        <Buttons main={{ label: "Make a draft of it", href: `${path}/draft` }} />
      ) : null}
      {may.includes("applied") ? (
        <Buttons main={{ label: "Change the entry", href: `${path}/apply` }} />
      ) : null}
      {submission.state === "drafted" && submission.result ? (
        <p>
          Its draft is <a href={practicePath(submission.result.slug)}>{submission.result.title}</a>. When you
          publish it, or{" "}
          <a href={`${practicePath(submission.result.slug)}/merge`}>merge it into a practice</a> that the
          library has already, the sender is told.
        </p>
      ) : null}
      {may.includes("merged") ? <DuplicateForm path={path} version={submission.version} {...props} /> : null}
      {may.includes("refused") ? (
        <section class="stack-tight" aria-labelledby="refuse-heading">
          <h2 id="refuse-heading">Refuse it</h2>
          <Form action={`${path}/refuse`} label="Refuse it">
            <Hidden name="version" value={submission.version} />
            <TextArea
              name="reason"
              label="The reason, for the sender to read"
              hint="Write it in the sender's language. It also stands in the list of decisions: name nobody."
              value={sent?.for === "refused" ? sentText(sent.sent, "reason") : ""}
              error={sent?.for === "refused" ? sentError(sent.sent, "reason") : undefined}
              required
              maxlength={2000}
            />
            <Buttons main={{ label: "Refuse it", danger: true }} />
          </Form>
        </section>
      ) : null}
      <div class="buttons">
        {may.includes("spam") ? (
          <ActionButton action={`${path}/spam`} label="It is spam" danger fields={seen} />
        ) : null}
        {may.includes("waiting") ? (
          <ActionButton action={`${path}/wait`} label="It is not spam" fields={seen} />
        ) : null}
      </div>
      <Decisions decisions={decisions} />
    </div>
  );
};

/** Closes it as the same as one that is there: one of the nearest, or another by its address. */
const DuplicateForm: FC<TriagePageProps & { path: string; version: number }> = ({
  path,
  version,
  similar,
  labels,
  sent: both,
}) => {
  const sent = both?.for === "merged" ? both.sent : undefined;
  const published = similar.filter(({ state }) => state === "published");
  return (
    <section class="stack-tight" aria-labelledby="duplicate-heading">
      <h2 id="duplicate-heading">The library has it already</h2>
      <Form action={`${path}/duplicate`} label="The library has it already">
        <Hidden name="version" value={version} />
        {published.length > 0 ? (
          <Radios
            name="of"
            label="It is the same as"
            value={sentText(sent, "of")}
            options={published.map((one) => ({
              value: one.slug,
              label: one.title,
              hint: whyAlike(one, labels),
            }))}
          />
        ) : null}
        <TextField
          name="address"
          label={
            published.length > 0 ? "Or another practice, by its address" : "The practice, by its address"
          }
          hint="For example /library/practices/heads-up-camp-montana"
          value={sentText(sent, "address")}
          error={sentError(sent, "address")}
          maxlength={2000}
        />
        <TextArea
          name="reason"
          label="A word to the sender"
          value={sentText(sent, "reason")}
          error={sentError(sent, "reason")}
          required={false}
          rows={2}
          maxlength={2000}
        />
        <Buttons quiet={[{ label: "Close it as a duplicate" }]} />
      </Form>
    </section>
  );
};

/** What was decided, the newest first. */
const Decisions: FC<{ decisions: readonly SubmissionDecision[] }> = ({ decisions }) =>
  decisions.length === 0 ? null : (
    <section class="stack-tight" aria-labelledby="decisions-heading">
      <h2 id="decisions-heading">What was decided</h2>
      <ul>
        {decisions.map((one) => (
          <li>
            {momentInWords(one.decidedAt)}: {one.decidedBy ?? "The library"} {decisionInWords(one.decision)}
            {one.practice ? (
              <>
                {" "}
                (<a href={practicePath(one.practice.slug)}>{one.practice.title}</a>)
              </>
            ) : null}
            .{one.reason ? <span class="as-typed"> {one.reason}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
