import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { PasswordField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { momentInWords } from "../../../ui/moment.ts";
import type { MembershipChoice } from "./person.store.ts";
import { roleLabel } from "./role-labels.ts";

interface AccountPageProps {
  name: string;
  email: string;
  memberships: readonly MembershipChoice[];
  sessions: readonly { startedAt: Date; isThisOne: boolean }[];
  passwordHint: string;
  /** Everybody signs in with this password: it stays. */
  isShared: boolean;
  sent?: Sent | undefined;
}

/** What the hub knows of one's own sign-in. */
export const AccountPage: FC<AccountPageProps> = (props) => (
  <div class="stack narrow">
    <h1>Your account</h1>
    <ErrorSummary errors={sentErrors(props.sent)} />
    <DescriptionList
      items={[
        { term: "Name", value: props.name },
        { term: "E-mail", value: props.email },
        {
          term: "You work for",
          value: (
            <ul class="plain">
              {props.memberships.map((one) => (
                <li>
                  {one.organizationName} <span class="soft">({roleLabel(one.role, one.grants)})</span>
                </li>
              ))}
            </ul>
          ),
        },
      ]}
    />
    <p class="soft">A name or an e-mail that is wrong is mended by an administrator of your hub.</p>
    <h2>Password</h2>
    {props.isShared ? (
      <Alert kind="info">
        <p>All people of the demonstration sign in with one password, so it cannot be changed here.</p>
      </Alert>
    ) : (
      <Form action="/account/password" label="Change the password">
        <PasswordField
          name="current"
          label="Your present password"
          required
          error={sentError(props.sent, "current")}
        />
        <PasswordField
          name="password"
          label="New password"
          autocomplete="new-password"
          hint={props.passwordHint}
          required
          error={sentError(props.sent, "password")}
        />
        <Buttons main={{ label: "Change the password" }} />
      </Form>
    )}
    <h2>Where you are signed in</h2>
    <ul class="plain">
      {props.sessions.map((session) => (
        <li>
          Since {momentInWords(session.startedAt)}
          {session.isThisOne ? <b> (here)</b> : null}
        </li>
      ))}
    </ul>
    {props.sessions.length > 1 ? (
      <Form action="/account/sessions/end" label="Sign out everywhere else">
        <Buttons main={{ label: "Sign out everywhere else" }} />
      </Form>
    ) : (
      <p class="soft">You are signed in nowhere else.</p>
    )}
  </div>
);

interface NewPasswordPageProps {
  name: string;
  action: string;
  back: string;
  passwordHint: string;
  sent?: Sent | undefined;
}

/** An administrator helps someone who has lost their password. */
export const NewPasswordPage: FC<NewPasswordPageProps> = ({ name, action, back, passwordHint, sent }) => (
  <div class="stack narrow">
    <h1>New password for {name}</h1>
    <p>
      The old password stops working, and {name} is signed out everywhere. Hand the new one over in person or
      by telephone; they can change it under "Your account".
    </p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action={action}>
      <PasswordField
        name="password"
        label="New password"
        autocomplete="new-password"
        hint={passwordHint}
        required
        error={sentError(sent, "password")}
      />
      <Buttons main={{ label: "Set the password" }} quiet={[{ label: "Cancel", href: back }]} />
    </Form>
  </div>
);
