// Decisions that are made by writing: a draft of what was sent, or a change of the entry that a correction is of.
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent } from "../../../platform/web/route.ts";
import { Alert } from "../../../ui/alert.tsx";
import { practiceCreated, practiceEdited, submissionDecided } from "../events.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { createPractice, editPractice } from "../practices/practice.actions.ts";
import { findPractice } from "../practices/practice.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import { reasonErrors, reasonOf } from "../practices/practice-desk.routes.tsx";
import { PracticeFormPage } from "../practices/practice-form.pages.tsx";
import { anyFields, readPracticeForm, type Typed } from "../practices/practice-form.ts";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { decideSubmission } from "./submission.actions.ts";
import { decisionsFor } from "./submission.rules.ts";
import { listDecisionsOf } from "./submission.store.ts";
import type { Submission } from "./submission.types.ts";
import { submissionPath } from "./submission-addresses.ts";
import { textOf } from "./submission-form.ts";
import { decisionInWords } from "./submission-labels.ts";
import { SentText, titleOf } from "./triage.pages.tsx";
import { getSubmission, idParam, type SubmissionVisit, triageCrumbs } from "./triage.routes.tsx";
import { draftOf, editOf } from "./triage-prefill.ts";

/** Which version of the submission the form began with. */
const SEEN = "submission-version";

interface Shown {
  sent?: Sent;
  isBehind?: boolean;
}

/** The form of the practice, with what was sent beside it. */
async function showForm(
  visit: SubmissionVisit,
  submission: Submission,
  practice: Practice | null,
  { sent, isBehind }: Shown = {},
): Promise<Response> {
  const path = submissionPath(submission.id);
  const isLate = sent !== undefined && !mayWrite(submission);
  const [last] = isLate ? await listDecisionsOf(visit.trx, submission.id) : [];
  const labels = await readPracticeLabels(visit.trx);
  const heading = practice ? `Change “${practice.content.title}”` : "Make a draft";
  const typed = sent?.values ?? (submission.kind === "practice" ? draftOf(submission) : {});
  return visit.page(
    {
      title: heading,
      breadcrumbs: triageCrumbs({ label: titleOf(submission), href: path }, { label: heading }),
      status: sent ? (isBehind || isLate ? 409 : 422) : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <PracticeFormPage
      heading={heading}
      action={`${path}/${practice ? "apply" : "draft"}`}
      cancelHref={path}
      labels={labels}
      typed={sent || !practice ? typed : editOf(submission, practice.content)}
      errors={sent?.errors}
      version={practice?.version ?? null}
      isBehind={isBehind}
      beside={
        <>
          {isLate ? (
            <Alert kind="warn" heading="Somebody else has decided this meanwhile">
              <p>
                {last ? `${last.decidedBy ?? "The library"} ${decisionInWords(last.decision)}. ` : ""}Your
                text is below and not saved. Copy what you need of it.
              </p>
            </Alert>
          ) : null}
          <div class="stack-tight">
            <h2>What was sent</h2>
            <SentText submission={submission} labels={labels} />
          </div>
        </>
      }
      kept={{ [SEEN]: textOf(typed, SEEN) || String(submission.version) }}
      submit={practice ? "Save, and tell the sender" : "Save as a draft"}
    />,
  );
}

const mayWrite = (submission: Submission): boolean =>
  decisionsFor(submission).some((one) => one === "drafted" || one === "applied");

function seenVersionOf(typed: Typed): number {
  const seen = Number(textOf(typed, SEEN));
  return Number.isInteger(seen) ? seen : 0;
}

/** The practice that a correction is of. */
async function correctedBy(visit: SubmissionVisit, submission: Submission): Promise<Practice> {
  const practice = submission.practice ? await findPractice(visit.trx, submission.practice.slug) : null;
  if (!practice) throw notFound("This practice");
  return practice;
}

async function getOfKind(visit: SubmissionVisit, kind: Submission["kind"]): Promise<Submission> {
  const submission = await getSubmission(visit);
  if (submission.kind !== kind) throw notFound("This submission");
  return submission;
}

/** Writing what was sent into the library. */
export const triageEditRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: submissionPath(":id/draft"),
    who: LIBRARIANS,
    params: idParam,
    handle: async (visit) => showForm(visit, await getOfKind(visit, "practice"), null),
  }),
  route({
    method: "POST",
    path: submissionPath(":id/draft"),
    who: LIBRARIANS,
    params: idParam,
    form: anyFields,
    events: [practiceCreated, submissionDecided],
    handle: async (visit, typed) => {
      const submission = await getOfKind(visit, "practice");
      const read = readPracticeForm(typed);
      const errors = { ...read.errors, ...reasonErrors(typed) };
      if (!read.content || Object.keys(errors).length > 0 || !mayWrite(submission))
        return showForm(visit, submission, null, { sent: { values: typed, errors } });
      const practice = await createPractice(visit, read.content, reasonOf(typed));
      await decideSubmission(visit, submission, {
        decision: "drafted",
        reason: reasonOf(typed),
        practice,
        seenVersion: seenVersionOf(typed),
      });
      return visit.redirect(practicePath(practice.slug), {
        kind: "good",
        text: "The draft is saved. When you publish it, the sender is told.",
      });
    },
  }),
  route({
    method: "GET",
    path: submissionPath(":id/apply"),
    who: LIBRARIANS,
    params: idParam,
    handle: async (visit) => {
      const submission = await getOfKind(visit, "correction");
      return showForm(visit, submission, await correctedBy(visit, submission));
    },
  }),
  route({
    method: "POST",
    path: submissionPath(":id/apply"),
    who: LIBRARIANS,
    params: idParam,
    form: anyFields,
    events: [practiceEdited, submissionDecided],
    handle: async (visit, typed) => {
      const submission = await getOfKind(visit, "correction");
      const practice = await correctedBy(visit, submission);
      const read = readPracticeForm(typed);
      const errors = { ...read.errors, ...reasonErrors(typed) };
      const values = { ...typed };
      if (!read.content || Object.keys(errors).length > 0 || !mayWrite(submission))
        return showForm(visit, submission, practice, { sent: { values, errors } });
      const seen = Number(textOf(typed, "version"));
      if (seen !== practice.version)
        return showForm(visit, submission, practice, { sent: { values, errors: {} }, isBehind: true });
      const isChanged = await editPractice(visit, practice, {
        content: read.content,
        reason: reasonOf(typed),
        seenVersion: seen,
      });
      if (!isChanged)
        return showForm(visit, submission, practice, {
          sent: {
            values,
            errors: {
              title: ["Nothing was changed. Change the entry, or go back and refuse what was sent."],
            },
          },
        });
      await decideSubmission(visit, submission, {
        decision: "applied",
        reason: reasonOf(typed),
        practice,
        seenVersion: seenVersionOf(typed),
      });
      return visit.redirect(practicePath(practice.slug), {
        kind: "good",
        text: "The entry is changed, and the sender is told.",
      });
    },
  }),
];
