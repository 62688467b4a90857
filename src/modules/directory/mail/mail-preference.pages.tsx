import type { FC } from "hono/jsx";
import type { RegularMail } from "../../../platform/mail/leave-link.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Checkbox, Radios } from "../../../ui/choices.tsx";
import { Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import type { MailPreference } from "./mail-preference.store.ts";

interface MailPreferencePageProps {
  email: string;
  preference: MailPreference;
  sent?: Sent | undefined;
}

/** How often one wants to hear from the hub. */
export const MailPreferencePage: FC<MailPreferencePageProps> = ({ email, preference, sent }) => (
  <div class="stack narrow">
    <h1>Mail to you</h1>
    <p>
      Mail goes to {email}. Sign-in links and notices about your account are always sent; the rest is yours to
      choose.
    </p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action="/account/mail">
      <Radios
        name="digest"
        label="Digest of what waits for you"
        hint="Rosters with open questions, reports to write or to review. No mail when nothing waits."
        required
        value={preference.digest}
        error={sentError(sent, "digest")}
        options={[
          { value: "daily", label: "Every working day" },
          { value: "weekly", label: "Every Monday" },
          { value: "never", label: "Never" },
        ]}
      />
      <Checkbox
        name="reminders"
        label="Remind me before a deadline"
        hint="Two weeks and three days before an annual report is due that is not submitted yet."
        checked={preference.reminders}
      />
      <Buttons main={{ label: "Save" }} quiet={[{ label: "Your account", href: "/account" }]} />
    </Form>
  </div>
);

const WORDS: Record<RegularMail, string> = { digest: "digest", reminder: "reminders" };

/** Where the link of a mail leads: one button. */
export const LeavePage: FC<{ mail: RegularMail; action: string }> = ({ mail, action }) => (
  <div class="stack narrow">
    <h1>No more {WORDS[mail]}?</h1>
    <p>
      Press the button to get no {WORDS[mail]} by mail any more. You can have them back at any time: sign in
      and open "Your account", "Mail".
    </p>
    <Form action={action}>
      <Buttons main={{ label: `Send me no ${WORDS[mail]}` }} />
    </Form>
  </div>
);

export const LeftPage: FC<{ mail: RegularMail }> = ({ mail }) => (
  <div class="stack narrow">
    <h1>No more {WORDS[mail]}</h1>
    <Alert kind="good" announce>
      <p>
        You get no {WORDS[mail]} by mail any more. To have them back, sign in and open "Your account", "Mail".
      </p>
    </Alert>
    <Buttons quiet={[{ label: "To the hub", href: "/" }]} />
  </div>
);
