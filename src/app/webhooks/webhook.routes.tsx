import { z } from "zod";
import { findOrganization } from "../../modules/directory/index.ts";
import { readSecret } from "../../platform/database/database.ts";
import type { EventDefinition } from "../../platform/events/event.ts";
import { notFound } from "../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../platform/web/route.ts";
import {
  webhookDeleted,
  webhookMade,
  webhookSwitched,
  webhookTested,
} from "../../platform/webhooks/events.ts";
import { webhookSecret } from "../../platform/webhooks/signature.ts";
import {
  makeWebhook,
  removeWebhook,
  setWebhookOn,
  testWebhook,
} from "../../platform/webhooks/webhook.actions.ts";
import {
  findWebhook,
  listDeliveries,
  listLastDeliveries,
  listWebhooks,
  type Webhook,
} from "../../platform/webhooks/webhook.store.ts";
import { whyNotWebhookUrl } from "../../platform/webhooks/webhook-url.ts";
import { WebhooksPage } from "./webhook.pages.tsx";

const PATH = "/directory/organizations/:id/webhooks";
const SHOWN_DELIVERIES = 25;
const WHO = ["administrator"] as const;
const params = z.object({ id: z.uuid() });
const ofWebhook = z.object({ id: z.uuid(), webhook: z.uuid() });

const addressOf = (organization: string): string => PATH.replace(":id", organization);

const form = z.object({
  url: z.string().trim().min(1, "Enter the address at which your program listens.").max(2000),
  events: z
    .union([z.array(z.string()), z.string().transform((one) => [one])])
    .default([])
    .refine((events) => events.length > 0, "Choose at least one event."),
});

type OrganizationVisit = Visit<{ id: string }, unknown>;

/** The organization's webhooks: made, tried, switched and deleted by administrators. */
export function webhookRoutes(closedList: () => readonly EventDefinition[]): RouteDefinition[] {
  // Of a test its own webhook is told anyway.
  const offered = (): string[] =>
    closedList().flatMap(({ name }) => (name === webhookTested.name ? [] : [name]));
  const show = async (
    visit: OrganizationVisit,
    more: { sent?: Sent; made?: { url: string; secret: string } } = {},
  ): Promise<Response> => {
    const organization = await findOrganization(visit.trx, visit.params.id);
    if (!organization) throw notFound("This organization");
    const last = await listLastDeliveries(visit.trx, organization.id);
    return visit.page(
      {
        title: "Webhooks",
        breadcrumbs: [
          { label: "Organizations", href: "/directory/organizations" },
          { label: organization.name, href: `/directory/organizations/${organization.id}` },
          { label: "Webhooks" },
        ],
        status: more.sent ? 422 : 200,
        scripts: ["error-summary-focus", "submit-once"],
      },
      <WebhooksPage
        organizationName={organization.name}
        isHub={organization.organizationType === "hub"}
        here={addressOf(organization.id)}
        webhooks={await listWebhooks(visit.trx, organization.id)}
        last={new Map(last.map((delivery) => [delivery.webhookId, delivery]))}
        deliveries={await listDeliveries(visit.trx, organization.id, SHOWN_DELIVERIES)}
        events={offered()}
        {...more}
      />,
    );
  };
  const getWebhook = async (visit: Visit<z.infer<typeof ofWebhook>, unknown>): Promise<Webhook> => {
    const webhook = await findWebhook(visit.trx, visit.params.id, visit.params.webhook);
    if (!webhook) throw notFound("This webhook");
    return webhook;
  };
  return [
    route({ method: "GET", path: PATH, who: WHO, params, handle: (visit) => show(visit) }),
    route({
      method: "POST",
      path: PATH,
      who: WHO,
      params,
      form,
      events: [webhookMade],
      again: (visit, sent) => show(visit, { sent }),
      handle: async (visit, sent) => {
        const { config } = visit.platform;
        const refusal = whyNotWebhookUrl(sent.url, config.webhookPrivateAddresses);
        const known = new Set(offered());
        const unknown = sent.events.some((event) => !known.has(event));
        if (refusal || unknown)
          return show(visit, {
            sent: {
              values: sent,
              errors: {
                ...(refusal ? { url: [refusal] } : {}),
                ...(unknown ? { events: ["Choose from the list."] } : {}),
              },
            },
          });
        if (!(await findOrganization(visit.trx, visit.params.id))) throw notFound("This organization");
        const id = await makeWebhook(visit, {
          organizationId: visit.params.id,
          url: sent.url,
          events: [...new Set(sent.events)],
        });
        return show(visit, { made: { url: sent.url, secret: webhookSecret(readSecret(config), id) } });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/:webhook/test`,
      who: WHO,
      params: ofWebhook,
      events: [webhookTested],
      handle: async (visit) => {
        await testWebhook(visit, await getWebhook(visit));
        return visit.redirect(addressOf(visit.params.id), { kind: "good", text: "A test is on its way." });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/:webhook/switch`,
      who: WHO,
      params: ofWebhook,
      form: z.object({ on: z.enum(["yes", "no"]) }),
      events: [webhookSwitched],
      handle: async (visit, { on }) => {
        await setWebhookOn(visit, await getWebhook(visit), on === "yes");
        return visit.redirect(addressOf(visit.params.id), {
          kind: "good",
          text: on === "yes" ? "The webhook is on." : "The webhook is off.",
        });
      },
    }),
    route({
      method: "POST",
      path: `${PATH}/:webhook/delete`,
      who: WHO,
      params: ofWebhook,
      events: [webhookDeleted],
      handle: async (visit) => {
        await removeWebhook(visit, await getWebhook(visit));
        return visit.redirect(addressOf(visit.params.id), { kind: "good", text: "The webhook is deleted." });
      },
    }),
  ];
}
