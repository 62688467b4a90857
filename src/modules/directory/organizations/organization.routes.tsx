import { z } from "zod";
import { type Grant, grants, type Role, roles } from "../../../platform/database/actor.ts";
import { readCodeList } from "../../../platform/database/code-lists.ts";
import { hashPassword, SHORTEST_PASSWORD } from "../../../platform/sign-in/sign-in.ts";
import { filterText, listHref, listQuery, orderOf, PAGE_SIZE } from "../../../platform/web/list-query.ts";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { tableDownload } from "../../../platform/web/table-download.ts";
import { TextField } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { Buttons } from "../../../ui/form.tsx";
import { DataTable } from "../../../ui/table.tsx";
import {
  awardAdded,
  granteeCodeAdded,
  membershipEnded,
  membershipStarted,
  organizationCreated,
} from "../events.ts";
import { listPeople } from "../people/person.store.ts";
import { listStates } from "../places/place.store.ts";
import { addAward, addPerson, createOrganization, endMembership } from "./organization.actions.ts";
import { NewAwardPage, NewOrganizationPage, NewPersonPage, OrganizationPage } from "./organization.pages.tsx";
import {
  findOrganization,
  findOrganizationByCode,
  listAwards,
  listOrganizations,
  listSites,
  type Organization,
} from "./organization.store.ts";

const PATH = "/directory/organizations";
const HUB = ["administrator", "hub_staff"] as const;
const id = z.object({ id: z.uuid() });
const codeField = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^([A-Z0-9][A-Z0-9._-]{0,39})?$/, "A code has letters, digits, dots and dashes only.")
  .transform((code) => code || null);

async function getOrganization(visit: Visit<{ id: string }, unknown>): Promise<Organization> {
  const organization = await findOrganization(visit.trx, visit.params.id);
  if (!organization) throw notFound("This organization");
  return organization;
}

const crumbs = (organization?: Organization, here?: string) => [
  { label: "Organizations", href: PATH },
  ...(organization ? [{ label: organization.name, href: `${PATH}/${organization.id}` }] : []),
  ...(here ? [{ label: here }] : []),
];

async function showNew(visit: Visit<unknown, unknown>, sent?: Sent): Promise<Response> {
  const [types, states] = [await readCodeList(visit.trx, "organization_type"), await listStates(visit.trx)];
  return visit.page(
    {
      title: "Add an organization",
      breadcrumbs: crumbs(undefined, "Add"),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus"],
    },
    <NewOrganizationPage types={types} states={states} sent={sent} />,
  );
}

async function showNewPerson(
  visit: Visit<{ id: string }, unknown>,
  sent?: Sent,
  problem?: string,
): Promise<Response> {
  const organization = await getOrganization(visit);
  const page = (
    <NewPersonPage
      organization={organization}
      isHub={organization.organizationType === "hub"}
      sent={sent}
      problem={problem}
    />
  );
  return visit.page(
    {
      title: "Add a person",
      breadcrumbs: crumbs(organization, "Add a person"),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus"],
    },
    page,
  );
}

async function showNewAward(visit: Visit<{ id: string }, unknown>, sent?: Sent): Promise<Response> {
  const organization = await getOrganization(visit);
  return visit.page(
    {
      title: "Add an award",
      breadcrumbs: crumbs(organization, "Add an award"),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus"],
    },
    <NewAwardPage organization={organization} sent={sent} />,
  );
}

const organizationKeys = ["name", "state", "type"] as const;

/** Organizations, their people, awards and sites. */
export const organizationRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: PATH,
    who: HUB,
    menu: { label: "Organizations", order: 40 },
    query: z.object({ ...listQuery, q: filterText }),
    handle: async (visit) => {
      const { query } = visit;
      const types = await readCodeList(visit.trx, "organization_type");
      const wanted = query.q?.toLowerCase();
      const order = orderOf(query.sort, organizationKeys, { key: "name", descending: false });
      const text = (row: Organization): string =>
        order.key === "name"
          ? row.name
          : order.key === "state"
            ? (row.state ?? "")
            : (types.get(row.organizationType) ?? "");
      const all = (await listOrganizations(visit.trx))
        .filter(
          (row) =>
            !wanted ||
            `${row.name} ${row.granteeCodes.join(" ")} ${row.state ?? ""}`.toLowerCase().includes(wanted),
        )
        .toSorted((a, b) => text(a).localeCompare(text(b)) * (order.descending ? -1 : 1));
      if (query.format) {
        const columns = [
          { header: "Name", value: (row: Organization) => row.name },
          {
            header: "Type",
            value: (row: Organization) => types.get(row.organizationType) ?? row.organizationType,
          },
          { header: "State", value: (row: Organization) => row.state },
          { header: "Grantee codes", value: (row: Organization) => row.granteeCodes.join("; ") },
        ];
        return tableDownload(visit, { name: "organizations", format: query.format, columns, rows: all });
      }
      const rows = all.slice((query.page - 1) * PAGE_SIZE, query.page * PAGE_SIZE);
      return visit.page(
        { title: "Organizations", breadcrumbs: [] },
        <div class="stack">
          <h1>{all.length} organizations</h1>
          {visit.actor.kind === "person" && visit.actor.role === "administrator" ? (
            <Buttons main={{ label: "Add an organization", href: `${PATH}/new` }} />
          ) : null}
          <DataTable
            caption="Organizations"
            rows={rows}
            sort={query.sort ?? "name"}
            href={(change) => listHref(PATH, query, change)}
            page={{ number: query.page, size: PAGE_SIZE, total: all.length }}
            things="organizations"
            filters={
              <FilterForm action={PATH} clearHref={query.q ? PATH : null}>
                <TextField name="q" label="Name, code or state" type="search" value={query.q} />
              </FilterForm>
            }
            downloads={[
              { label: "CSV", href: listHref(PATH, query, { format: "csv" }) },
              { label: "XLSX", href: listHref(PATH, query, { format: "xlsx" }) },
            ]}
            columns={[
              {
                key: "name",
                label: "Name",
                sort: true,
                wrap: true,
                cell: (row) => <a href={`${PATH}/${row.id}`}>{row.name}</a>,
              },
              {
                key: "type",
                label: "Type",
                sort: true,
                cell: (row) => types.get(row.organizationType) ?? row.organizationType,
              },
              { key: "state", label: "State", sort: true, cell: (row) => row.state ?? "-" },
              { key: "codes", label: "Grantee code", cell: (row) => row.granteeCodes.join(", ") || "-" },
            ]}
          />
        </div>,
      );
    },
  }),
  route({ method: "GET", path: `${PATH}/new`, who: ["administrator"], handle: (visit) => showNew(visit) }),
  route({
    method: "POST",
    path: PATH,
    who: ["administrator"],
    form: z.object({
      name: z
        .string()
        .trim()
        .min(1, "Enter the organization's name.")
        .max(200, "Use at most 200 characters for the name."),
      type: z.string().min(1, "Choose a type."),
      state: z
        .string()
        .regex(/^([A-Z]{2})?$/, "Choose a state of the list.")
        .transform((state) => state || null),
      code: codeField,
    }),
    events: [organizationCreated, granteeCodeAdded],
    again: showNew,
    handle: async (visit, form) => {
      const types = await readCodeList(visit.trx, "organization_type");
      const states = await listStates(visit.trx);
      const errors: Sent["errors"] = {
        ...(types.has(form.type) && form.type !== "hub" ? {} : { type: ["Choose a type of the list."] }),
        ...(form.state === null || states.some((state) => state.code === form.state)
          ? {}
          : { state: ["Choose a state of the list."] }),
        ...(form.code && (await findOrganizationByCode(visit.trx, form.code))
          ? { code: ["Another organization has this code already."] }
          : {}),
      };
      if (Object.keys(errors).length > 0)
        return showNew(visit, {
          values: { ...form, state: form.state ?? "", code: form.code ?? "" },
          errors,
        });
      const made = await createOrganization(visit, {
        name: form.name,
        organizationType: form.type,
        state: form.state,
        granteeCodes: form.code ? [form.code] : [],
      });
      return visit.redirect(`${PATH}/${made}`, { kind: "good", text: "The organization is added." });
    },
  }),
  route({
    method: "GET",
    path: `${PATH}/:id`,
    who: ["administrator", "hub_staff", "organization_lead", "supervisor"],
    params: id,
    handle: async (visit) => {
      const organization = await getOrganization(visit);
      const types = await readCodeList(visit.trx, "organization_type");
      const mayManage = visit.actor.kind === "person" && visit.actor.role === "administrator";
      const page = (
        <OrganizationPage
          organization={organization}
          typeLabel={types.get(organization.organizationType) ?? organization.organizationType}
          people={await listPeople(visit.trx, organization.id)}
          awards={await listAwards(visit.trx, organization.id)}
          sites={await listSites(visit.trx, organization.id)}
          mayManage={mayManage}
        />
      );
      return visit.page(
        { title: organization.name, breadcrumbs: crumbs(undefined, organization.name) },
        page,
      );
    },
  }),
  route({
    method: "GET",
    path: `${PATH}/:id/people/new`,
    who: ["administrator"],
    params: id,
    handle: (visit) => showNewPerson(visit),
  }),
  route({
    method: "POST",
    path: `${PATH}/:id/people`,
    who: ["administrator"],
    params: id,
    form: z.object({
      name: z
        .string()
        .trim()
        .min(1, "Enter the person's name.")
        .max(120, "Use at most 120 characters for the name."),
      email: z.email("Enter an e-mail, such as ada@example.org.").max(254),
      role: z.enum(roles, "Choose a role."),
      grant: z
        .union([z.literal("").transform(() => undefined), z.enum(grants, "Choose a grant of the list.")])
        .optional(),
      password: z
        .string()
        .min(SHORTEST_PASSWORD, `Use at least ${SHORTEST_PASSWORD} characters for the password.`)
        .max(128, "Use at most 128 characters for the password."),
    }),
    events: [membershipStarted],
    again: (visit, sent) => showNewPerson(visit, sent),
    handle: async (visit, form) => {
      const organization = await getOrganization(visit);
      const ofHub = form.role === "administrator" || form.role === "hub_staff";
      const sent: Sent = { values: { name: form.name, email: form.email, role: form.role }, errors: {} };
      if (ofHub !== (organization.organizationType === "hub"))
        return showNewPerson(visit, {
          ...sent,
          errors: { role: ["This role does not belong to this kind of organization."] },
        });
      const people = await listPeople(visit.trx, organization.id);
      if (people.some((person) => person.email === form.email.toLowerCase() && person.role === form.role))
        return showNewPerson(visit, sent, "This person has this role here already.");
      const passwordHash = await hashPassword(visit.platform.signIn, form.password);
      const granted: Grant[] = form.grant && form.role === "hub_staff" ? [form.grant] : [];
      await addPerson(visit, {
        organizationId: organization.id,
        name: form.name,
        email: form.email,
        passwordHash,
        role: form.role as Role,
        grants: granted,
      });
      return visit.redirect(`${PATH}/${organization.id}`, { kind: "good", text: "The person is added." });
    },
  }),
  route({
    method: "POST",
    path: `${PATH}/:id/people/:membership/end`,
    who: ["administrator"],
    params: z.object({ id: z.uuid(), membership: z.uuid() }),
    events: [membershipEnded],
    handle: async (visit) => {
      const organization = await getOrganization(visit);
      if (visit.actor.kind === "person" && visit.actor.membershipId === visit.params.membership)
        throw conflict("You cannot end the membership that you work under. Another administrator can.");
      await endMembership(visit, organization.id, visit.params.membership);
      return visit.redirect(`${PATH}/${organization.id}`, {
        kind: "good",
        text: "The membership has ended. What the person did stays.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${PATH}/:id/awards/new`,
    who: ["administrator"],
    params: id,
    handle: (visit) => showNewAward(visit),
  }),
  route({
    method: "POST",
    path: `${PATH}/:id/awards`,
    who: ["administrator"],
    params: id,
    form: z
      .object({
        program: z
          .string()
          .trim()
          .min(1, "Enter the program.")
          .max(60, "Use at most 60 characters for the program."),
        number: z
          .string()
          .trim()
          .min(1, "Enter the award's number.")
          .max(60, "Use at most 60 characters for the number."),
        starts: z.iso.date("Enter the first day."),
        ends: z.iso.date("Enter the last day."),
        code: codeField,
      })
      .refine((award) => award.ends >= award.starts, {
        path: ["ends"],
        message: "The last day is before the first.",
      }),
    events: [awardAdded],
    again: (visit, sent) => showNewAward(visit, sent),
    handle: async (visit, form) => {
      const organization = await getOrganization(visit);
      const sent = { ...form, code: form.code ?? "" };
      if (form.code && !organization.granteeCodes.includes(form.code))
        return showNewAward(visit, {
          values: sent,
          errors: { code: ["The organization has no such grantee code."] },
        });
      if ((await listAwards(visit.trx, organization.id)).some((award) => award.number === form.number))
        return showNewAward(visit, { values: sent, errors: { number: ["This award is recorded already."] } });
      await addAward(visit, organization.id, {
        program: form.program,
        number: form.number,
        startsOn: form.starts,
        endsOn: form.ends,
        granteeCode: form.code,
      });
      return visit.redirect(`${PATH}/${organization.id}`, { kind: "good", text: "The award is added." });
    },
  }),
];
