import { z } from "zod";
import type { Hex } from "../../methods/contrast.ts";
import {
  changeColors,
  changeTimeZone,
  hubNameField,
  judgeAccent,
  OWN_ACCENT,
  PALETTE,
  renameHub,
  settingEvents,
  shortNameField,
} from "../../modules/directory/index.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../platform/web/route.ts";
import { sentText } from "../../platform/web/sent.ts";
import type { Section } from "./hub.pages.tsx";
import { HUB_PATH, START_PATH } from "./hub-addresses.ts";
import { writeHubPage, writeRefused } from "./hub-view.tsx";
import { TIME_ZONES } from "./time-zones.ts";

type AnyVisit = Visit<unknown, unknown>;

/** Where the form stands; anything else is the hub's page. */
export const fromField = z.enum(["hub", "start"]).catch("hub");

const again =
  (section: Section) =>
  async (visit: AnyVisit, sent: Sent): Promise<Response> => {
    const from = fromField.parse(sentText(sent, "from"));
    return visit.page(...(await writeRefused(visit, visit.platform, section, from, sent)));
  };

const saved = (visit: AnyVisit, from: "hub" | "start", text: string): Response =>
  visit.redirect(from === "start" ? START_PATH : HUB_PATH, { kind: "good", text });

/** Which accent a sent form means; a text says why it means none. */
function chosenAccent(form: { accent: string; own: string }): { accent: Hex | null } | { problem: string } {
  if (form.accent !== "own") {
    const found = PALETTE.find((one) => one.accent === form.accent);
    return found ? { accent: found.accent === OWN_ACCENT ? null : found.accent } : { problem: "" };
  }
  const verdict = judgeAccent(form.own);
  if (!verdict) return { problem: "Write the color as # and six digits or letters a to f, such as #6a3d75." };
  return verdict.problem ? { problem: verdict.problem } : { accent: verdict.accent };
}

/** What the hub says of itself. */
export const hubRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: HUB_PATH,
    who: ["administrator"],
    menu: { label: "Hub", order: 86 },
    handle: async (visit) => visit.page(...(await writeHubPage(visit, visit.platform))),
  }),
  route({
    method: "POST",
    path: `${HUB_PATH}/name`,
    who: ["administrator"],
    form: z.object({ name: hubNameField, short: shortNameField, from: fromField }),
    events: settingEvents.name,
    again: again("name"),
    handle: async (visit, { name, short, from }) => {
      await renameHub(visit, { name, shortName: short });
      return saved(visit, from, "The hub's name is saved.");
    },
  }),
  route({
    method: "POST",
    path: `${HUB_PATH}/colors`,
    who: ["administrator"],
    form: z.object({
      accent: z.string().min(1, "Choose a color."),
      own: z.string().max(40, "Write the color as # and six digits or letters a to f.").default(""),
      from: fromField,
    }),
    events: settingEvents.colors,
    again: again("colors"),
    handle: async (visit, form) => {
      const chosen = chosenAccent(form);
      if ("problem" in chosen)
        return again("colors")(visit, {
          values: form,
          errors: chosen.problem ? { own: [chosen.problem] } : { accent: ["Choose a color of the list."] },
        });
      await changeColors(visit, chosen.accent);
      return saved(visit, form.from, "The colors are saved.");
    },
  }),
  route({
    method: "POST",
    path: `${HUB_PATH}/time-zone`,
    who: ["administrator"],
    form: z.object({
      zone: z.string().refine((zone) => TIME_ZONES.includes(zone), "Choose a time zone of the list."),
      from: fromField,
    }),
    events: settingEvents.timeZone,
    again: again("time-zone"),
    handle: async (visit, { zone, from }) => {
      await changeTimeZone(visit, zone);
      return saved(visit, from, "The time zone is saved.");
    },
  }),
];
