import { z } from "zod";
import { system } from "../../../platform/database/actor.ts";
import { readSecret } from "../../../platform/database/database.ts";
import { RequestProblem } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { clientAddress } from "../../../platform/web/server.ts";
import { submissionReceived } from "../events.ts";
import { notHere } from "../not-here.ts";
import { getPractice, practiceCrumbs, slugParam } from "../practices/practice.routes.tsx";
import { findPractice } from "../practices/practice.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { say as sayPractice } from "../practices/practice.words.ts";
import { LIBRARY_PATH, practicePath } from "../practices/practice-addresses.ts";
import { anyFields, type Typed } from "../practices/practice-form.ts";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { makeStamp, readStamp } from "./form-stamp.ts";
import { countSending } from "./sending-limits.ts";
import { listSimilar } from "./similar.store.ts";
import { isNear, MOST_SIMILAR, SimilarFound } from "./similar.tsx";
import { RECEIPT_TOKEN, type Received, receiveSubmission, secretHash } from "./submission.actions.ts";
import {
  type AskedAgain,
  CorrectPage,
  ReceiptPage,
  SubmitPage,
  type SubmitPageProps,
} from "./submission.pages.tsx";
import { suspicionOf } from "./submission.rules.ts";
import { findSubmissionBySecret, listDecisionsOf } from "./submission.store.ts";
import { say } from "./submission.words.ts";
import { correctPath, receiptPath, SIMILAR_PATH, SUBMIT_PATH } from "./submission-addresses.ts";
import {
  asCorrection,
  listOf,
  readSubmittedCorrection,
  readSubmittedPractice,
  STAMP,
  TRAP,
  textOf,
} from "./submission-form.ts";

type AnyVisit = Visit<unknown, unknown>;
type Shown = Partial<Omit<SubmitPageProps, "labels" | "stamp" | "keptDays">> & {
  status?: 200 | 422 | 429;
};

const SCRIPTS = ["error-summary-focus", "submit-once"];

/** The stamp that goes on with a form: the one it came with as long as that is good, so that nobody has to wait anew. */
function stampFor(visit: AnyVisit, typed: Typed): string {
  const secret = readSecret(visit.platform.config);
  const given = textOf(typed, STAMP);
  return given && readStamp(secret, given, visit.now) !== "old" ? given : makeStamp(secret, visit.now);
}

const keptDays = (visit: AnyVisit): number => visit.platform.config.keepSendersDays;

async function showSubmit(visit: AnyVisit, shown: Shown = {}): Promise<Response> {
  const { status = 200, typed = {}, similar = [], ...rest } = shown;
  return visit.page(
    {
      title: say("submit"),
      description: say("submit_lead"),
      breadcrumbs: [{ label: sayPractice("library"), href: LIBRARY_PATH }, { label: say("submit") }],
      status,
      scripts: [...SCRIPTS, "similar-practices"],
    },
    <SubmitPage
      typed={typed}
      similar={similar}
      labels={await readPracticeLabels(visit.trx)}
      stamp={stampFor(visit, typed)}
      keptDays={keptDays(visit)}
      {...rest}
    />,
  );
}

async function showCorrect(
  visit: AnyVisit,
  practice: Practice,
  shown: Pick<Shown, "typed" | "errors" | "askedAgain" | "status"> = {},
): Promise<Response> {
  const { status = 200, typed = {}, ...rest } = shown;
  const { title } = practice.content;
  return visit.page(
    {
      title: say("correct_heading", { title }),
      breadcrumbs: practiceCrumbs(
        { label: title, href: practicePath(practice.slug) },
        { label: say("correct") },
      ),
      status,
      scripts: SCRIPTS,
    },
    <CorrectPage
      practice={practice}
      typed={typed}
      stamp={stampFor(visit, typed)}
      keptDays={keptDays(visit)}
      {...rest}
    />,
  );
}

/** Whether a form came as people send it; else why it is shown once more. */
function whyAgain(visit: AnyVisit, typed: Typed): AskedAgain | null {
  const age = readStamp(readSecret(visit.platform.config), textOf(typed, STAMP), visit.now);
  return age === "good" ? null : { heading: say(`${age}_heading`), text: say(age) };
}

/** Takes what was sent, unless too much came from there; then why it is shown once more. */
async function receive(
  visit: AnyVisit,
  typed: Typed,
  received: Omit<Received, "suspicion">,
): Promise<Response | AskedAgain> {
  const wait = countSending(clientAddress(visit.c, visit.platform.config), visit.now);
  if (wait > 0) return { heading: say("limit_heading"), text: say("limit", { count: Math.ceil(wait / 60) }) };
  const texts = Object.entries(typed).flatMap(([name, value]) => (name === STAMP ? [] : (value ?? [])));
  const suspicion = suspicionOf({ trap: textOf(typed, TRAP), texts });
  const token = await receiveSubmission(visit, visit.platform.config, { ...received, suspicion });
  return visit.redirect(receiptPath(token));
}

/** A practice that can be corrected: whoever comes with an old address is led on. */
async function correctedPractice(visit: Visit<{ slug: string }, unknown>): Promise<Practice | Response> {
  const practice = await getPractice(visit);
  if (practice.state === "published") return practice;
  if (practice.mergedInto) return visit.redirect(correctPath(practice.mergedInto.slug));
  throw notHere("practice");
}

/** What anybody may send, without an account, and the page that shows what came of it. */
export const submissionRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: SUBMIT_PATH,
    who: "public",
    query: z.object({ title: z.string().max(200).optional().catch(undefined) }),
    handle: (visit) => showSubmit(visit, { typed: { title: visit.query.title } }),
  }),
  route({
    method: "GET",
    path: SIMILAR_PATH,
    who: "public",
    query: z.object({
      title: z
        .string()
        .transform((title) => title.slice(0, 200))
        .catch("")
        .default(""),
      states: z
        .union([z.string(), z.array(z.string())])
        .transform((given) => [given].flat().slice(0, 60))
        .catch([])
        .default([]),
    }),
    handle: async (visit) => {
      const { title, states } = visit.query;
      const similar = await listSimilar(visit.trx, { title, states }, MOST_SIMILAR);
      return visit.fragment(
        <SimilarFound similar={similar} labels={await readPracticeLabels(visit.trx)} asked={false} />,
      );
    },
  }),
  route({
    method: "POST",
    path: SUBMIT_PATH,
    who: "public",
    form: anyFields,
    events: [submissionReceived],
    handle: async (visit, typed) => {
      const chosen = textOf(typed, "same");
      const same = chosen ? await findPractice(visit.trx, chosen) : null;
      if (same?.state === "published") return showCorrect(visit, same, { typed: asCorrection(typed) });
      const asked = { title: textOf(typed, "title").slice(0, 200), states: listOf(typed, "states") };
      const similar = await listSimilar(visit.trx, asked, MOST_SIMILAR);
      if (typed["check"]) return showSubmit(visit, { typed, similar, hasChecked: true });
      const { content, sender, errors } = readSubmittedPractice(typed);
      if (!content) return showSubmit(visit, { typed, errors, similar, status: 422 });
      const askedAgain = whyAgain(visit, typed);
      if (askedAgain) return showSubmit(visit, { typed, askedAgain, status: 422 });
      const near = (await listSimilar(visit.trx, { ...asked, links: content.links }, MOST_SIMILAR)).filter(
        isNear,
      );
      if (near.length > 0 && !typed["other"])
        return showSubmit(visit, { typed, similar: near, isNear: true, status: 422 });
      const answer = await receive(visit, typed, { content, sender, practice: null });
      return answer instanceof Response
        ? answer
        : showSubmit(visit, { typed, askedAgain: answer, status: 429 });
    },
  }),
  route({
    method: "GET",
    path: correctPath(":slug"),
    who: "public",
    params: slugParam,
    handle: async (visit) => {
      const practice = await correctedPractice(visit);
      return practice instanceof Response ? practice : showCorrect(visit, practice);
    },
  }),
  route({
    method: "POST",
    path: correctPath(":slug"),
    who: "public",
    params: slugParam,
    form: anyFields,
    events: [submissionReceived],
    handle: async (visit, typed) => {
      let practice = await getPractice(visit);
      // Merged while the form was open: nothing of it is lost.
      if (practice.mergedInto)
        practice = (await findPractice(visit.trx, practice.mergedInto.slug)) ?? practice;
      if (practice.state !== "published") throw notHere("practice");
      const { content, sender, errors } = readSubmittedCorrection(typed);
      if (!content) return showCorrect(visit, practice, { typed, errors, status: 422 });
      const askedAgain = whyAgain(visit, typed);
      if (askedAgain) return showCorrect(visit, practice, { typed, askedAgain, status: 422 });
      const answer = await receive(visit, typed, { content, sender, practice });
      return answer instanceof Response
        ? answer
        : showCorrect(visit, practice, { typed, askedAgain: answer, status: 429 });
    },
  }),
  route({
    method: "GET",
    path: receiptPath(":token"),
    who: "public",
    params: z.object({ token: z.string().max(100) }),
    handle: async (visit) => {
      const { token } = visit.params;
      if (!RECEIPT_TOKEN.test(token)) throw new RequestProblem(404, say("receipt_gone"));
      // Only who has the secret gets here; nobody else may read what was sent but librarians.
      const asHub = await visit.actAs(system);
      const submission = await findSubmissionBySecret(asHub.trx, secretHash(token));
      const [decision = null] = submission ? await listDecisionsOf(asHub.trx, submission.id) : [];
      await visit.actAs(visit.actor);
      if (!submission) throw new RequestProblem(404, say("receipt_gone"));
      visit.c.header("Cache-Control", "private, no-store");
      visit.c.header("X-Robots-Tag", "noindex");
      return visit.page(
        {
          title: say("receipt"),
          breadcrumbs: [{ label: sayPractice("library"), href: LIBRARY_PATH }, { label: say("receipt") }],
        },
        <ReceiptPage submission={submission} decision={decision} />,
      );
    },
  }),
];
