import { z } from "zod";
import { FIRST_STEPS, finishFirstSteps, noteStep, settingEvents } from "../../modules/directory/index.ts";
import { type RouteDefinition, route } from "../../platform/web/route.ts";
import { START_PATH } from "./hub-addresses.ts";
import { writeStartPage } from "./hub-view.tsx";

const ofStep = z.object({ step: z.enum(FIRST_STEPS) });

/** The first steps of a new hub. They begin where one left off. */
export const startRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: START_PATH,
    who: ["administrator"],
    handle: async (visit) => visit.page(...(await writeStartPage(visit, visit.platform))),
  }),
  route({
    method: "POST",
    path: START_PATH,
    who: ["administrator"],
    events: settingEvents.end,
    handle: async (visit) => {
      await finishFirstSteps(visit);
      return visit.redirect("/work", {
        kind: "good",
        text: 'The first steps are put away. What is still to be set stands under "Hub".',
      });
    },
  }),
  route({
    method: "GET",
    path: `${START_PATH}/:step`,
    who: ["administrator"],
    params: ofStep,
    handle: async (visit) => visit.page(...(await writeStartPage(visit, visit.platform, visit.params.step))),
  }),
  route({
    method: "POST",
    path: `${START_PATH}/:step`,
    who: ["administrator"],
    params: ofStep,
    form: z.object({ how: z.enum(["done", "later"]) }),
    events: settingEvents.step,
    handle: async (visit, { how }) => {
      await noteStep(visit, visit.params.step, how);
      return visit.redirect(START_PATH);
    },
  }),
];
