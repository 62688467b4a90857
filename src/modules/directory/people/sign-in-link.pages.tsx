import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { PasswordField, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";

/** What a page that sends a link says. */
export interface LinkWords {
  title: string;
  intro: string;
  button: string;
  action: string;
}

/** Asks for the address a link goes to. */
export const AskForLinkPage: FC<{
  words: LinkWords;
  to: string;
  /** The hub has no mail server: an administrator hands links over. */
  sendsNoMail: boolean;
  sent?: Sent | undefined;
  problem?: string | undefined;
}> = ({ words, to, sendsNoMail, sent, problem }) => (
  <div class="stack narrow">
    <h1>{words.title}</h1>
    <p>{words.intro}</p>
    {sendsNoMail ? (
      <Alert kind="info">
        <p>
          This hub does not send mail yet. What you ask for here waits for its administrator to hand over.
        </p>
      </Alert>
    ) : null}
    <ErrorSummary errors={problem ? [{ name: "email", message: problem }] : sentErrors(sent)} />
    <Form action={words.action}>
      <Hidden name="to" value={to} />
      <TextField
        name="email"
        label="E-mail"
        type="email"
        autocomplete="username"
        required
        value={sentText(sent, "email")}
        error={sentError(sent, "email")}
      />
      <Buttons main={{ label: words.button }} quiet={[{ label: "Back to signing in", href: "/sign-in" }]} />
    </Form>
  </div>
);

/** The same words whether anybody has the address or not. */
export const LinkAskedPage: FC<{ minutes: number }> = ({ minutes }) => (
  <div class="stack narrow">
    <h1>Look into your mail</h1>
    <p>
      If somebody signs in here with that address, a link is on its way to it. It works once, for {minutes}{" "}
      minutes.
    </p>
    <p class="soft">
      Nothing after some minutes? Look among unwanted mail, check that you typed the address with which you
      are known here, and ask again.
    </p>
    <Buttons quiet={[{ label: "Back to signing in", href: "/sign-in" }]} />
  </div>
);

/** A button, so that a program which opens every link of a mail does not use the link up. */
export const UseLinkPage: FC<{ name: string; action: string }> = ({ name, action }) => (
  <div class="stack narrow">
    <h1>Welcome back, {name}</h1>
    <p>One press, and you are signed in on this device.</p>
    <Form action={action}>
      <Buttons main={{ label: "Sign in" }} />
    </Form>
  </div>
);

/** Whoever follows a link that is used, too old or broken off by a mail program. */
export const LinkGonePage: FC<{ isInvitation: boolean }> = ({ isInvitation }) => (
  <div class="stack narrow">
    <h1>This link does not work any more</h1>
    <p>Links work once and not for ever, and a newer one ends the older ones. Ask for a fresh one:</p>
    <Buttons
      main={
        isInvitation
          ? { label: "Send me a new link", href: "/sign-in/new-password" }
          : { label: "Send me a new link", href: "/sign-in/link" }
      }
      quiet={[{ label: "Back to signing in", href: "/sign-in" }]}
    />
  </div>
);

/** A password for somebody invited, or in place of a lost one. */
export const ChoosePasswordPage: FC<{
  name: string;
  email: string;
  isInvitation: boolean;
  action: string;
  passwordHint: string;
  sent?: Sent | undefined;
}> = ({ name, email, isInvitation, action, passwordHint, sent }) => (
  <div class="stack narrow">
    <h1>{isInvitation ? `Welcome, ${name}` : "Choose a new password"}</h1>
    <p>
      {isInvitation ? "You sign in as" : "For"} <b>{email}</b>.
    </p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action={action}>
      {/* For password managers: whose password this is. */}
      <input type="hidden" name="username" autocomplete="username" value={email} />
      <PasswordField
        name="password"
        label={isInvitation ? "Choose a password" : "New password"}
        autocomplete="new-password"
        hint={passwordHint}
        required
        error={sentError(sent, "password")}
      />
      <Buttons main={{ label: isInvitation ? "Save it and go in" : "Save the new password" }} />
    </Form>
  </div>
);
