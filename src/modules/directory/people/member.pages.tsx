import type { FC } from "hono/jsx";
import { type Role, roles } from "../../../platform/database/actor.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Card } from "../../../ui/card.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { PasswordField, Select, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { dayInWords, momentInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import type { Member } from "./member.store.ts";
import { roleLabel } from "./role-labels.ts";

/** Roles of the hub's own people, or of everybody else's. */
export const rolesOf = (isHub: boolean): Role[] =>
  roles.filter((role) => isHub === (role === "administrator" || role === "hub_staff"));

/** Has never chosen a way to sign in: the invitation is still open. */
export const isInvited = (member: Pick<Member, "hasPassword" | "hasAgency" | "passkeys">): boolean =>
  !member.hasPassword && !member.hasAgency && member.passkeys === 0;

interface MemberPageProps {
  member: Member;
  place: string;
  isHub: boolean;
  isOneself: boolean;
  /** Everybody of the demonstration signs in with it: it stays as it is. */
  isShared: boolean;
  memberships: readonly {
    organization: string;
    role: Role;
    grants: string[];
    startedOn: string;
    endedOn: string | null;
  }[];
  sent?: Sent | undefined;
}

const waysIn = (member: Member): string =>
  [
    member.hasPassword ? "password" : null,
    member.hasAuthenticator ? "authenticator app" : null,
    member.passkeys > 0 ? (member.passkeys === 1 ? "a passkey" : `${member.passkeys} passkeys`) : null,
    member.hasAgency ? "the agency's sign-in" : null,
  ]
    .filter(Boolean)
    .join(", ") || "none yet: the invitation has not been followed";

/** One person of an organization, for the administrator who helps them. */
export const MemberPage: FC<MemberPageProps> = (props) => {
  const { member, sent, memberships } = props;
  return (
    <div class="stack narrow">
      <h1>{member.name}</h1>
      {member.isDeactivated ? (
        <Alert kind="warn">
          <p>Deactivated: nobody can sign in as {member.name}. What they did stays under their name.</p>
        </Alert>
      ) : null}
      <ErrorSummary errors={sentErrors(sent)} />
      <DescriptionList
        items={[
          { term: "E-mail", value: member.email },
          { term: "Role", value: roleLabel(member.role, member.grants) },
          { term: "Ways in", value: waysIn(member) },
          {
            term: "Signed in",
            value: member.lastSessionAt ? `since ${momentInWords(member.lastSessionAt)}` : "nowhere now",
          },
        ]}
      />
      <DataTable
        caption="Works and worked for"
        rows={memberships}
        columns={[
          { key: "organization", label: "Organization", wrap: true, cell: (one) => one.organization },
          { key: "role", label: "Role", cell: (one) => roleLabel(one.role, one.grants) },
          { key: "from", label: "From", oneLine: true, cell: (one) => dayInWords(one.startedOn) },
          {
            key: "to",
            label: "To",
            oneLine: true,
            cell: (one) => (one.endedOn ? dayInWords(one.endedOn) : "today"),
          },
        ]}
      />
      {member.endedOn === null ? <MemberForms {...props} /> : null}
    </div>
  );
};

const MemberForms: FC<MemberPageProps> = ({ member, place, isHub, isOneself, isShared, sent }) => (
  <>
    <Card heading="Name and e-mail">
      {isShared ? (
        <p class="soft">Fixed: this is one of the people of the demonstration.</p>
      ) : (
        <Form action={`${place}/name`} label="Name and e-mail">
          <TextField
            name="name"
            label="Name"
            autocomplete="off"
            required
            value={sentText(sent, "name") ?? member.name}
            error={sentError(sent, "name")}
          />
          <TextField
            name="email"
            label="E-mail"
            type="email"
            autocomplete="off"
            required
            value={sentText(sent, "email") ?? member.email}
            error={sentError(sent, "email")}
          />
          <Buttons main={{ label: "Save" }} />
        </Form>
      )}
    </Card>
    {isOneself ? null : (
      <Card heading="Role">
        <Form action={`${place}/role`} label="Role">
          <Select
            name="role"
            label="Role"
            hint="It counts from the person's next click on."
            required
            value={sentText(sent, "role") ?? member.role}
            error={sentError(sent, "role")}
            options={rolesOf(isHub).map((role) => ({ value: role, label: roleLabel(role) }))}
          />
          {isHub ? (
            <Select
              name="grant"
              label="Grant of hub staff"
              hint="An evaluator reads records under pseudonyms and changes nothing."
              required={false}
              value={sentText(sent, "grant") ?? member.grants[0]}
              options={["librarian", "reviewer", "facilitator", "evaluator"].map((grant) => ({
                value: grant,
                label: grant,
              }))}
            />
          ) : null}
          <Buttons main={{ label: "Change the role" }} />
        </Form>
      </Card>
    )}
    {isShared || isOneself || member.isDeactivated ? null : (
      <Card heading="Help with signing in">
        <div class="buttons">
          <ActionButton
            action={`${place}/link`}
            label={isInvited(member) ? "Send the invitation again" : "Send a link for a new password"}
          />
          {member.hasPassword ? (
            <a class="usa-button usa-button--outline" href={`${place}/password`}>
              Set a new password by hand
            </a>
          ) : null}
          {member.hasAuthenticator ? (
            <ActionButton action={`${place}/second-factor/remove`} label="Take the authenticator off" />
          ) : null}
        </div>
        {member.hasAuthenticator ? (
          <p class="soft">
            Take the authenticator off only after you have made sure, by voice or in person, that it is{" "}
            {member.name} who asks.
          </p>
        ) : null}
      </Card>
    )}
    {isOneself ? null : (
      <Card heading="Leaving">
        <p>
          End the membership when somebody leaves this organization. Deactivate them when they should not come
          in at all, whatever else they work for: their API tokens end with that. Both keep what they did.
        </p>
        <div class="buttons">
          <ActionButton action={`${place}/end`} label="End the membership" />
          {member.isDeactivated ? (
            <ActionButton action={`${place}/reactivate`} label="Let them in again" />
          ) : (
            <ActionButton action={`${place}/deactivate`} label="Deactivate" danger />
          )}
        </div>
      </Card>
    )}
  </>
);

interface NewPasswordPageProps {
  name: string;
  action: string;
  back: string;
  passwordHint: string;
  sent?: Sent | undefined;
}

/** An administrator helps someone who has lost their password and gets no mail. */
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
