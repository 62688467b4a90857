import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { DateField, Select, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, FieldRow, Form, Hidden } from "../../../ui/form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import type { PersonRow } from "../people/person.store.ts";
import type { Award, Organization, Site } from "./organization.store.ts";
import { People } from "./organization-people.pages.tsx";

interface NewOrganizationProps {
  types: ReadonlyMap<string, string>;
  states: readonly { code: string; name: string }[];
  sent?: Sent | undefined;
}

/** The form alone. `to`: where to go when it is added, the organization's page where nothing is said; `cancelHref` null: no way back. */
export const NewOrganizationForm: FC<
  NewOrganizationProps & { to?: string | undefined; cancelHref?: null | undefined }
> = ({ types, states, sent, to, cancelHref }) => (
  <Form action="/directory/organizations">
    {to ? <Hidden name="to" value={to} /> : null}
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
      quiet={cancelHref === null ? [] : [{ label: "Cancel", href: to ?? "/directory/organizations" }]}
    />
  </Form>
);

export const NewOrganizationPage: FC<NewOrganizationProps> = (props) => (
  <div class="stack narrow">
    <h1>Add an organization</h1>
    <ErrorSummary errors={sentErrors(props.sent)} />
    <NewOrganizationForm {...props} to={sentText(props.sent, "to") || undefined} />
  </div>
);

interface OrganizationPageProps {
  organization: Organization;
  typeLabel: string;
  people: readonly PersonRow[];
  /** Addresses that the last mail came back from, in lower case. */
  returned: ReadonlySet<string>;
  awards: readonly Award[];
  sites: readonly Site[];
  mayManage: boolean;
}

export const OrganizationPage: FC<OrganizationPageProps> = ({
  organization,
  typeLabel,
  people,
  returned,
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
      <People people={people} returned={returned} place={place} mayManage={mayManage} />
      {mayManage ? (
        <p>
          For programs: <a href={`${place}/tokens`}>API tokens</a>, <a href={`${place}/webhooks`}>webhooks</a>
        </p>
      ) : null}
      <DataTable
        caption="Awards"
        rows={awards}
        empty={<p>No award is recorded.</p>}
        columns={[
          { key: "program", label: "Program", cell: (award) => award.program },
          { key: "number", label: "Number", oneLine: true, cell: (award) => award.number },
          { key: "from", label: "From", oneLine: true, cell: (award) => dayInWords(award.startsOn) },
          { key: "to", label: "To", oneLine: true, cell: (award) => dayInWords(award.endsOn) },
          { key: "code", label: "Code in rosters", cell: (award) => award.granteeCode },
        ]}
      />
      {mayManage ? <Buttons quiet={[{ label: "Add an award", href: `${place}/awards/new` }]} /> : null}
      <DataTable
        caption="Training sites"
        rows={sites}
        empty={<p>Sites appear here as soon as a roster names them.</p>}
        columns={[
          { key: "site", label: "Site", wrap: true, cell: (site) => site.name },
          {
            key: "county",
            label: "County",
            cell: (site) => (site.county ? `${site.county}, ${site.state}` : "Not known"),
          },
          {
            key: "rural",
            label: "Rural",
            cell: (site) => (site.isRural === null ? "Not known" : site.isRural ? "Rural" : "Not rural"),
          },
        ]}
      />
    </div>
  );
};

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
