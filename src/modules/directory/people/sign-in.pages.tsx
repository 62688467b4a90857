import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Card } from "../../../ui/card.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { PasswordField, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";
import { languageNow } from "../../../ui/language.ts";
import { PasskeyForm } from "../../../ui/passkey-form.tsx";
import { sayWith } from "../../../ui/words.tsx";
import type { MembershipChoice } from "./person.store.ts";
import { roleLabel } from "./role-labels.ts";
import { saySignIn as say } from "./sign-in.words.ts";

export interface DemoPerson {
  name: string;
  email: string;
  roleInWords: string;
}

interface SignInPageProps {
  to: string;
  sent?: Sent | undefined;
  /** One sentence about a refused attempt. */
  problem?: string | undefined;
  demo: { people: readonly DemoPerson[]; password: string } | null;
  /** What the agency's own sign-in is called; null where there is none. */
  agency: string | null;
}

const withTo = (path: string, to: string): string =>
  to === "/work" ? path : `${path}?to=${encodeURIComponent(to)}`;

/** E-mail and password, and the other ways in; in a demonstration hub also who one may be. */
export const SignInPage: FC<SignInPageProps> = ({ to, sent, problem, demo, agency }) => {
  const errors = sentErrors(sent);
  return (
    <div class="stack narrow">
      <h1>{say("signIn")}</h1>
      <ErrorSummary errors={problem ? [{ name: "email", message: problem }, ...errors] : errors} />
      <Form action="/sign-in">
        <Hidden name="to" value={to} />
        <TextField
          name="email"
          label={say("email")}
          type="email"
          autocomplete="username"
          required
          value={sentText(sent, "email")}
          error={sentError(sent, "email")}
        />
        <PasswordField name="password" label={say("password")} required error={sentError(sent, "password")} />
        <Buttons main={{ label: say("signIn") }} />
      </Form>
      <div class="stack">
        <h2>{say("otherWays")}</h2>
        {agency ? (
          <p>
            <a class="usa-button usa-button--outline" href={withTo("/sign-in/agency", to)}>
              {say("agency", { agency })}
            </a>
          </p>
        ) : null}
        <PasskeyForm action="/sign-in/passkey" options="/sign-in/passkey/options" label={say("passkey")}>
          <Hidden name="to" value={to} />
        </PasskeyForm>
        <p>
          <a href={withTo("/sign-in/link", to)}>{say("link")}</a>
          <br />
          <a href="/sign-in/new-password">{say("lost")}</a>
        </p>
      </div>
      {demo ? (
        <Card heading={say("demo")}>
          <p>{sayWith(say("demoText"), { password: <code class="nowrap">{demo.password}</code> })}</p>
          <DescriptionList
            items={demo.people.map((person) => ({
              term: (
                <>
                  <b class="ink">{person.name}</b>
                  <br />
                  {person.email}
                </>
              ),
              // Part of the demonstration, and in English as all of it.
              value: <span lang={languageNow() === "en" ? undefined : "en"}>{person.roleInWords}</span>,
            }))}
          />
        </Card>
      ) : (
        <p class="soft">{say("noAccount")}</p>
      )}
    </div>
  );
};

/** For whom one works today. */
export const SwitchPage: FC<{ choices: readonly MembershipChoice[]; current: string }> = ({
  choices,
  current,
}) => (
  <div class="stack narrow">
    <h1>Work for another organization</h1>
    <p>What you see and may do follows the organization and the role you choose.</p>
    <ul class="plain">
      {choices.map((choice) => (
        <li class="row">
          <span>
            <b>{choice.organizationName}</b>
            <br />
            <span class="soft">{roleLabel(choice.role, choice.grants)}</span>
          </span>
          {choice.membershipId === current ? (
            <span>You work here now</span>
          ) : (
            <form method="post" action="/switch">
              <Hidden name="membership" value={choice.membershipId} />
              <button class="usa-button usa-button--outline" type="submit">
                Switch<span class="usa-sr-only"> to {choice.organizationName}</span>
              </button>
            </form>
          )}
        </li>
      ))}
    </ul>
  </div>
);
