import type { FC } from "hono/jsx";
import { roles } from "../../../platform/database/actor.ts";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { DateField, Select, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Buttons, ErrorSummary, FieldRow, Form } from "../../../ui/form.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import type { PersonRow } from "../people/person.store.ts";
import { roleLabel } from "../people/role-labels.ts";
import type { Award, Organization, Site } from "./organization.store.ts";

interface NewOrganizationProps {
  types: ReadonlyMap<string, string>;
  states: readonly { code: string; name: string }[];
  sent?: Sent | undefined;
}

export const NewOrganizationPage: FC<NewOrganizationProps> = ({ types, states, sent }) => (
  <div class="stack narrow">
    <h1>Add an organization</h1>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action="/directory/organizations">
      <TextField
        name="name"
        label="Name"
        required
        value={sentText(sent, "name")}
        error={sentError(sent, "name")}
      />
      <Select
        name="type"
        label="Type"
        required
        value={sentText(sent, "type")}
        error={sentError(sent, "type")}
        options={[...types].filter(([code]) => code !== "hub").map(([value, label]) => ({ value, label }))}
      />
      <Select
        name="state"
        label="State"
        required={false}
        value={sentText(sent, "state")}
        error={sentError(sent, "state")}
        options={states.map((state) => ({ value: state.code, label: state.name }))}
      />
      <TextField
        name="code"
        label="Grantee code"
        hint="The code under which this organization's rows stand in rosters, such as G01."
        required={false}
        width="short"
        value={sentText(sent, "code")}
        error={sentError(sent, "code")}
      />
      <Buttons
        main={{ label: "Add the organization" }}
        quiet={[{ label: "Cancel", href: "/directory/organizations" }]}
      />
    </Form>
  </div>
);

interface OrganizationPageProps {
  organization: Organization;
  typeLabel: string;
  people: readonly PersonRow[];
  awards: readonly Award[];
  sites: readonly Site[];
  mayManage: boolean;
}

export const OrganizationPage: FC<OrganizationPageProps> = ({
  organization,
  typeLabel,
  people,
  awards,
  sites,
  mayManage,
}) => {
  const place = `/directory/organizations/${organization.id}`;
  return (
    <div class="stack">
      <h1>{organization.name}</h1>
      <p class="soft">
        {[
          typeLabel,
          organization.state,
          organization.granteeCodes.length > 0
            ? `grantee code ${organization.granteeCodes.join(", ")}`
            : null,
        ]
          .filter(Boolean)
          .join(" · ")}
      </p>
      <h2>People</h2>
      {people.length === 0 ? (
        <p>Nobody works for this organization in the hub yet.</p>
      ) : (
        <SimpleTable
          caption={`People of ${organization.name}`}
          captionHidden
          columns={[
            { label: "Name" },
            { label: "Role" },
            { label: "E-mail" },
            { label: "Since" },
            ...(mayManage ? [{ label: "Actions" }] : []),
          ]}
          rows={people.map((person) => [
            person.name,
            roleLabel(person.role, person.grants),
            person.email,
            person.startedOn,
            ...(mayManage
              ? [
                  <div class="actions">
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
                  </div>,
                ]
              : []),
          ])}
        />
      )}
      {mayManage ? <Buttons quiet={[{ label: "Add a person", href: `${place}/people/new` }]} /> : null}
      <h2>Awards</h2>
      {awards.length === 0 ? (
        <p>No award is recorded.</p>
      ) : (
        <SimpleTable
          caption={`Awards of ${organization.name}`}
          captionHidden
          columns={[
            { label: "Program" },
            { label: "Number" },
            { label: "From" },
            { label: "To" },
            { label: "Code in rosters" },
          ]}
          rows={awards.map((award) => [
            award.program,
            award.number,
            award.startsOn,
            award.endsOn,
            award.granteeCode ?? "-",
          ])}
        />
      )}
      {mayManage ? <Buttons quiet={[{ label: "Add an award", href: `${place}/awards/new` }]} /> : null}
      <h2>Training sites</h2>
      {sites.length === 0 ? (
        <p>Sites appear here as soon as a roster names them.</p>
      ) : (
        <SimpleTable
          caption={`Training sites of ${organization.name}`}
          captionHidden
          columns={[{ label: "Site" }, { label: "County" }, { label: "Rural" }]}
          rows={sites.map((site) => [
            site.name,
            site.county ? `${site.county}, ${site.state}` : "County not known",
            site.isRural === null ? "Not known" : site.isRural ? "Rural" : "Not rural",
          ])}
        />
      )}
    </div>
  );
};

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

export const NewAwardPage: FC<{ organization: Organization; sent?: Sent | undefined }> = ({
  organization,
  sent,
}) => (
  <div class="stack narrow">
    <h1>Add an award</h1>
    <ErrorSummary errors={sentErrors(sent)} />
    <Form action={`/directory/organizations/${organization.id}/awards`}>
      <TextField
        name="program"
        label="Program"
        hint="Such as OIFSP or BHWET."
        required
        width="medium"
        value={sentText(sent, "program")}
        error={sentError(sent, "program")}
      />
      <TextField
        name="number"
        label="Award number"
        required
        width="medium"
        value={sentText(sent, "number")}
        error={sentError(sent, "number")}
      />
      <FieldRow>
        <DateField
          name="starts"
          label="From"
          required
          value={sentText(sent, "starts")}
          error={sentError(sent, "starts")}
        />
        <DateField
          name="ends"
          label="To"
          required
          value={sentText(sent, "ends")}
          error={sentError(sent, "ends")}
        />
      </FieldRow>
      <TextField
        name="code"
        label="Grantee code in rosters"
        required={false}
        width="short"
        value={sentText(sent, "code")}
        error={sentError(sent, "code")}
      />
      <Buttons
        main={{ label: "Add the award" }}
        quiet={[{ label: "Cancel", href: `/directory/organizations/${organization.id}` }]}
      />
    </Form>
  </div>
);
