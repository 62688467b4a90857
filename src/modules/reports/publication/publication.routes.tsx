import { z } from "zod";
import { type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { REVIEWERS, refuseEvaluator, year } from "../annual/report-visit.ts";
import { releasePublished } from "../events.ts";
import { requestPublication } from "./publication.actions.ts";
import {
  PublicationPage,
  type PublicationPageProps,
  PublicationProgressView,
  publicationHeading,
  publicationPath,
  publishPath,
} from "./publication.pages.tsx";
import { isUnderWay } from "./publication.rules.ts";
import { findPublication } from "./publication.store.ts";
import { findRelease } from "./release.store.ts";

const params = z.object({ year });
type YearVisit = Pick<Visit<{ year: string }, unknown>, "trx" | "now" | "params">;

async function readState(visit: YearVisit): Promise<Omit<PublicationPageProps, "release">> {
  const academicYear = visit.params.year;
  const publication = await findPublication(visit.trx, academicYear);
  return { academicYear, publication, underWay: isUnderWay(publication, visit.now) };
}

/** Publishing a year: asking for it, and how it goes. */
export const publicationRoutes: RouteDefinition[] = [
  route({
    method: "POST",
    path: publishPath(":year"),
    who: REVIEWERS,
    params,
    events: [releasePublished],
    handle: async (visit) => {
      refuseEvaluator(visit);
      await requestPublication(visit, visit.params.year);
      return visit.redirect(publicationPath(visit.params.year));
    },
  }),
  route({
    method: "GET",
    path: publicationPath(":year"),
    who: REVIEWERS,
    params,
    handle: async (visit) => {
      const state = await readState(visit);
      const props = { ...state, release: await findRelease(visit.trx, visit.params.year) };
      return visit.page(
        {
          title: publicationHeading(props),
          breadcrumbs: [
            { label: "Reports", href: `/reports?year=${visit.params.year}` },
            { label: "Publishing" },
          ],
          scripts: state.underWay ? ["poll-progress"] : ["submit-once"],
          ...(state.underWay ? { refreshSeconds: 3 } : {}),
        },
        <PublicationPage {...props} />,
      );
    },
  }),
  route({
    method: "GET",
    path: `${publicationPath(":year")}/progress`,
    who: REVIEWERS,
    params,
    handle: async (visit) => visit.fragment(<PublicationProgressView {...(await readState(visit))} />),
  }),
];
