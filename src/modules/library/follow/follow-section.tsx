import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentText } from "../../../platform/web/sent.ts";
import { Radios } from "../../../ui/choices.tsx";
import { Details } from "../../../ui/details.tsx";
import { TextField } from "../../../ui/fields.tsx";
import { Buttons, Form, Hidden } from "../../../ui/form.tsx";
import type { ListView } from "../practices/practice-addresses.ts";
import { say } from "./follow.words.ts";
import { FOLLOW_PATH, feedPath, viewKey } from "./follow-addresses.ts";
import { OFTEN } from "./follow-link.ts";
import { say as sayMail } from "./subscription.words.ts";

/** How a view of the list is followed: as a feed, and by mail where the hub sends mail. */
export const FollowSection: FC<{ view: ListView; sendsMail: boolean }> = ({ view, sendsMail }) => (
  <section class="stack-tight no-print" aria-labelledby="follow-heading">
    <h2 id="follow-heading">{say("follow_heading")}</h2>
    <p>
      <a href={feedPath(view)}>{say("follow_feed")}</a>{" "}
      <span class="small soft">{say("follow_feed_note")}</span>
    </p>
    {sendsMail ? (
      <Details summary={sayMail("summary")}>
        <FollowForm view={viewKey(view)} />
      </Details>
    ) : null}
  </section>
);

/** Asks for mail about a view, without an account. */
export const FollowForm: FC<{ view: string; sent?: Sent | undefined }> = ({ view, sent }) => (
  <Form action={FOLLOW_PATH} label={sayMail("summary")}>
    <p>{sayMail("intro")}</p>
    <Hidden name="view" value={view} />
    <TextField
      name="email"
      label={sayMail("email")}
      hint={sayMail("email_hint")}
      type="email"
      autocomplete="email"
      required
      value={sentText(sent, "email")}
      error={sentError(sent, "email")}
    />
    <Radios
      name="often"
      label={sayMail("often")}
      required
      value={sentText(sent, "often") ?? "weekly"}
      error={sentError(sent, "often")}
      options={OFTEN.map((often) => ({ value: often, label: sayMail(often) }))}
    />
    <Buttons main={{ label: sayMail("send") }} />
  </Form>
);
