import { z } from "zod";
import { readCodeList } from "../../../platform/database/code-lists.ts";
import { listReturnedAddresses } from "../../../platform/mail/mail.store.ts";
import { filterText, listHref, listQuery, orderOf, PAGE_SIZE } from "../../../platform/web/list-query.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { tableDownload } from "../../../platform/web/table-download.ts";
import { TextField } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { Buttons } from "../../../ui/form.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { granteeCodeAdded, organizationCreated } from "../events.ts";
import { listPeople } from "../people/person.store.ts";
import { listStates } from "../places/place.store.ts";
import { checkNewOrganization } from "./new-organization.ts";
import { createOrganization } from "./organization.actions.ts";
import { NewOrganizationPage, OrganizationPage } from "./organization.pages.tsx";
import { listAwards, listOrganizations, listSites, type Organization } from "./organization.store.ts";
import {
  codeField,
  crumbs,
  getOrganization,
  ORGANIZATIONS_PATH,
  organizationParams,
} from "./organization-visit.ts";

const HUB = ["administrator", "hub_staff"] as const;

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

const organizationKeys = ["name", "state", "type"] as const;

/** Organizations: the list, a new one, and what there is to know of one. */
export const organizationRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: ORGANIZATIONS_PATH,
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
          <h1>{all.length === 1 ? "1 organization" : `${all.length} organizations`}</h1>
          {visit.actor.kind === "person" && visit.actor.role === "administrator" ? (
            <Buttons main={{ label: "Add an organization", href: `${ORGANIZATIONS_PATH}/new` }} />
          ) : null}
          <DataTable
            caption="Organizations"
            rows={rows}
            sort={query.sort ?? "name"}
            href={(change) => listHref(ORGANIZATIONS_PATH, query, change)}
            page={{ number: query.page, size: PAGE_SIZE, total: all.length }}
            things="organizations"
            filters={
              <FilterForm action={ORGANIZATIONS_PATH} clearHref={query.q ? ORGANIZATIONS_PATH : null}>
                <TextField name="q" label="Name, code or state" type="search" value={query.q} />
              </FilterForm>
            }
            downloads={[
              { label: "CSV", href: listHref(ORGANIZATIONS_PATH, query, { format: "csv" }) },
              { label: "XLSX", href: listHref(ORGANIZATIONS_PATH, query, { format: "xlsx" }) },
            ]}
            columns={[
              {
                key: "name",
                label: "Name",
                sort: true,
                wrap: true,
                cell: (row) => <a href={`${ORGANIZATIONS_PATH}/${row.id}`}>{row.name}</a>,
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
  route({
    method: "GET",
    path: `${ORGANIZATIONS_PATH}/new`,
    who: ["administrator"],
    handle: (visit) => showNew(visit),
  }),
  route({
    method: "POST",
    path: ORGANIZATIONS_PATH,
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
      // From the first steps: back to them.
      to: z.enum(["", "/hub/start"]).catch(""),
    }),
    events: [organizationCreated, granteeCodeAdded],
    again: showNew,
    handle: async (visit, form) => {
      const errors = await checkNewOrganization(visit.trx, form);
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
      return visit.redirect(form.to || `${ORGANIZATIONS_PATH}/${made}`, {
        kind: "good",
        text: "The organization is added.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${ORGANIZATIONS_PATH}/:id`,
    who: ["administrator", "hub_staff", "organization_lead", "supervisor"],
    params: organizationParams,
    handle: async (visit) => {
      const organization = await getOrganization(visit);
      const types = await readCodeList(visit.trx, "organization_type");
      const mayManage = visit.actor.kind === "person" && visit.actor.role === "administrator";
      const people = await listPeople(visit.trx, organization.id);
      const page = (
        <OrganizationPage
          organization={organization}
          typeLabel={types.get(organization.organizationType) ?? organization.organizationType}
          people={people}
          returned={
            await listReturnedAddresses(
              visit.trx,
              people.map(({ email }) => email),
            )
          }
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
];
