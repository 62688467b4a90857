import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentErrors } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { LIBRARY_PATH, viewPath } from "../practices/practice-addresses.ts";
import { viewOfKey } from "./follow-addresses.ts";
import { CONFIRM_DAYS } from "./follow-link.ts";
import { FollowForm } from "./follow-section.tsx";
import { say } from "./subscription.words.ts";

/** The form on a page of its own: where it was refused, or asked for by its address. */
export const FollowPage: FC<{
  view: string;
  what: string;
  sendsMail: boolean;
  sent?: Sent | undefined;
  problem?: string | undefined;
}> = ({ view, what, sendsMail, sent, problem }) => (
  <div class="stack narrow">
    <h1>{say("heading", { what })}</h1>
    {problem ? (
      <Alert kind="warn" announce>
        <p>{problem}</p>
      </Alert>
    ) : null}
    <ErrorSummary errors={sentErrors(sent)} />
    {sendsMail ? (
      <FollowForm view={view} sent={sent} />
    ) : (
      <Buttons quiet={[{ label: say("to_list"), href: viewPath(viewOfKey(view)) }]} />
    )}
  </div>
);

/** The same for everybody, whoever they are and whatever the hub knows of them. */
export const AskedPage: FC = () => (
  <div class="stack narrow">
    <h1>{say("asked")}</h1>
    <p>{say("asked_text", { days: CONFIRM_DAYS })}</p>
    <p>{say("asked_not")}</p>
    <Buttons quiet={[{ label: say("back"), href: LIBRARY_PATH }]} />
  </div>
);

/** Where the link of the first mail leads: one button, since programs that check mails open every address in them. */
export const ConfirmPage: FC<{ what: string; often: string; action: string }> = ({ what, often, action }) => (
  <div class="stack narrow">
    <h1>{say("confirm")}</h1>
    <p>{say("confirm_text", { what })}</p>
    <p>{often}.</p>
    <Form action={action}>
      <Buttons main={{ label: say("confirm_yes") }} />
    </Form>
  </div>
);

export const ConfirmedPage: FC<{ what: string; often: string; href: string }> = ({ what, often, href }) => (
  <div class="stack narrow">
    <h1>{say("confirmed")}</h1>
    <Alert kind="good" announce>
      <p>{say("confirmed_text", { what })}</p>
    </Alert>
    <p>{often}.</p>
    <Buttons quiet={[{ label: say("to_list"), href }]} />
  </div>
);

export const LeavePage: FC<{ action: string }> = ({ action }) => (
  <div class="stack narrow">
    <h1>{say("leave")}</h1>
    <p>{say("leave_text")}</p>
    <Form action={action}>
      <Buttons main={{ label: say("leave_yes") }} />
    </Form>
  </div>
);

export const LeftPage: FC = () => (
  <div class="stack narrow">
    <h1>{say("left")}</h1>
    <Alert kind="good" announce>
      <p>{say("left_text")}</p>
    </Alert>
    <Buttons quiet={[{ label: say("back"), href: LIBRARY_PATH }]} />
  </div>
);
