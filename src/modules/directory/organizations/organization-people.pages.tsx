import type { FC } from "hono/jsx";
import { roles } from "../../../platform/database/actor.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Select, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { DataTable } from "../../../ui/table.tsx";
import type { PersonRow } from "../people/person.store.ts";
import { roleLabel } from "../people/role-labels.ts";
import type { Organization } from "./organization.store.ts";

/** Who works for an organization; an administrator helps them in and out. */
export const People: FC<{ people: readonly PersonRow[]; place: string; mayManage: boolean }> = ({
  people,
  place,
  mayManage,
}) => (
  <>
    <DataTable
      caption="People"
      rows={people}
      empty={<p>Nobody works for this organization in the hub yet.</p>}
      columns={[
        { key: "name", label: "Name", cell: (person) => person.name },
        { key: "role", label: "Role", cell: (person) => roleLabel(person.role, person.grants) },
        { key: "email", label: "E-mail", wrap: true, cell: (person) => person.email },
        { key: "since", label: "Since", cell: (person) => person.startedOn },
      ]}
      actions={
        mayManage
          ? (person) => (
              <>
                <a href={`${place}/people/${person.membershipId}/password`}>
                  New password<span class="usa-sr-only"> for {person.name}</span>
                </a>
                <ActionButton
                  action={`${place}/people/${person.membershipId}/end`}
                  label={
                    <>
                      End<span class="usa-sr-only"> the membership of {person.name}</span>
                    </>
                  }
                />
              </>
            )
          : undefined
      }
    />
    {mayManage ? <Buttons quiet={[{ label: "Add a person", href: `${place}/people/new` }]} /> : null}
  </>
);

export const NewPersonPage: FC<{
  organization: Organization;
  isHub: boolean;
  sent?: Sent | undefined;
  problem?: string | undefined;
}> = ({ organization, isHub, sent, problem }) => (
  <div class="stack narrow">
    <h1>Add a person</h1>
    <p>
      Someone who has a sign-in already keeps their own password. Everyone else signs in with the first
      password that you give them here.
    </p>
    <ErrorSummary errors={problem ? [{ name: "email", message: problem }] : sentErrors(sent)} />
    <Form action={`/directory/organizations/${organization.id}/people`}>
      <TextField
        name="name"
        label="Name"
        autocomplete="off"
        required
        value={sentText(sent, "name")}
        error={sentError(sent, "name")}
      />
      <TextField
        name="email"
        label="E-mail"
        type="email"
        autocomplete="off"
        required
        value={sentText(sent, "email")}
        error={sentError(sent, "email")}
      />
      <Select
        name="role"
        label="Role"
        required
        value={sentText(sent, "role")}
        error={sentError(sent, "role")}
        options={roles
          .filter((role) => isHub === (role === "administrator" || role === "hub_staff"))
          .map((role) => ({ value: role, label: roleLabel(role) }))}
      />
      {isHub ? (
        <Select
          name="grant"
          label="Grant of hub staff"
          hint="An evaluator reads records under pseudonyms and changes nothing."
          required={false}
          value={sentText(sent, "grant")}
          options={["librarian", "reviewer", "facilitator", "evaluator"].map((grant) => ({
            value: grant,
            label: grant,
          }))}
        />
      ) : null}
      <TextField
        name="password"
        label="First password"
        autocomplete="new-password"
        hint="At least 12 characters. Hand it over in person; they can change it under Your account."
        required
        error={sentError(sent, "password")}
      />
      <Buttons
        main={{ label: "Add the person" }}
        quiet={[{ label: "Cancel", href: `/directory/organizations/${organization.id}` }]}
      />
    </Form>
  </div>
);
