import type { Child, FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Card } from "../../../ui/card.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { PasswordField, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { momentInWords } from "../../../ui/moment.ts";
import { PasskeyForm } from "../../../ui/passkey-form.tsx";
import type { MembershipChoice } from "./person.store.ts";
import { roleLabel } from "./role-labels.ts";

interface AccountPageProps {
  name: string;
  email: string;
  memberships: readonly MembershipChoice[];
  sessions: readonly { id: string; startedAt: Date; browser: string; isThisOne: boolean }[];
  password: { isSet: boolean; hint: string };
  /** null: no authenticator. */
  authenticator: { since: Date; codesLeft: number } | null;
  mustHaveSecondFactor: boolean;
  passkeys: readonly { id: string; name: string; createdAt: Date; lastUsedAt: Date | null }[];
  /** The agency's own sign-in, where there is one. */
  agency: { label: string; isJoined: boolean } | null;
  /** Everybody signs in with this account: it stays as it is. */
  isShared: boolean;
  /** Further pages of one's account. */
  pages: readonly { label: string; href: string; what: string }[];
  sent?: Sent | undefined;
}

const OnlyForOne: FC<{ isShared: boolean; children?: Child }> = ({ isShared, children }) =>
  isShared ? (
    <p class="soft">All people of the demonstration share one sign-in, so this cannot be changed here.</p>
  ) : (
    <>{children}</>
  );

/** What the hub knows of one's own sign-in, and how to change it. */
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
    <ul class="plain">
      {props.pages.map((page) => (
        <li>
          <a href={page.href}>{page.label}</a>
          <span class="soft">: {page.what}</span>
        </li>
      ))}
    </ul>
    <PasswordCard {...props} />
    <SecondFactorCard {...props} />
    <PasskeysCard {...props} />
    {props.agency ? (
      <Card heading="Your agency's sign-in">
        {props.agency.isJoined ? (
          <p>You can sign in with {props.agency.label}.</p>
        ) : (
          <OnlyForOne isShared={props.isShared}>
            <p>Join the two once, and sign in there from then on.</p>
            <Buttons
              quiet={[{ label: `Join with ${props.agency.label}`, href: "/sign-in/agency?to=/account" }]}
            />
          </OnlyForOne>
        )}
      </Card>
    ) : null}
    <SessionsCard {...props} />
  </div>
);

const PasswordCard: FC<AccountPageProps> = ({ password, isShared, sent }) => (
  <Card heading="Password">
    <OnlyForOne isShared={isShared}>
      {password.isSet ? (
        <Form action="/account/password" label="Change the password">
          <PasswordField
            name="current"
            label="Your present password"
            required
            error={sentError(sent, "current")}
          />
          <PasswordField
            name="password"
            label="New password"
            autocomplete="new-password"
            hint={password.hint}
            required
            error={sentError(sent, "password")}
          />
          <Buttons main={{ label: "Change the password" }} />
        </Form>
      ) : (
        <>
          <p>You have no password: you sign in with a link, a passkey or your agency's account.</p>
          <Buttons quiet={[{ label: "Choose a password", href: "/sign-in/new-password" }]} />
        </>
      )}
    </OnlyForOne>
  </Card>
);

const SecondFactorCard: FC<AccountPageProps> = ({ authenticator, mustHaveSecondFactor, isShared }) => (
  <Card heading="Second factor">
    <OnlyForOne isShared={isShared}>
      {authenticator ? (
        <>
          <p>
            An authenticator app has been set up since {momentInWords(authenticator.since)}.{" "}
            <b>
              {authenticator.codesLeft} recovery {authenticator.codesLeft === 1 ? "code" : "codes"}
            </b>{" "}
            left.
          </p>
          {authenticator.codesLeft < 3 ? (
            <Alert kind="warn">
              <p>Make new recovery codes before the last one is gone.</p>
            </Alert>
          ) : null}
          <div class="buttons">
            <ActionButton action="/account/second-factor/codes" label="Make new recovery codes" />
            <ActionButton
              action="/account/second-factor/remove"
              label={mustHaveSecondFactor ? "Set up another authenticator" : "Take it off"}
            />
          </div>
        </>
      ) : (
        <>
          <p>With a second factor, a stolen password alone is not enough to sign in as you.</p>
          <Buttons
            quiet={[{ label: "Set up a second factor", href: "/account/second-factor?to=/account" }]}
          />
        </>
      )}
    </OnlyForOne>
  </Card>
);

const PasskeysCard: FC<AccountPageProps> = ({ passkeys, isShared }) => (
  <Card heading="Passkeys">
    <OnlyForOne isShared={isShared}>
      <p>
        A passkey signs you in with your finger, your face or the PIN of your device, and cannot be stolen by
        mail.
      </p>
      {passkeys.length > 0 ? (
        <ul class="plain">
          {passkeys.map((key) => (
            <li class="row">
              <span>
                <b>{key.name}</b>
                <br />
                <span class="soft">
                  Added {momentInWords(key.createdAt)}
                  {key.lastUsedAt ? `, last used ${momentInWords(key.lastUsedAt)}` : ", not used yet"}
                </span>
              </span>
              <ActionButton
                action={`/account/passkeys/${encodeURIComponent(key.id)}/remove`}
                label={
                  <>
                    Remove<span class="usa-sr-only"> {key.name}</span>
                  </>
                }
              />
            </li>
          ))}
        </ul>
      ) : null}
      <PasskeyForm action="/account/passkeys" options="/account/passkeys/options" label="Add a passkey" makes>
        <TextField
          name="name"
          label="What you call it"
          hint="For example: work laptop"
          maxlength={60}
          autocomplete="off"
        />
      </PasskeyForm>
      <noscript>
        <p class="soft">To add one, switch on JavaScript: browsers make passkeys by script only.</p>
      </noscript>
    </OnlyForOne>
  </Card>
);

const SessionsCard: FC<AccountPageProps> = ({ sessions }) => (
  <Card heading="Where you are signed in">
    <ul class="plain">
      {sessions.map((session) => (
        <li class="row">
          <span>
            Since {momentInWords(session.startedAt)}
            {session.isThisOne ? <b> (here)</b> : null}
            <br />
            <span class="soft">{session.browser}</span>
          </span>
          {session.isThisOne ? null : (
            <ActionButton
              action={`/account/sessions/${session.id}/end`}
              label={
                <>
                  Sign out<span class="usa-sr-only"> there, since {momentInWords(session.startedAt)}</span>
                </>
              }
            />
          )}
        </li>
      ))}
    </ul>
    {sessions.length > 1 ? (
      <Form action="/account/sessions/end" label="Sign out everywhere else">
        <Buttons main={{ label: "Sign out everywhere else" }} />
      </Form>
    ) : (
      <p class="soft">You are signed in nowhere else.</p>
    )}
  </Card>
);
