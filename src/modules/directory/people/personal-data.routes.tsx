import { z } from "zod";
import { system } from "../../../platform/database/actor.ts";
import { conflict, forbidden } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { erasureAsked, erasureDecided, personalDataTaken } from "../events.ts";
import { type DemoDirectory, isSharedAccount, SHARED_ACCOUNT } from "./demo-directory.ts";
import { askForErasure, decideErasure, ERASURE_PATH, withdrawErasure } from "./erasure.actions.ts";
import { findOpenErasureRequest, listOpenErasureRequests } from "./erasure.store.ts";
import { findUserEmail } from "./person.store.ts";
import { ErasureRequestsPage, PersonalDataPage } from "./personal-data.pages.tsx";
import { collectPersonalData } from "./personal-data.store.ts";

type AnyVisit = Visit<unknown, unknown>;

const requestParams = z.object({ request: z.uuid() });

/** One's own data, and the administrators' decisions about it. */
export function personalDataRoutes(demo: DemoDirectory): RouteDefinition[] {
  const isShared = async (visit: AnyVisit): Promise<boolean> =>
    isSharedAccount(demo, visit.trx, await findUserEmail(visit.trx, whoVisits(visit).userId));

  const show = async (visit: AnyVisit, sent?: Sent): Promise<Response> =>
    visit.page(
      {
        title: "Your data",
        breadcrumbs: [
          { label: "My work", href: "/work" },
          { label: "Your account", href: "/account" },
          { label: "Your data" },
        ],
        status: sent ? 422 : 200,
        scripts: ["error-summary-focus"],
      },
      <PersonalDataPage
        request={await findOpenErasureRequest(visit.trx, { personId: whoVisits(visit).personId })}
        isShared={await isShared(visit)}
        sent={sent}
      />,
    );

  const showRequests = async (visit: AnyVisit, sent?: Sent & { id: string }): Promise<Response> =>
    visit.page(
      {
        title: "Requests for erasure",
        status: sent ? 422 : 200,
        breadcrumbs: [
          { label: "Organizations", href: "/directory/organizations" },
          { label: "Requests for erasure" },
        ],
        scripts: ["error-summary-focus"],
      },
      <ErasureRequestsPage
        requests={await listOpenErasureRequests(visit.trx)}
        path={ERASURE_PATH}
        sent={sent}
      />,
    );

  const getRequest = async (visit: Visit<z.infer<typeof requestParams>, unknown>) => {
    const request = await findOpenErasureRequest(visit.trx, { id: visit.params.request });
    if (!request) throw conflict("This request does not wait any more: it was decided or withdrawn.");
    return request;
  };

  return [
    route({ method: "GET", path: "/account/data", who: "signed-in", handle: (visit) => show(visit) }),
    route({
      method: "GET",
      path: "/account/data/file",
      who: "signed-in",
      events: [personalDataTaken],
      handle: async (visit) => {
        const person = whoVisits(visit);
        await visit.record(personalDataTaken, {
          organizationId: person.organizationId,
          subject: ["person", person.personId],
          data: {},
        });
        // One's own mails and actions, also those for organizations that one does not work for any more.
        const hub = await visit.actAs(system);
        const data = await collectPersonalData(hub.trx, person);
        return visit.download(
          "your-data.json",
          "application/json",
          `${JSON.stringify({ madeAt: visit.now, ...data }, null, 2)}\n`,
        );
      },
    }),
    route({
      method: "POST",
      path: "/account/erasure",
      who: "signed-in",
      form: z.object({
        reason: z.string().trim().max(2000, "Use at most 2,000 characters.").default(""),
      }),
      events: [erasureAsked],
      again: show,
      handle: async (visit, form) => {
        if (await isShared(visit)) throw conflict(SHARED_ACCOUNT);
        await askForErasure(visit, whoVisits(visit), form.reason);
        return visit.redirect("/account/data", {
          kind: "good",
          text: "Your request is with the administrators.",
        });
      },
    }),
    route({
      method: "POST",
      path: "/account/erasure/withdraw",
      who: "signed-in",
      events: [erasureDecided],
      handle: async (visit) => {
        await withdrawErasure(visit, whoVisits(visit));
        return visit.redirect("/account/data", { kind: "good", text: "The request is withdrawn." });
      },
    }),
    route({
      method: "GET",
      path: ERASURE_PATH,
      who: ["administrator"],
      handle: (visit) => showRequests(visit),
    }),
    route({
      method: "POST",
      path: `${ERASURE_PATH}/:request/refuse`,
      who: ["administrator"],
      params: requestParams,
      form: z.object({
        answer: z
          .string()
          .trim()
          .min(1, "Say why: the person reads it.")
          .max(2000, "Use at most 2,000 characters."),
      }),
      events: [erasureDecided],
      again: (visit, sent) => showRequests(visit, { ...sent, id: visit.params.request }),
      handle: async (visit, form) => {
        await decideErasure(visit, await getRequest(visit), "refused", form.answer);
        return visit.redirect(ERASURE_PATH, { kind: "good", text: "Refused; the person gets your reason." });
      },
    }),
    route({
      method: "POST",
      path: `${ERASURE_PATH}/:request/erase`,
      who: ["administrator"],
      params: requestParams,
      events: [erasureDecided],
      handle: async (visit) => {
        await decideErasure(visit, await getRequest(visit), "erased", "");
        return visit.redirect(ERASURE_PATH, {
          kind: "good",
          text: "Erased; a last e-mail tells the person.",
        });
      },
    }),
  ];
}

function whoVisits(visit: AnyVisit) {
  if (visit.actor.kind !== "person") throw forbidden("Sign in first.");
  return visit.actor;
}
