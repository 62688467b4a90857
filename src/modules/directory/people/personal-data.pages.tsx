import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Card } from "../../../ui/card.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { TextArea } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { momentInWords } from "../../../ui/moment.ts";
import type { ErasureRequest } from "./erasure.store.ts";

/** What the hub knows of one as a person, to take along or to have erased. */
export const PersonalDataPage: FC<{
  request: ErasureRequest | null;
  isShared: boolean;
  sent?: Sent | undefined;
}> = ({ request, isShared, sent }) => (
  <div class="stack narrow">
    <h1>Your data</h1>
    <ErrorSummary errors={sentErrors(sent)} />
    <Card heading="Take it with you">
      <p>
        One file with all that the hub holds of you as a person: your account, whom you work for and worked
        for, where you are signed in, what you were written, and everything you did here.
      </p>
      <Buttons main={{ label: "Download your data", href: "/account/data/file" }} />
    </Card>
    <Card heading="Have it erased">
      {isShared ? (
        <p class="soft">This is one of the people of the demonstration, shared by all who try it.</p>
      ) : request ? (
        <>
          <Alert kind="info">
            <p>
              You asked on {momentInWords(request.askedAt)}. An administrator decides about it, and you get
              the answer by e-mail.
            </p>
          </Alert>
          <ActionButton action="/account/erasure/withdraw" label="Withdraw the request" />
        </>
      ) : (
        <>
          <p>
            An administrator of your hub decides about it. Your name, e-mail address and ways to sign in are
            then taken out, and nobody can sign in as you. What you did for your organizations stays, under a
            number in place of your name: reports that others rely on must not lose their history.
          </p>
          <Form action="/account/erasure" label="Ask for erasure">
            <TextArea
              name="reason"
              label="Anything that the administrators should know"
              value={sentText(sent, "reason")}
              error={sentError(sent, "reason")}
            />
            <Buttons main={{ label: "Ask for erasure", danger: true }} />
          </Form>
        </>
      )}
    </Card>
  </div>
);

/** What administrators decide. */
export const ErasureRequestsPage: FC<{
  requests: readonly ErasureRequest[];
  path: string;
  sent?: (Sent & { id: string }) | undefined;
}> = ({ requests, path, sent }) => (
  <div class="stack narrow">
    <h1>Requests for erasure</h1>
    <ErrorSummary errors={sentErrors(sent)} />
    {requests.length === 0 ? (
      <EmptyState heading="Nobody asks for erasure">
        <p>
          Everybody can ask for their personal data to be erased, under "Your account". You get an e-mail when
          somebody does, and decide here.
        </p>
      </EmptyState>
    ) : (
      requests.map((request) => (
        <Card heading={request.name} foot={`Asked ${momentInWords(request.askedAt)}`}>
          <p>{request.email}</p>
          {request.reason ? <blockquote>{request.reason}</blockquote> : null}
          <Form action={`${path}/${request.id}/refuse`} label={`Refuse the request of ${request.name}`}>
            <TextArea
              name="answer"
              id={`answer-${request.id}`}
              label="Why it is refused"
              hint="For example, which law or contract asks you to keep it. The person reads this."
              value={sent?.id === request.id ? sentText(sent, "answer") : undefined}
              error={sent?.id === request.id ? sentError(sent, "answer") : undefined}
            />
            <Buttons main={{ label: "Refuse" }} />
          </Form>
          <p>Erasing takes out name, e-mail, password, passkeys and mails. It cannot be undone.</p>
          <ActionButton action={`${path}/${request.id}/erase`} label={`Erase ${request.name}`} danger />
        </Card>
      ))
    )}
  </div>
);
