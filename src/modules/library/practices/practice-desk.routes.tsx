import { z } from "zod";
import { typedLine, typedProse } from "../../../platform/web/clean-text.ts";
import { RequestProblem } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { countDeskWork, deskSection, deskWaiting } from "../desk-section.ts";
import { practiceCreated, practiceEdited, practicePublished, practiceWithdrawn } from "../events.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { createPractice, editPractice, publishPractice, withdrawPractice } from "./practice.actions.ts";
import { getPractice, practiceCrumbs, slugParam } from "./practice.routes.tsx";
import { listDueForReview, listUnpublished } from "./practice.store.ts";
import { emptyContent } from "./practice.types.ts";
import { DESK_PATH, LIBRARY_PATH, PRACTICES_PATH, practicePath } from "./practice-addresses.ts";
import { DeskPage, WithdrawPage } from "./practice-desk.pages.tsx";
import { PracticeFormPage } from "./practice-form.pages.tsx";
import { anyFields, readPracticeForm, type Typed, typedOf } from "./practice-form.ts";
import { readPracticeLabels } from "./practice-labels.ts";

const MOST_SHOWN = 200;
const DAYS_AHEAD = 30;
const deskCrumb = { label: "Library desk", href: DESK_PATH };

/** Why a librarian writes something, as the form says it. */
export const reasonOf = (typed: Typed): string => typedLine([typed["reason"] ?? ""].flat()[0] ?? "");

/** What is wrong with the reason. */
export function reasonErrors(typed: Typed): Sent["errors"] {
  const reason = reasonOf(typed);
  if (reason === "") return { reason: ["Say why, in a few words: it stands in the history."] };
  return reason.length > 1000 ? { reason: ["Use at most 1,000 characters."] } : {};
}

async function showNew(visit: Visit<unknown, unknown>, sent?: Sent): Promise<Response> {
  return visit.page(
    {
      title: "Add a practice",
      breadcrumbs: [{ label: "Library", href: LIBRARY_PATH }, deskCrumb, { label: "Add a practice" }],
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <PracticeFormPage
      heading="Add a practice"
      action={`${DESK_PATH}/new`}
      cancelHref={DESK_PATH}
      labels={await readPracticeLabels(visit.trx)}
      typed={sent?.values ?? typedOf(emptyContent)}
      errors={sent?.errors}
      version={null}
      submit="Save as a draft"
    />,
  );
}

async function showEdit(
  visit: Visit<z.infer<typeof slugParam>, unknown>,
  sent?: Sent & { isBehind?: boolean },
): Promise<Response> {
  const practice = await getPractice(visit);
  const { title } = practice.content;
  return visit.page(
    {
      title: `Edit: ${title}`,
      breadcrumbs: practiceCrumbs({ label: title, href: practicePath(practice.slug) }, { label: "Edit" }),
      status: sent ? (sent.isBehind ? 409 : 422) : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <PracticeFormPage
      heading={`Edit “${title}”`}
      action={`${practicePath(practice.slug)}/edit`}
      cancelHref={practicePath(practice.slug)}
      labels={await readPracticeLabels(visit.trx)}
      typed={sent?.values ?? typedOf(practice.content)}
      errors={sent?.errors}
      version={practice.version}
      isBehind={sent?.isBehind}
      submit={practice.state === "published" ? "Save and publish" : "Save"}
    />,
  );
}

async function showWithdraw(
  visit: Visit<z.infer<typeof slugParam>, unknown>,
  sent?: Sent,
): Promise<Response> {
  const practice = await getPractice(visit);
  const { title } = practice.content;
  return visit.page(
    {
      title: `Withdraw: ${title}`,
      breadcrumbs: practiceCrumbs({ label: title, href: practicePath(practice.slug) }, { label: "Withdraw" }),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <WithdrawPage practice={practice} sent={sent} />,
  );
}

/** Where the library is written. */
export const practiceDeskRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: DESK_PATH,
    who: LIBRARIANS,
    handle: async (visit) => {
      const by = new Date(visit.now.getTime() + DAYS_AHEAD * 86_400_000).toISOString().slice(0, 10);
      return visit.page(
        {
          title: "Library desk",
          breadcrumbs: [{ label: "Library", href: LIBRARY_PATH }, { label: "Library desk" }],
          section: await deskSection(visit.trx, DESK_PATH),
        },
        <DeskPage
          unpublished={await listUnpublished(visit.trx, MOST_SHOWN)}
          due={await listDueForReview(visit.trx, by, MOST_SHOWN)}
          waiting={deskWaiting(await countDeskWork(visit.trx))}
        />,
      );
    },
  }),
  route({ method: "GET", path: `${DESK_PATH}/new`, who: LIBRARIANS, handle: (visit) => showNew(visit) }),
  route({
    method: "POST",
    path: `${DESK_PATH}/new`,
    who: LIBRARIANS,
    form: anyFields,
    events: [practiceCreated],
    handle: async (visit, typed) => {
      const read = readPracticeForm(typed);
      const errors = { ...read.errors, ...reasonErrors(typed) };
      if (!read.content || Object.keys(errors).length > 0) return showNew(visit, { values: typed, errors });
      const { slug } = await createPractice(visit, read.content, reasonOf(typed));
      return visit.redirect(practicePath(slug), {
        kind: "good",
        text: "The draft is saved. Read it once more, then publish it.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${PRACTICES_PATH}/:slug/edit`,
    who: LIBRARIANS,
    params: slugParam,
    handle: (visit) => showEdit(visit),
  }),
  route({
    method: "POST",
    path: `${PRACTICES_PATH}/:slug/edit`,
    who: LIBRARIANS,
    params: slugParam,
    form: anyFields,
    events: [practiceEdited],
    handle: async (visit, typed) => {
      const practice = await getPractice(visit);
      const read = readPracticeForm(typed);
      const errors = { ...read.errors, ...reasonErrors(typed) };
      if (!read.content || Object.keys(errors).length > 0) return showEdit(visit, { values: typed, errors });
      const seen = Number([typed["version"] ?? ""].flat()[0]);
      if (seen !== practice.version) return showEdit(visit, { values: typed, errors: {}, isBehind: true });
      const isChanged = await editPractice(visit, practice, {
        content: read.content,
        reason: reasonOf(typed),
        seenVersion: seen,
      });
      return visit.redirect(practicePath(practice.slug), {
        kind: isChanged ? "good" : "info",
        text: isChanged ? "The change is saved as a new version." : "Nothing was changed.",
      });
    },
  }),
  route({
    method: "POST",
    path: `${PRACTICES_PATH}/:slug/publish`,
    who: LIBRARIANS,
    params: slugParam,
    events: [practicePublished],
    handle: async (visit) => {
      const practice = await getPractice(visit);
      if (practice.state === "merged")
        throw new RequestProblem(409, "The practice was merged into another one. Edit that one.");
      await publishPractice(visit, practice);
      return visit.redirect(practicePath(practice.slug), {
        kind: "good",
        text: "The practice is in the library.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${PRACTICES_PATH}/:slug/withdraw`,
    who: LIBRARIANS,
    params: slugParam,
    handle: (visit) => showWithdraw(visit),
  }),
  route({
    method: "POST",
    path: `${PRACTICES_PATH}/:slug/withdraw`,
    who: LIBRARIANS,
    params: slugParam,
    form: z.object({
      because: z
        .string()
        .overwrite(typedProse)
        .min(1, "Say why, so that those who come by its address know.")
        .max(2000, "Use at most 2,000 characters."),
    }),
    events: [practiceWithdrawn],
    again: showWithdraw,
    handle: async (visit, { because }) => {
      const practice = await getPractice(visit);
      await withdrawPractice(visit, practice, because);
      return visit.redirect(DESK_PATH, { kind: "good", text: "The practice is withdrawn." });
    },
  }),
];
