import type { FC } from "hono/jsx";
import type { MailRow } from "../../platform/mail/mail.store.ts";
import { Alert } from "../../ui/alert.tsx";
import { CodeBlock } from "../../ui/code-block.tsx";
import { DescriptionList } from "../../ui/description-list.tsx";
import { ActionButton } from "../../ui/form.tsx";
import { momentInWords } from "../../ui/moment.ts";
import { Tag } from "../../ui/tag.tsx";
import { MAIL_PATH, stateInWords } from "../mail/mail-states.ts";

/** How mail leaves the hub, and what became of the last try. */
export interface MailState {
  /** Null where no mail server is set. */
  server: { host: string; from: string } | null;
  /** How links in mails begin. */
  address: string;
  isAddressSet: boolean;
  lastTest: MailRow | null;
}

const EXAMPLE = `TRELLIS_SMTP_URL=smtps://user:password@mail.example.org
TRELLIS_MAIL_FROM=hub@example.org`;

const LastTest: FC<{ mail: MailRow }> = ({ mail }) => {
  const [tone, words] = stateInWords(mail.state, mail.tries);
  return (
    <p>
      Your last test mail, of {momentInWords(mail.queuedAt)}: <Tag tone={tone}>{words}</Tag>{" "}
      {mail.reason ? `${mail.reason} ` : ""}
      <a href={`${MAIL_PATH}/${mail.id}`}>Look at it</a>
    </p>
  );
};

/** What is set, what to set if it is not, and a test. Passwords are never typed into pages. */
export const MailSection: FC<{ mail: MailState; back: string; level: 2 | 3 }> = ({ mail, back, level }) => (
  <div class="stack">
    {mail.server ? (
      <DescriptionList
        items={[
          { term: "Mail server", value: mail.server.host },
          { term: "Mail comes from", value: mail.server.from },
          { term: "Links in mails begin with", value: mail.address },
        ]}
      />
    ) : (
      <>
        <Alert kind="warn" heading="No mail server is set" level={level}>
          <p>
            Nothing leaves this hub: invitations, sign-in links and reminders stay in it. The server is named
            where the hub is started, not here, because its password does not belong on a page.
          </p>
        </Alert>
        <p>Set these two where the hub is started, then start it again:</p>
        <CodeBlock label="Settings of the mail server">{EXAMPLE}</CodeBlock>
      </>
    )}
    {mail.isAddressSet ? null : (
      <>
        <p>
          Links in mails begin with <code>{mail.address}</code>. If people use another address, set it too:
        </p>
        <CodeBlock label="Setting of the hub's address">TRELLIS_URL=https://hub.example.org</CodeBlock>
      </>
    )}
    {mail.lastTest ? <LastTest mail={mail.lastTest} /> : null}
    <ActionButton action={`${MAIL_PATH}/test`} label="Send a test mail to me" fields={{ to: back }} />
  </div>
);
