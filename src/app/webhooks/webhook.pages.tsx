import type { FC } from "hono/jsx";
import type { Sent } from "../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../platform/web/sent.ts";
import type { Delivery, Webhook } from "../../platform/webhooks/webhook.store.ts";
import { Alert } from "../../ui/alert.tsx";
import { Checkboxes } from "../../ui/choices.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { TextField } from "../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Fieldset, Form } from "../../ui/form.tsx";
import { momentInWords } from "../../ui/moment.ts";
import { numberText } from "../../ui/number-text.ts";
import { DataTable } from "../../ui/table.tsx";
import { Tag, type TagTone } from "../../ui/tag.tsx";

export interface WebhooksPageProps {
  organizationName: string;
  /** Events of all organizations come here. */
  isHub: boolean;
  here: string;
  webhooks: readonly Webhook[];
  /** The newest delivery by webhook. */
  last: ReadonlyMap<string, Delivery>;
  deliveries: readonly Delivery[];
  /** The closed list of events. */
  events: readonly string[];
  /** The secret of the one that was just made: shown once. */
  made?: { url: string; secret: string } | undefined;
  sent?: Sent | undefined;
}

const STATES: Record<Delivery["state"], [TagTone, string]> = {
  waiting: ["neutral", "Waiting"],
  delivered: ["good", "Delivered"],
  failed: ["bad", "Failed"],
  dropped: ["warn", "Dropped"],
};

const StateTag: FC<{ delivery: Delivery }> = ({ delivery }) => {
  const isAgain = delivery.state === "waiting" && delivery.tries > 0;
  const [tone, words] = isAgain ? (["warn", "Not taken yet"] as const) : STATES[delivery.state];
  return <Tag tone={tone}>{words}</Tag>;
};

/** Webhooks of an organization: what they told last, and a new one. */
export const WebhooksPage: FC<WebhooksPageProps> = (props) => (
  <div class="stack">
    <h1>Webhooks of {props.organizationName}</h1>
    <p>
      The hub tells an address of yours what happens{props.isHub ? " in all organizations" : " here"}, as it
      happens: ids and counts, no personal data. Each message is signed, and tried again for about a day where
      it is not taken. How to check it is told on <a href="/api">the page of the API</a>.
    </p>
    {props.made ? (
      <Alert kind="good" heading="The webhook is made. Copy its signing secret now." announce>
        <p>
          <code class="secret">{props.made.secret}</code>
        </p>
        <p>It is shown this once. With it your program knows that a message comes from this hub.</p>
      </Alert>
    ) : null}
    <Webhooks {...props} />
    <Deliveries {...props} />
    <NewWebhook {...props} />
  </div>
);

const Webhooks: FC<WebhooksPageProps> = ({ webhooks, last, here }) => (
  <DataTable
    caption="Webhooks"
    rows={webhooks}
    things="webhooks"
    empty={
      <EmptyState heading="Nobody is told yet">
        <p>Make a webhook below. A program must listen at its address.</p>
      </EmptyState>
    }
    columns={[
      {
        key: "url",
        label: "Address",
        wrap: true,
        cell: (webhook) => <span class="break">{webhook.url}</span>,
      },
      {
        key: "state",
        label: "State",
        cell: (webhook) => <Tag tone={webhook.isOn ? "good" : "neutral"}>{webhook.isOn ? "On" : "Off"}</Tag>,
      },
      { key: "events", label: "Events", numeric: true, cell: (webhook) => numberText(webhook.events.length) },
      {
        key: "last",
        label: "Last message",
        wrap: true,
        cell: (webhook) => {
          const delivery = last.get(webhook.id);
          if (!delivery) return "None yet";
          return (
            <>
              <StateTag delivery={delivery} /> {delivery.problem}
            </>
          );
        },
      },
    ]}
    actions={(webhook) => (
      <>
        {webhook.isOn ? <ActionButton action={`${here}/${webhook.id}/test`} label="Send a test" /> : null}
        <ActionButton
          action={`${here}/${webhook.id}/switch`}
          fields={{ on: webhook.isOn ? "no" : "yes" }}
          label={webhook.isOn ? "Switch off" : "Switch on"}
        />
        <ActionButton action={`${here}/${webhook.id}/delete`} danger label="Delete" />
      </>
    )}
    rowTone={(webhook) => (last.get(webhook.id)?.state === "failed" ? "bad" : null)}
  />
);

const Deliveries: FC<WebhooksPageProps> = ({ deliveries, webhooks }) => {
  const urls = new Map(webhooks.map((webhook) => [webhook.id, webhook.url]));
  return deliveries.length === 0 ? null : (
    <DataTable
      caption="The newest messages"
      rows={deliveries}
      columns={[
        { key: "event", label: "Event", cell: (delivery) => <code>{delivery.event}</code> },
        { key: "at", label: "Happened", cell: (delivery) => momentInWords(delivery.createdAt) },
        { key: "state", label: "State", cell: (delivery) => <StateTag delivery={delivery} /> },
        { key: "tries", label: "Tries", numeric: true, cell: (delivery) => numberText(delivery.tries) },
        {
          key: "problem",
          label: "Outcome",
          wrap: true,
          cell: (delivery) =>
            delivery.problem
              ? `${delivery.problem}${delivery.nextTryAt ? ` Tried again: ${momentInWords(delivery.nextTryAt)}.` : ""}`
              : delivery.status
                ? `Answered ${delivery.status}`
                : "-",
        },
        {
          key: "to",
          label: "To",
          wrap: true,
          cell: (delivery) => <span class="break">{urls.get(delivery.webhookId) ?? "-"}</span>,
        },
      ]}
      rowTone={(delivery) => (delivery.state === "failed" ? "bad" : null)}
    />
  );
};

const MODULES: Record<string, string> = {
  directory: "People and organizations",
  pathways: "Rosters and trainees' records",
  reports: "Annual reports",
  platform: "The hub itself",
};

/** Names by their first part, in the order of the closed list. */
function groupsOf(events: readonly string[]): [string, string[]][] {
  const groups = new Map<string, string[]>();
  for (const event of events) {
    const [module = ""] = event.split(".");
    groups.set(module, [...(groups.get(module) ?? []), event]);
  }
  return [...groups];
}

const NewWebhook: FC<WebhooksPageProps> = ({ here, events, sent }) => {
  const chosen = sent?.values["events"];
  return (
    <section class="stack narrow" aria-labelledby="new-webhook">
      <h2 id="new-webhook">Make a webhook</h2>
      <ErrorSummary errors={sentErrors(sent)} />
      <Form action={here} label="Make a webhook">
        <TextField
          name="url"
          label="Address"
          type="url"
          hint="Where your program listens, such as https://data.example.org/trellis."
          required
          value={sentText(sent, "url")}
          error={sentError(sent, "url")}
        />
        <Fieldset
          legend="Events to be told of"
          hint="Each is a line of the audit; its message holds ids and counts."
        >
          {groupsOf(events).map(([module, names], index) => (
            <Checkboxes
              name="events"
              id={index === 0 ? undefined : `events-${module}`}
              label={MODULES[module] ?? module}
              columns
              options={names.map((event) => ({ value: event, label: event }))}
              values={Array.isArray(chosen) ? chosen : chosen === undefined ? [] : [chosen]}
              error={index === 0 ? sentError(sent, "events") : undefined}
            />
          ))}
        </Fieldset>
        <Buttons main={{ label: "Make the webhook" }} />
      </Form>
    </section>
  );
};
