import { z } from "zod";
import { conflict, RequestProblem } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { evidenceArchived, practiceEdited, practicesMerged, submissionDecided } from "../events.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { getPractice, practiceCrumbs, slugParam } from "../practices/practice.routes.tsx";
import { findPractice } from "../practices/practice.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import { reasonErrors, reasonOf } from "../practices/practice-desk.routes.tsx";
import { anyFields, type Typed } from "../practices/practice-form.ts";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { listSimilar } from "../submissions/similar.store.ts";
import { textOf } from "../submissions/submission-form.ts";
import { readCarried } from "./carried.tsx";
import { mergePractices } from "./merge.actions.ts";
import { ChooseSurvivorPage, MergePage, mergePath } from "./merge.pages.tsx";
import { choicesFor, type Field, mayMerge, type Pick } from "./merge.rules.ts";

type MergeVisit = Visit<z.infer<typeof slugParam>, unknown>;
const OFFERED = 10;

/** The practice that goes. */
async function getLoser(visit: MergeVisit): Promise<Practice> {
  const practice = await getPractice(visit);
  if (!mayMerge(practice.state))
    throw conflict(
      "Only a published practice or a draft can be merged: this one was withdrawn, or its address leads on already.",
    );
  return practice;
}

async function findSurvivor(visit: MergeVisit, slug: string): Promise<Practice | null> {
  const practice = await findPractice(visit.trx, slug);
  return practice?.state === "published" ? practice : null;
}

async function showMerge(
  visit: MergeVisit,
  loser: Practice,
  survivor: Practice,
  sent?: Sent,
): Promise<Response> {
  return visit.page(
    {
      title: `Merge: ${loser.content.title}`,
      breadcrumbs: practiceCrumbs(
        { label: loser.content.title, href: practicePath(loser.slug) },
        { label: "Merge" },
      ),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <MergePage
      loser={loser}
      survivor={survivor}
      carried={await readCarried(visit.trx, loser, survivor)}
      labels={await readPracticeLabels(visit.trx)}
      sent={sent}
    />,
  );
}

const versionOf = (typed: Typed, name: string): number => {
  const version = Number(textOf(typed, name));
  return Number.isInteger(version) ? version : 0;
};

function picksOf(typed: Typed, survivor: Practice, loser: Practice): Map<Field, Pick> {
  return new Map(
    choicesFor(survivor.content, loser.content).flatMap(({ field, picks }) => {
      const pick = picks.find((one) => one === textOf(typed, `pick-${field}`));
      return pick ? [[field, pick] as const] : [];
    }),
  );
}

/** Making one practice of two. */
export const mergeRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: mergePath(":slug"),
    who: LIBRARIANS,
    params: slugParam,
    query: z.object({
      into: z.string().max(120).optional().catch(undefined),
      q: z.string().trim().max(200).catch("").default(""),
    }),
    handle: async (visit) => {
      const loser = await getLoser(visit);
      const { into, q } = visit.query;
      const survivor = into ? await findSurvivor(visit, into) : null;
      if (survivor && survivor.id !== loser.id) return showMerge(visit, loser, survivor);
      const { title, states, links } = loser.content;
      const asked = q ? { title: q, states } : { title, states, links: links.map(({ url }) => url) };
      return visit.page(
        {
          title: `Merge: ${title}`,
          breadcrumbs: practiceCrumbs({ label: title, href: practicePath(loser.slug) }, { label: "Merge" }),
        },
        <ChooseSurvivorPage
          loser={loser}
          offered={await listSimilar(visit.trx, { ...asked, except: loser.slug }, OFFERED)}
          q={q}
          labels={await readPracticeLabels(visit.trx)}
        />,
      );
    },
  }),
  route({
    method: "POST",
    path: mergePath(":slug"),
    who: LIBRARIANS,
    params: slugParam,
    form: anyFields,
    events: [practicesMerged, practiceEdited, evidenceArchived, submissionDecided],
    handle: async (visit, typed) => {
      const loser = await getLoser(visit);
      const survivor = await findSurvivor(visit, textOf(typed, "into"));
      if (!survivor) throw new RequestProblem(422, "Choose the practice that stays: one that is published.");
      const errors = reasonErrors(typed);
      if (Object.keys(errors).length > 0) return showMerge(visit, loser, survivor, { values: typed, errors });
      await mergePractices(visit, {
        loser,
        survivor,
        picks: picksOf(typed, survivor, loser),
        reason: reasonOf(typed),
        seenVersions: {
          loser: versionOf(typed, "version-loser"),
          survivor: versionOf(typed, "version-survivor"),
        },
      });
      return visit.redirect(practicePath(survivor.slug), {
        kind: "good",
        text:
          loser.state === "draft"
            ? "They are merged. This one stays, and the draft's address leads those of the hub here."
            : "They are merged. This one stays, and the other address leads here.",
      });
    },
  }),
];
