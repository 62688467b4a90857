import { z } from "zod";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { deskSection } from "../desk-section.ts";
import { ratingAsked } from "../events.ts";
import { countEvidence } from "../evidence/evidence.store.ts";
import { LIBRARIANS, mayEditLibrary, mayRate, RATERS } from "../library.policy.ts";
import { getPractice, practiceCrumbs, slugParam } from "../practices/practice.routes.tsx";
import { DESK_PATH, LIBRARY_PATH, PRACTICES_PATH, practicePath } from "../practices/practice-addresses.ts";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { measureAgreement } from "./agreement.ts";
import { HowRatedPage } from "./how-rated.pages.tsx";
import { askForRating } from "./rating.actions.ts";
import {
  countByRating,
  listAnsweredPairs,
  listOpenRounds,
  listPastRounds,
  listPossibleReviewers,
} from "./rating.store.ts";
import { sayRating } from "./rating.words.ts";
import { HOW_RATED_PATH, RATINGS_PATH, roundPath } from "./rating-addresses.ts";
import { AskRatingPage, RatingsPage } from "./rating-desk.pages.tsx";
import { offeredScales } from "./scales.ts";

const MOST_GOING = 500;
const MOST_PAST = 100;

/** Where one is on the pages of ratings. Reviewers who are no librarians have no library desk. */
export const ratingCrumbs = (visit: Visit<unknown, unknown>, further?: string) => [
  { label: "Library", href: LIBRARY_PATH },
  ...(mayEditLibrary(visit.actor) ? [{ label: "Library desk", href: DESK_PATH }] : []),
  ...(further ? [{ label: "Ratings", href: RATINGS_PATH }, { label: further }] : [{ label: "Ratings" }]),
];

const askForm = z
  .object({
    scale: z.string().refine((id) => offeredScales().some((scale) => scale.id === id), "Choose a scale."),
    first: z.uuid("Choose the first reviewer."),
    second: z.uuid("Choose the second reviewer."),
  })
  .refine(({ first, second }) => first !== second, {
    path: ["second"],
    error: "Choose another person than the first.",
  });

async function showAsk(visit: Visit<z.infer<typeof slugParam>, unknown>, sent?: Sent): Promise<Response> {
  const practice = await getPractice(visit);
  const { title } = practice.content;
  return visit.page(
    {
      title: `Ask for a rating: ${title}`,
      breadcrumbs: practiceCrumbs(
        { label: title, href: practicePath(practice.slug) },
        { label: "Ask for a rating" },
      ),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <AskRatingPage
      practice={practice}
      people={await listPossibleReviewers(visit.trx)}
      items={await countEvidence(visit.trx, practice.id)}
      sent={sent}
    />,
  );
}

/** How practices are rated, what waits to be, and where a rating is asked for. */
export const ratingRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: HOW_RATED_PATH,
    who: "public",
    handle: async (visit) =>
      visit.page(
        {
          title: sayRating("page_title"),
          description: sayRating("page_lead"),
          breadcrumbs: practiceCrumbs({ label: sayRating("page_title") }).filter(
            ({ href }) => href !== PRACTICES_PATH,
          ),
        },
        <HowRatedPage
          agreement={measureAgreement(await listAnsweredPairs(visit.trx))}
          counts={await countByRating(visit.trx)}
          labels={await readPracticeLabels(visit.trx)}
        />,
      ),
  }),
  route({
    method: "GET",
    path: RATINGS_PATH,
    who: RATERS,
    handle: async (visit) =>
      visit.page(
        {
          title: "Ratings",
          breadcrumbs: ratingCrumbs(visit),
          ...(mayEditLibrary(visit.actor) ? { section: await deskSection(visit.trx, RATINGS_PATH) } : {}),
        },
        <RatingsPage
          personId={visit.actor.kind === "person" ? visit.actor.personId : null}
          going={await listOpenRounds(visit.trx, MOST_GOING)}
          past={await listPastRounds(visit.trx, MOST_PAST)}
          mayRate={mayRate(visit.actor)}
          mayAsk={mayEditLibrary(visit.actor)}
        />,
      ),
  }),
  route({
    method: "GET",
    path: `${PRACTICES_PATH}/:slug/ratings/new`,
    who: LIBRARIANS,
    params: slugParam,
    handle: (visit) => showAsk(visit),
  }),
  route({
    method: "POST",
    path: `${PRACTICES_PATH}/:slug/ratings/new`,
    who: LIBRARIANS,
    params: slugParam,
    form: askForm,
    events: [ratingAsked],
    again: showAsk,
    handle: async (visit, { scale: scaleId, first, second }) => {
      const scale = offeredScales().find(({ id }) => id === scaleId);
      if (!scale) return showAsk(visit, { values: {}, errors: { scale: ["Choose a scale."] } });
      const id = await askForRating(visit, await getPractice(visit), { scale, reviewers: [first, second] });
      return visit.redirect(roundPath(id), {
        kind: "good",
        text: "Both are asked. They find it under Ratings, and in their digest.",
      });
    },
  }),
];
