import { z } from "zod";
import { typedProse } from "../../../platform/web/clean-text.ts";
import { listHref } from "../../../platform/web/list-query.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { deskSection } from "../desk-section.ts";
import { submissionDecided } from "../events.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { findPractice } from "../practices/practice.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { DESK_PATH, LIBRARY_PATH } from "../practices/practice-addresses.ts";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { listSimilar } from "./similar.store.ts";
import { MOST_SIMILAR } from "./similar.tsx";
import { decideSubmission } from "./submission.actions.ts";
import { isSettled } from "./submission.rules.ts";
import {
  countSubmissions,
  findSender,
  findSubmission,
  listDecisionsOf,
  listSubmissions,
} from "./submission.store.ts";
import type { Decision, Submission, SubmissionKind } from "./submission.types.ts";
import { DESK_SUBMISSIONS_PATH, submissionPath } from "./submission-addresses.ts";
import { TriagePage, type TriagePageProps, titleOf } from "./triage.pages.tsx";
import { TriageListPage } from "./triage-list.pages.tsx";
import { statesOf, TRIAGE_VIEWS, type TriageView, VIEW_KEYS } from "./triage-views.ts";

const PER_PAGE = 50;
export const idParam = z.object({ id: z.uuid() });
export type SubmissionVisit = Visit<{ id: string }, unknown>;

export const triageCrumbs = (...further: { label: string; href?: string }[]) => [
  { label: "Library", href: LIBRARY_PATH },
  { label: "Library desk", href: DESK_PATH },
  { label: "Submissions", href: DESK_SUBMISSIONS_PATH },
  ...further,
];

/** The submission that an address names. */
export async function getSubmission(visit: SubmissionVisit): Promise<Submission> {
  const submission = await findSubmission(visit.trx, visit.params.id);
  if (!submission) throw notFound("This submission");
  return submission;
}

async function showOne(visit: SubmissionVisit, sent?: TriagePageProps["sent"]): Promise<Response> {
  const submission = await getSubmission(visit);
  const asked =
    submission.kind === "practice"
      ? { ...submission.content, withDrafts: true, except: submission.result?.slug ?? "" }
      : null;
  return visit.page(
    {
      title: titleOf(submission),
      breadcrumbs: triageCrumbs({ label: titleOf(submission) }),
      section: await deskSection(visit.trx, DESK_SUBMISSIONS_PATH),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <TriagePage
      submission={submission}
      sender={await findSender(visit.trx, submission.id)}
      decisions={await listDecisionsOf(visit.trx, submission.id)}
      similar={asked ? await listSimilar(visit.trx, asked, MOST_SIMILAR) : []}
      labels={await readPracticeLabels(visit.trx)}
      sent={sent}
    />,
  );
}

const version = z.coerce.number().int().catch(0);
const reason = z.string().overwrite(typedProse).max(2000, "Use at most 2,000 characters.");

/** The practice that a librarian names: chosen, or by its address; one that was merged stands for what it went into. */
async function namedPractice(visit: SubmissionVisit, of: string, address: string): Promise<Practice | null> {
  const slug = address ? (/([a-z0-9-]{1,120})\/?(?:[?#].*)?$/.exec(address)?.[1] ?? "") : of;
  const practice = slug ? await findPractice(visit.trx, slug) : null;
  return practice?.mergedInto ? findPractice(visit.trx, practice.mergedInto.slug) : practice;
}

const again =
  (decision: "merged" | "refused") =>
  (visit: SubmissionVisit, sent: Sent): Promise<Response> =>
    showOne(visit, { for: decision, sent });

/** A decision of one button. */
const plainDecision = (path: string, decision: Decision, said: string): RouteDefinition =>
  route({
    method: "POST",
    path: submissionPath(`:id/${path}`),
    who: LIBRARIANS,
    params: idParam,
    form: z.object({ version }),
    events: [submissionDecided],
    handle: async (visit, { version: seenVersion }) => {
      await decideSubmission(visit, await getSubmission(visit), {
        decision,
        reason: null,
        practice: null,
        seenVersion,
      });
      return visit.redirect(DESK_SUBMISSIONS_PATH, { kind: "good", text: said });
    },
  });

/** What was sent, and the decisions that need no further page. */
export const triageRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: DESK_SUBMISSIONS_PATH,
    who: LIBRARIANS,
    query: z.object({
      view: z.enum(VIEW_KEYS).catch("waiting").default("waiting"),
      kind: z.enum(["practice", "correction"]).optional().catch(undefined),
      page: z.coerce.number().int().min(1).max(100_000).catch(1).default(1),
    }),
    handle: async (visit) => {
      const { view, kind, page } = visit.query;
      const all = await countSubmissions(visit.trx);
      const countOf = (key: TriageView, of?: SubmissionKind): number =>
        all
          .filter((one) => statesOf(key).includes(one.state) && (!of || one.kind === of))
          .reduce((sum, { count }) => sum + count, 0);
      const states = statesOf(view);
      return visit.page(
        {
          title: "Submissions",
          breadcrumbs: triageCrumbs().map((crumb, at, crumbs) =>
            at === crumbs.length - 1 ? { label: crumb.label } : crumb,
          ),
          section: await deskSection(visit.trx, DESK_SUBMISSIONS_PATH),
        },
        <TriageListPage
          submissions={
            await listSubmissions(
              visit.trx,
              { states, kind },
              { limit: PER_PAGE, offset: (page - 1) * PER_PAGE, newestFirst: states.every(isSettled) },
            )
          }
          view={view}
          kind={kind}
          counts={new Map(TRIAGE_VIEWS.map(({ key }) => [key, countOf(key)]))}
          page={{ number: page, size: PER_PAGE, total: countOf(view, kind) }}
          href={(change) => listHref(DESK_SUBMISSIONS_PATH, { view, kind }, { page: change.page ?? 1 })}
        />,
      );
    },
  }),
  route({
    method: "GET",
    path: submissionPath(":id"),
    who: LIBRARIANS,
    params: idParam,
    handle: (visit) => showOne(visit),
  }),
  route({
    method: "POST",
    path: submissionPath(":id/duplicate"),
    who: LIBRARIANS,
    params: idParam,
    form: z.object({
      version,
      of: z.string().max(200).catch("").default(""),
      address: z.string().trim().max(2000).catch("").default(""),
      reason: reason.default(""),
    }),
    events: [submissionDecided],
    again: again("merged"),
    handle: async (visit, { of, address, reason: why, version: seenVersion }) => {
      const practice = await namedPractice(visit, of, address);
      if (practice?.state !== "published")
        return showOne(visit, {
          for: "merged",
          sent: {
            values: { of, address, reason: why },
            errors: { address: ["Choose a practice that is in the library, or write its address."] },
          },
        });
      await decideSubmission(visit, await getSubmission(visit), {
        decision: "merged",
        reason: why || null,
        practice,
        seenVersion,
      });
      return visit.redirect(DESK_SUBMISSIONS_PATH, {
        kind: "good",
        text: "It is closed as a duplicate, and the sender is told which practice it is.",
      });
    },
  }),
  route({
    method: "POST",
    path: submissionPath(":id/refuse"),
    who: LIBRARIANS,
    params: idParam,
    form: z.object({ version, reason: reason.min(1, "Say why: the sender reads it.") }),
    events: [submissionDecided],
    again: again("refused"),
    handle: async (visit, { reason: why, version: seenVersion }) => {
      await decideSubmission(visit, await getSubmission(visit), {
        decision: "refused",
        reason: why,
        practice: null,
        seenVersion,
      });
      return visit.redirect(DESK_SUBMISSIONS_PATH, {
        kind: "good",
        text: "It is refused, and the sender is told why.",
      });
    },
  }),
  plainDecision("spam", "spam", "It lies with the spam now. Nobody is written to."),
  plainDecision("wait", "waiting", "It waits with the others now."),
];
