import type { FC } from "hono/jsx";
import { roles } from "../../../platform/database/actor.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Select, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import type { PersonRow } from "../people/person.store.ts";
import { roleLabel } from "../people/role-labels.ts";
import type { Organization } from "./organization.store.ts";

/** Who works for an organization; an administrator helps them in and out. */
export const People: FC<{
  people: readonly PersonRow[];
  /** Addresses that the last mail came back from, in lower case. */
  returned: ReadonlySet<string>;
  place: string;
  mayManage: boolean;
}> = ({ people, returned, place, mayManage }) => (
  <>
    <DataTable
      caption="People"
      rows={people}
      empty={<p>Nobody works for this organization in the hub yet.</p>}
      columns={[
        {
          key: "name",
          label: "Name",
          wrap: true,
          cell: (person) => (
            <>
              {mayManage ? <a href={`${place}/people/${person.membershipId}`}>{person.name}</a> : person.name}
              {person.isDeactivated ? (
                <>
                  {" "}
                  <Tag tone="warn">Deactivated</Tag>
                </>
              ) : person.isInvited ? (
                <>
                  {" "}
                  <Tag>Invited</Tag>
                </>
              ) : null}
            </>
          ),
        },
        { key: "role", label: "Role", cell: (person) => roleLabel(person.role, person.grants) },
        {
          key: "email",
          label: "E-mail",
          wrap: true,
          cell: (person) => (
            <>
              {person.email}
              {returned.has(person.email.toLowerCase()) ? (
                <>
                  {" "}
                  <Tag tone="bad">Mail came back</Tag>
                </>
              ) : null}
            </>
          ),
        },
        { key: "since", label: "Since", oneLine: true, cell: (person) => dayInWords(person.startedOn) },
      ]}
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
      Someone who has a sign-in already keeps their own password. Everyone else gets an e-mail with a link,
      and chooses one.
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
        hint="Leave it empty to send an invitation. For somebody without e-mail at hand: at least 12 characters, handed over in person."
        error={sentError(sent, "password")}
      />
      <Buttons
        main={{ label: "Add the person" }}
        quiet={[{ label: "Cancel", href: `/directory/organizations/${organization.id}` }]}
      />
    </Form>
  </div>
);
