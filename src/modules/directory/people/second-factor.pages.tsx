import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { CodeList } from "../../../ui/code-list.tsx";
import { Details } from "../../../ui/details.tsx";
import { TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";
import { PasskeyForm } from "../../../ui/passkey-form.tsx";
import { QrPlate } from "../../../ui/qr-plate.tsx";

interface CodeFieldProps {
  label: string;
  hint?: string;
  sent: Sent | undefined;
}

const CodeField: FC<CodeFieldProps> = ({ label, hint, sent }) => (
  <TextField
    name="code"
    label={label}
    hint={hint}
    autocomplete="one-time-code"
    spellcheck={false}
    maxlength={30}
    width="medium"
    required
    error={sentError(sent, "code")}
  />
);

/** The second step of signing in. */
export const ShowSecondFactorPage: FC<{
  name: string;
  to: string;
  sent?: Sent | undefined;
}> = ({ name, to, sent }) => (
  <div class="stack narrow">
    <h1>One more step, {name}</h1>
    <p>Open your authenticator app and type the six digits that it shows for this hub.</p>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action="/sign-in/second-factor">
      <Hidden name="to" value={to} />
      <CodeField
        label="Code"
        hint="Six digits from the app, or one of your recovery codes, such as ABCD-EFGH-JKLM-NPQR-STUV-WXYZ-2345."
        sent={sent}
      />
      <Buttons main={{ label: "Go on" }} />
    </Form>
    <PasskeyForm action="/sign-in/passkey" options="/sign-in/passkey/options" label="Use a passkey instead">
      <Hidden name="to" value={to} />
    </PasskeyForm>
    <Details summary="I have neither the app nor a recovery code">
      <p>
        An administrator of your hub can take the lost second factor off your account, after they have made
        sure that it is you. Then you set up a new one.
      </p>
    </Details>
    <ActionButton action="/sign-out" label="Cancel and sign out" />
  </div>
);

/** The secret in groups of four, as one types it. */
const inGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(" ") ?? secret;

/** Makes the second factor: scan, or type, then show that it works. */
export const SetUpSecondFactorPage: FC<{
  secret: string;
  /** What the QR code says. */
  address: string;
  /** Why one must, for those who have to. */
  isRequired: boolean;
  to: string;
  sent?: Sent | undefined;
}> = ({ secret, address, isRequired, to, sent }) => (
  <div class="stack narrow">
    <h1>Set up a second factor</h1>
    <p>
      {isRequired
        ? "Administrators and hub staff sign in with two things: what they know and what they have. "
        : "With a second factor, a stolen password alone is not enough to get in. "}
      It takes two minutes.
    </p>
    <ErrorSummary errors={sentErrors(sent)} />
    <ol class="usa-list">
      <li>
        Open an authenticator app on your telephone. Any will do, also the one of your password manager.
      </li>
      <li>
        Scan this picture with it.
        <QrPlate text={address} />
        <Details summary="I cannot scan it">
          <p>Choose "enter a key" in the app, and type this key:</p>
          <p>
            <code>{inGroups(secret)}</code>
          </p>
        </Details>
      </li>
      <li>Type the six digits that the app shows now.</li>
    </ol>
    <Form action="/account/second-factor">
      <Hidden name="to" value={to} />
      <CodeField label="Code" sent={sent} />
      <Buttons
        main={{ label: "Check the code" }}
        quiet={isRequired ? [] : [{ label: "Cancel", href: "/account" }]}
      />
    </Form>
    {isRequired ? <ActionButton action="/sign-out" label="Cancel and sign out" /> : null}
  </div>
);

/** The codes, once. */
export const RecoveryCodesPage: FC<{ codes: readonly string[]; isNew: boolean; next: string }> = ({
  codes,
  isNew,
  next,
}) => (
  <div class="stack narrow">
    <h1>{isNew ? "Your second factor is set up" : "Your new recovery codes"}</h1>
    <Alert kind="warn" heading="Keep these recovery codes">
      <p>
        Each signs you in once when you do not have your authenticator. Print this page, or put them into your
        password manager. They are shown now and never again
        {isNew ? "." : "; the earlier ones have stopped working."}
      </p>
    </Alert>
    <CodeList codes={codes} />
    <Buttons main={{ label: "I have kept them", href: next }} />
  </div>
);
