import { z } from "zod";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { notHere } from "../not-here.ts";
import { findPractices } from "../practices/find-practices.ts";
import { labelOf, readPracticeLabels } from "../practices/practice-labels.ts";
import type { PracticeHit } from "../practices/search.store.ts";
import { CAREERS_PATH, CareerPage, CareersPage } from "./career.pages.tsx";
import { wayInto, waysFrom } from "./career.rules.ts";
import { STAGES } from "./career.types.ts";
import { say } from "./career.words.ts";
import { readCareers, readPay } from "./read-careers.ts";

const whereQuery = z.object({
  stage: z.enum(STAGES).optional().catch(undefined),
  state: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .catch(undefined),
  format: z.enum(["json"]).optional().catch(undefined),
});

/** Where most begin who ask for a way in. */
const USUAL_STAGE = "high_school";
const NEAR = 6;

/** The career explorer: every kind of work from where somebody stands, and the whole way into one. */
export const careerRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: CAREERS_PATH,
    who: "public",
    query: whereQuery,
    handle: async (visit) => {
      const careers = readCareers();
      if (visit.query.format === "json")
        return visit.download("careers.json", "application/json", JSON.stringify(careers, null, 2));
      const labels = await readPracticeLabels(visit.trx);
      const stage = visit.query.stage ?? USUAL_STAGE;
      const state =
        visit.query.state && labels.get("state")?.has(visit.query.state) ? visit.query.state : null;
      const found = await findPractices(
        visit.trx,
        { chosen: { stage: [stage], ...(state ? { state: [state] } : {}) } },
        NEAR,
      );
      return visit.page(
        { title: say("heading"), description: say("lead") },
        <CareersPage
          stage={stage}
          state={state}
          labels={labels}
          careers={careers}
          ways={waysFrom(careers, stage)}
          payOf={({ occupation }) => readPay(occupation.pay)}
          programs={found.facets.get("occupation") ?? new Map()}
          near={found.hits}
        />,
      );
    },
  }),
  route({
    method: "GET",
    path: `${CAREERS_PATH}/:occupation`,
    who: "public",
    params: z.object({ occupation: z.string().regex(/^[a-z_]{1,60}$/) }),
    query: whereQuery,
    handle: async (visit) => {
      const careers = readCareers();
      const occupation = careers.occupations.find(({ code }) => code === visit.params.occupation);
      if (!occupation) throw notHere("work");
      const labels = await readPracticeLabels(visit.trx);
      const stage = visit.query.stage ?? "grade_8";
      const state =
        visit.query.state && labels.get("state")?.has(visit.query.state) ? visit.query.state : null;
      const { hits } = await findPractices(visit.trx, { chosen: { occupation: [occupation.code] } }, 50);
      const isNear = (hit: PracticeHit): boolean =>
        state === null || hit.states.includes(state) || hit.states.includes("US");
      const title = labelOf(labels, "occupation", occupation.code);
      return visit.page(
        { title, breadcrumbs: [{ label: say("careers"), href: CAREERS_PATH }, { label: title }] },
        <CareerPage
          stage={stage}
          state={state}
          labels={labels}
          careers={careers}
          whole={wayInto(careers, occupation, "grade_8")}
          way={wayInto(careers, occupation, stage)}
          pay={readPay(occupation.pay)}
          near={hits.filter(isNear).slice(0, NEAR)}
          elsewhere={hits.filter((hit) => !isNear(hit)).slice(0, NEAR)}
        />,
      );
    },
  }),
];
