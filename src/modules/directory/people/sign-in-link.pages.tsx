import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { PasswordField, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";
import { sayWith } from "../../../ui/words.tsx";
import { saySignInLink as say, saySignIn } from "./sign-in.words.ts";

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
        <p>{say("noMail")}</p>
      </Alert>
    ) : null}
    <ErrorSummary errors={problem ? [{ name: "email", message: problem }] : sentErrors(sent)} />
    <Form action={words.action}>
      <Hidden name="to" value={to} />
      <TextField
        name="email"
        label={saySignIn("email")}
        type="email"
        autocomplete="username"
        required
        value={sentText(sent, "email")}
        error={sentError(sent, "email")}
      />
      <Buttons main={{ label: words.button }} quiet={[{ label: saySignIn("back"), href: "/sign-in" }]} />
    </Form>
  </div>
);

/** The same words whether anybody has the address or not. */
export const LinkAskedPage: FC<{ minutes: number }> = ({ minutes }) => (
  <div class="stack narrow">
    <h1>{say("asked")}</h1>
    <p>{say("askedText", { minutes })}</p>
    <p class="soft">{say("askedHelp")}</p>
    <Buttons quiet={[{ label: saySignIn("back"), href: "/sign-in" }]} />
  </div>
);

/** A button, so that a program which opens every link of a mail does not use the link up. */
export const UseLinkPage: FC<{ name: string; action: string }> = ({ name, action }) => (
  <div class="stack narrow">
    <h1>{say("welcomeBack", { name })}</h1>
    <p>{say("onePress")}</p>
    <Form action={action}>
      <Buttons main={{ label: saySignIn("signIn") }} />
    </Form>
  </div>
);

/** Whoever follows a link that is used, too old or broken off by a mail program. */
export const LinkGonePage: FC<{ isInvitation: boolean }> = ({ isInvitation }) => (
  <div class="stack narrow">
    <h1>{say("gone")}</h1>
    <p>{say("goneText")}</p>
    <Buttons
      main={
        isInvitation
          ? { label: say("sendNew"), href: "/sign-in/new-password" }
          : { label: say("sendNew"), href: "/sign-in/link" }
      }
      quiet={[{ label: saySignIn("back"), href: "/sign-in" }]}
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
    <h1>{isInvitation ? say("welcomeName", { name }) : say("passwordTitle")}</h1>
    <p>{sayWith(say(isInvitation ? "signInAs" : "for"), { email: <b>{email}</b> })}</p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action={action}>
      {/* For password managers: whose password this is. */}
      <input type="hidden" name="username" autocomplete="username" value={email} />
      <PasswordField
        name="password"
        label={say(isInvitation ? "choose" : "new")}
        autocomplete="new-password"
        hint={passwordHint}
        required
        error={sentError(sent, "password")}
      />
      <Buttons main={{ label: say(isInvitation ? "saveAndGo" : "save") }} />
    </Form>
  </div>
);
