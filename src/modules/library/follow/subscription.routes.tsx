import { z } from "zod";
import { system } from "../../../platform/database/actor.ts";
import { readSecret } from "../../../platform/database/database.ts";
import { RequestProblem } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { clientAddress } from "../../../platform/web/server.ts";
import { followAsked, followConfirmed, followLeft } from "../events.ts";
import { viewOf, viewQuery } from "../practices/list-view.ts";
import { say as sayPractice } from "../practices/practice.words.ts";
import { LIBRARY_PATH, viewPath } from "../practices/practice-addresses.ts";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { ASKED_PATH, confirmPath, FOLLOW_PATH, leavePath, viewKey, viewOfKey } from "./follow-addresses.ts";
import { CONFIRM_DAYS, OFTEN, readConfirmToken, readLeaveToken } from "./follow-link.ts";
import { askToFollow, confirmFollowing, stopFollowing } from "./subscription.actions.ts";
import {
  AskedPage,
  ConfirmedPage,
  ConfirmPage,
  FollowPage,
  LeavePage,
  LeftPage,
} from "./subscription.pages.tsx";
import { findSubscription } from "./subscription.store.ts";
import { say } from "./subscription.words.ts";
import { countAsking } from "./subscription-limits.ts";
import { viewInWords } from "./view-in-words.ts";

type AnyVisit = Visit<unknown, unknown>;
const LONGEST_VIEW = 1500;

const followForm = z.object({
  email: z.email({ error: () => say("email_wrong") }).max(254, { error: () => say("email_wrong") }),
  often: z.enum(OFTEN, { error: () => say("often_missing") }),
  view: z
    .string()
    // As the hub itself writes it: what names the same view is the same wish.
    .transform((given) => viewKey(viewOfKey(given)))
    .refine((view) => view.length <= LONGEST_VIEW, { error: () => say("too_many") }),
});

const ofToken = z.object({ token: z.string().max(200) });
type TokenVisit = Visit<z.infer<typeof ofToken>, unknown>;

const crumbs = () => [{ label: sayPractice("library"), href: LIBRARY_PATH }, { label: say("title") }];

/** A page that holds a secret address, for nobody's memory. */
function showPrivately(
  visit: AnyVisit,
  title: string,
  body: Parameters<AnyVisit["page"]>[1],
): Promise<Response> {
  visit.c.header("Cache-Control", "private, no-store");
  visit.c.header("X-Robots-Tag", "noindex");
  return visit.page({ title, breadcrumbs: crumbs(), scripts: ["submit-once"] }, body);
}

async function showForm(
  visit: AnyVisit,
  view: string,
  more: { sent?: Sent; problem?: string; status?: 422 | 429 } = {},
): Promise<Response> {
  const { status = 200, ...rest } = more;
  const what = viewInWords(viewOfKey(view), await readPracticeLabels(visit.trx));
  const sendsMail = visit.platform.config.mail !== null;
  const problem = sendsMail ? rest.problem : say("no_mail");
  visit.c.header("X-Robots-Tag", "noindex");
  return visit.page(
    { title: say("title"), breadcrumbs: crumbs(), status, scripts: ["error-summary-focus", "submit-once"] },
    <FollowPage view={view} what={what} sendsMail={sendsMail} sent={rest.sent} problem={problem} />,
  );
}

/** What a link of the first mail asks for; it is gone where it is too old, or where its wish is forgotten. */
async function getWish(visit: TokenVisit) {
  const link = readConfirmToken(readSecret(visit.platform.config), visit.params.token, visit.now);
  const asHub = await visit.actAs(system);
  const subscription = link ? await findSubscription(asHub.trx, link.id) : null;
  await visit.actAs(visit.actor);
  if (!link || !subscription) throw new RequestProblem(404, say("gone", { days: CONFIRM_DAYS }));
  const view = viewOfKey(subscription.view);
  return { ...link, view, what: viewInWords(view, await readPracticeLabels(visit.trx)) };
}

function idToLeave(visit: TokenVisit): string {
  const id = readLeaveToken(readSecret(visit.platform.config), visit.params.token);
  if (!id) throw new RequestProblem(404, say("leave_gone"));
  return id;
}

/** Following a view by mail: asked for by anybody, begun by a link, ended by another. */
export const subscriptionRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: FOLLOW_PATH,
    who: "public",
    query: viewQuery,
    handle: (visit) => showForm(visit, viewKey(viewOf(visit.query))),
  }),
  route({
    method: "POST",
    path: FOLLOW_PATH,
    who: "public",
    form: followForm,
    events: [followAsked],
    again: (visit, sent) => showForm(visit, String(sent.values["view"] ?? ""), { sent, status: 422 }),
    handle: async (visit, { email, often, view }) => {
      const { config } = visit.platform;
      const sent: Sent = { values: { email, often }, errors: {} };
      if (!config.mail) return showForm(visit, view, { sent, status: 422 });
      const wait = countAsking(clientAddress(visit.c, config), visit.now);
      if (wait > 0) {
        const problem = say("limit", { count: Math.ceil(wait / 60) });
        return showForm(visit, view, { sent, problem, status: 429 });
      }
      await askToFollow(visit, config, { email, often, view });
      return visit.redirect(ASKED_PATH);
    },
  }),
  route({
    method: "GET",
    path: ASKED_PATH,
    who: "public",
    handle: (visit) => showPrivately(visit, say("asked"), <AskedPage />),
  }),
  route({
    method: "GET",
    path: confirmPath(":token"),
    who: "public",
    params: ofToken,
    handle: async (visit) => {
      const { what, often } = await getWish(visit);
      return showPrivately(
        visit,
        say("confirm"),
        <ConfirmPage what={what} often={say(often)} action={visit.path} />,
      );
    },
  }),
  route({
    method: "POST",
    path: confirmPath(":token"),
    who: "public",
    params: ofToken,
    events: [followConfirmed],
    handle: async (visit) => {
      const { id, what, often, view } = await getWish(visit);
      await confirmFollowing(visit, id, often);
      await visit.actAs(visit.actor);
      return showPrivately(
        visit,
        say("confirmed"),
        <ConfirmedPage what={what} often={say(often)} href={viewPath(view)} />,
      );
    },
  }),
  route({
    method: "GET",
    path: leavePath(":token"),
    who: "public",
    params: ofToken,
    handle: async (visit) => {
      idToLeave(visit);
      return showPrivately(visit, say("leave"), <LeavePage action={visit.path} />);
    },
  }),
  route({
    method: "POST",
    path: leavePath(":token"),
    who: "public",
    params: ofToken,
    events: [followLeft],
    // Answers with a page, not a redirect: mail programs send this by themselves (RFC 8058, 3.1).
    handle: async (visit) => {
      await stopFollowing(visit, idToLeave(visit));
      await visit.actAs(visit.actor);
      return showPrivately(visit, say("left"), <LeftPage />);
    },
  }),
];
