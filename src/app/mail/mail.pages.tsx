import type { FC } from "hono/jsx";
import type { MailRow, MailState } from "../../platform/mail/mail.store.ts";
import { Alert } from "../../ui/alert.tsx";
import { DescriptionList } from "../../ui/description-list.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Select } from "../../ui/fields.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { FilterForm } from "../../ui/filter-form.tsx";
import { ActionButton } from "../../ui/form.tsx";
import { momentInWords } from "../../ui/moment.ts";
import { numberText } from "../../ui/number-text.ts";
import { DataTable } from "../../ui/table.tsx";
import { Tag } from "../../ui/tag.tsx";
import { KIND_LABELS, MAIL_FILTERS, MAIL_PATH, RETRIED, stateInWords } from "./mail-states.ts";

/** How many mails the page lists. */
export const MAILS_LISTED = 100;

interface OutboxPageProps {
  mails: readonly MailRow[];
  counts: ReadonlyMap<MailState, number>;
  shown: string | undefined;
  /** A mail server is set. */
  isSending: boolean;
  /** Links that sign in may be read. */
  showsSecrets: boolean;
}

const StateTag: FC<{ mail: MailRow }> = ({ mail }) => {
  const [tone, words] = stateInWords(mail.state, mail.tries);
  return <Tag tone={tone}>{words}</Tag>;
};

/** Whether there is something to send again, and somewhere to send it. */
const mayTry = (mail: MailRow, isSending: boolean): boolean =>
  isSending && RETRIED.includes(mail.state) && !mail.isWiped;

const retryLabel = (mail: MailRow): string => (mail.state === "kept" ? "Send it" : "Try again");

const Unset: FC<{ showsSecrets: boolean }> = ({ showsSecrets }) => (
  <Alert kind="info" heading="Nothing leaves this hub">
    <p>
      No mail server is set, so every mail is kept here and can be read here. To send mail, set
      TRELLIS_SMTP_URL and TRELLIS_MAIL_FROM and start the hub again. What is kept by then stays until you
      send it.
    </p>
    <p>
      {showsSecrets
        ? "Links that sign somebody in can be read here for a day, because this hub is a demonstration or answers to its own machine only."
        : "Links that sign somebody in are not kept: other people reach this hub, and such a link is for its person alone."}
    </p>
  </Alert>
);

/** The outbox: what waits, what left, what came back and why. */
export const OutboxPage: FC<OutboxPageProps> = ({ mails, counts, shown, isSending, showsSecrets }) => {
  const count = (filter: string): string =>
    numberText(
      (MAIL_FILTERS[filter]?.states ?? []).reduce((sum, state) => sum + (counts.get(state) ?? 0), 0),
    );
  return (
    <div class="stack">
      <h1>Mail</h1>
      {isSending ? null : <Unset showsSecrets={showsSecrets} />}
      <Figures>
        <Figure value={count("waiting")} label="waiting" />
        {isSending ? (
          <Figure value={count("sent")} label="sent" />
        ) : (
          <Figure value={count("kept")} label="kept here" />
        )}
        <Figure value={count("returned")} label="came back" />
        <Figure value={count("failed")} label="failed" />
      </Figures>
      <ActionButton action={`${MAIL_PATH}/test`} label="Send a test mail to me" />
      <DataTable
        caption="Outbox"
        rows={mails}
        things="mails"
        filters={
          <FilterForm action={MAIL_PATH} clearHref={shown ? MAIL_PATH : null}>
            <Select
              name="state"
              label="State"
              empty="All"
              value={shown}
              options={Object.entries(MAIL_FILTERS).map(([value, { label }]) => ({ value, label }))}
            />
          </FilterForm>
        }
        empty={
          <EmptyState heading={shown ? "No mail is in this state" : "The hub has not written to anybody yet"}>
            <p>
              Sign-in links, notices, digests and reminders are listed here, the newest {MAILS_LISTED}, with
              what became of them.
            </p>
          </EmptyState>
        }
        columns={[
          {
            key: "subject",
            label: "Subject",
            wrap: true,
            cell: (mail) => <a href={`${MAIL_PATH}/${mail.id}`}>{mail.subject}</a>,
          },
          { key: "to", label: "To", wrap: true, cell: (mail) => mail.recipient },
          { key: "state", label: "State", cell: (mail) => <StateTag mail={mail} /> },
          { key: "queued", label: "Written", wrap: true, cell: (mail) => momentInWords(mail.queuedAt) },
          { key: "reason", label: "Reason", wrap: true, cell: (mail) => mail.reason ?? "-" },
        ]}
        actions={
          isSending
            ? (mail) =>
                mayTry(mail, isSending) ? (
                  <ActionButton
                    action={`${MAIL_PATH}/${mail.id}/retry`}
                    label={
                      <>
                        {retryLabel(mail)}
                        <span class="usa-sr-only">: {mail.subject}</span>
                      </>
                    }
                  />
                ) : null
            : undefined
        }
        rowTone={(mail) =>
          mail.state === "bounced" || mail.state === "failed"
            ? "bad"
            : mail.state === "perhaps_sent"
              ? "warn"
              : null
        }
      />
    </div>
  );
};

interface MailPageProps {
  mail: MailRow;
  /** Null: it may not be read, and `hidden` says why. */
  text: string | null;
  hidden: string;
  /** Addresses of pages that begin so are links. */
  ownAddress: string;
  isSending: boolean;
}

const Line: FC<{ line: string; ownAddress: string }> = ({ line, ownAddress }) =>
  line.trim().startsWith(`${ownAddress}/`) ? <a href={line.trim().slice(ownAddress.length)}>{line}</a> : line;

const Letter: FC<{ text: string; ownAddress: string }> = ({ text, ownAddress }) => (
  <div class="stack-tight letter">
    {text
      .trim()
      .split(/\n{2,}/)
      .map((paragraph) => (
        <p>
          {paragraph.split("\n").map((line, index) => (
            <>
              {index > 0 ? <br /> : null}
              <Line line={line} ownAddress={ownAddress} />
            </>
          ))}
        </p>
      ))}
  </div>
);

/** One mail, with its text where it may be read. */
export const MailPage: FC<MailPageProps> = ({ mail, text, hidden, ownAddress, isSending }) => (
  <div class="stack narrow">
    <h1>{mail.subject}</h1>
    <DescriptionList
      items={[
        { term: "State", value: <StateTag mail={mail} /> },
        ...(mail.reason ? [{ term: "Reason", value: mail.reason }] : []),
        { term: "To", value: mail.recipient },
        { term: "Kind", value: KIND_LABELS[mail.kind] },
        { term: "Written", value: momentInWords(mail.queuedAt) },
        ...(mail.settledAt && mail.tries > 0
          ? [{ term: mail.state === "sent" ? "Sent" : "Last tried", value: momentInWords(mail.settledAt) }]
          : []),
        ...(mail.tries > 0 ? [{ term: "Tries", value: numberText(mail.tries) }] : []),
      ]}
    />
    {mail.state === "perhaps_sent" ? (
      <Alert kind="warn">
        <p>
          Nobody can say whether this mail arrived. It is not sent again by itself, so that nobody gets it
          twice. Try again only if the person has not got it.
        </p>
      </Alert>
    ) : null}
    {mayTry(mail, isSending) ? (
      <ActionButton action={`${MAIL_PATH}/${mail.id}/retry`} label={retryLabel(mail)} />
    ) : null}
    <h2>Text</h2>
    {text === null ? <p class="soft">{hidden}</p> : <Letter text={text} ownAddress={ownAddress} />}
  </div>
);
