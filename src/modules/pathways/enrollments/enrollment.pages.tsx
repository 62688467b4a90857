import type { Child, FC } from "hono/jsx";
import { Alert } from "../../../ui/alert.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { columnLabel } from "../roster-reading/finding-messages.rules.ts";
import { codeList, columnOf } from "../roster-reading/roster-format.rules.ts";
import { CODE_FILTERS, type EnrollmentFilter } from "./enrollment.filters.ts";
import { COUNTED_AT_MOST, type EnrollmentDetail, type EnrollmentRow } from "./enrollment.store.ts";

export const ENROLLMENTS_PATH = "/pathways/enrollments";

/** A code of a roster column in words; itself where the list does not have it. */
export function codeInWords(column: string, code: string): string {
  const { list } = columnOf(column);
  return (list ? codeList(list).labels.get(code) : undefined) ?? code;
}

const FILTER_LABELS: Record<string, string> = {
  year: "Academic year",
  organization: "Organization",
  program: "Program",
  age_band: "Age",
  race: "Race or ethnicity",
  race_only: "Only this race or ethnicity",
  site: "Site",
  county: "County",
  credential: "Credential",
  paid: "Paid award",
  trainee: "Trainee",
};

/** What the list is narrowed to, in words. */
export function filterInWords(filter: EnrollmentFilter): string {
  const parts = Object.entries(filter).flatMap(([name, value]) => {
    if (!value || name === "organization") return [];
    const isCode = (CODE_FILTERS as readonly string[]).includes(name);
    const label = isCode ? columnLabel(name) : (FILTER_LABELS[name] ?? name);
    const words = isCode
      ? codeInWords(name, value)
      : name === "race"
        ? codeInWords("race_ethnicity", value)
        : value;
    return [`${label}: ${words}`];
  });
  return parts.join(" · ");
}

/** Columns that the filters above the list offer; every other filter still works from a figure's address. */
const OFFERED = ["program_type", "profession", "outcome", "funded"] as const;

export interface EnrollmentListProps {
  rows: readonly EnrollmentRow[];
  total: number;
  filter: EnrollmentFilter;
  years: readonly string[];
  sort: string;
  page: number;
  pageSize: number;
  showOrganization: boolean;
  href(change: Record<string, string | number | undefined>): string;
  mayUpload: boolean;
}

export const EnrollmentListPage: FC<EnrollmentListProps> = (props) => {
  const { rows, total, filter, years, href } = props;
  const words = filterInWords(filter);
  const counted =
    total >= COUNTED_AT_MOST
      ? `More than ${COUNTED_AT_MOST.toLocaleString("en-US")}`
      : total.toLocaleString("en-US");
  return (
    <div class="stack">
      <h1>
        {counted} {total === 1 ? "enrollment" : "enrollments"}
      </h1>
      <p class="soft">{words || "One row per trainee, program and academic year."}</p>
      <DataTable
        caption="Enrollments"
        rows={rows}
        sort={props.sort}
        href={href}
        page={{ number: props.page, size: props.pageSize, total }}
        things="enrollments"
        filters={<Filters filter={filter} years={years} />}
        downloads={
          total > 0
            ? [
                { label: "CSV", href: href({ format: "csv" }) },
                { label: "XLSX", href: href({ format: "xlsx" }) },
              ]
            : undefined
        }
        empty={
          words ? (
            <EmptyState heading="No enrollment fits" quiet={[{ label: "Show all", href: ENROLLMENTS_PATH }]}>
              <p>Choose less above, or look at all of them.</p>
            </EmptyState>
          ) : (
            <EmptyState
              heading="No enrollment yet"
              {...(props.mayUpload
                ? { main: { label: "Bring in a roster", href: "/pathways/rosters/new" } }
                : {})}
            >
              <p>Enrollments come from rosters: the spreadsheets that grantees keep about their trainees.</p>
            </EmptyState>
          )
        }
        columns={[
          {
            key: "trainee",
            label: "Trainee",
            sort: true,
            cell: (row) => <a href={`${ENROLLMENTS_PATH}/${row.id}`}>{row.trainee}</a>,
          },
          ...(props.showOrganization
            ? [
                {
                  key: "organization",
                  label: "Organization",
                  sort: true,
                  wrap: true,
                  cell: (row: EnrollmentRow): Child => row.organizationName,
                },
              ]
            : []),
          { key: "year", label: "Year", sort: true, cell: (row) => row.academicYear },
          { key: "program", label: "Program", sort: true, wrap: true, cell: (row) => row.programName },
          {
            key: "profession",
            label: "Profession",
            wrap: true,
            cell: (row) => codeInWords("profession", row.profession),
          },
          {
            key: "outcome",
            label: "Outcome",
            sort: true,
            cell: (row) => codeInWords("outcome", row.outcome),
          },
          {
            key: "award",
            label: "Award, $",
            numeric: true,
            sort: true,
            cell: (row) =>
              row.awardTotal === null
                ? "-"
                : Number(row.awardTotal).toLocaleString("en-US", { minimumFractionDigits: 2 }),
          },
          {
            key: "hours",
            label: "Hours",
            numeric: true,
            sort: true,
            cell: (row) => (row.hoursTotal === null ? "-" : Number(row.hoursTotal).toLocaleString("en-US")),
          },
        ]}
      />
    </div>
  );
};

const Filters: FC<{ filter: EnrollmentFilter; years: readonly string[] }> = ({ filter, years }) => {
  const offered = new Set<string>([...OFFERED, "year"]);
  const keep = Object.fromEntries(
    Object.entries(filter).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !offered.has(entry[0]),
    ),
  );
  return (
    <FilterForm
      action={ENROLLMENTS_PATH}
      keep={keep}
      clearHref={filterInWords(filter) || filter.organization ? ENROLLMENTS_PATH : null}
    >
      <Select
        name="year"
        label="Academic year"
        empty="All"
        value={filter.year}
        options={years.map((year) => ({ value: year, label: year }))}
      />
      {OFFERED.map((column) => (
        <Select
          name={column}
          label={columnLabel(column)}
          empty="All"
          value={filter[column]}
          options={codeList(columnOf(column).list ?? "").codes.map((code) => ({
            value: code,
            label: codeInWords(column, code),
          }))}
        />
      ))}
    </FilterForm>
  );
};

export const EnrollmentPage: FC<{ enrollment: EnrollmentDetail; mayOpenRoster: boolean }> = ({
  enrollment,
  mayOpenRoster,
}) => {
  const source = `${enrollment.sourceSheet ? `sheet “${enrollment.sourceSheet}”, ` : ""}row ${enrollment.sourceRow}`;
  return (
    <div class="stack">
      <h1>
        Trainee {enrollment.trainee}, {enrollment.values["academic_year"]}
      </h1>
      {enrollment.archivedAt ? (
        <Alert kind="info">
          <p>This row is archived: it is kept, and no longer counted.</p>
        </Alert>
      ) : null}
      <p class="soft">
        {enrollment.organizationName}. From{" "}
        {mayOpenRoster && enrollment.rosterFile ? (
          <a href={`/pathways/rosters/${enrollment.rosterId}`}>{enrollment.rosterFile}</a>
        ) : (
          (enrollment.rosterFile ?? "a roster")
        )}
        , {source}.
      </p>
      <DescriptionList
        missing="Not given"
        items={Object.entries(enrollment.values)
          .filter(([column]) => column !== "trainee_id")
          .map(([column, value]) => ({
            term: columnLabel(column),
            value: value ? <ValueInWords column={column} value={value} /> : null,
          }))}
      />
    </div>
  );
};

const ValueInWords: FC<{ column: string; value: string }> = ({ column, value }) => {
  const { type } = columnOf(column);
  if (type === "multi")
    return (
      <span class="cluster">
        {value.split(";").map((code) => (
          <Tag>{codeInWords(column, code)}</Tag>
        ))}
      </span>
    );
  return <>{type === "code" ? codeInWords(column, value) : value}</>;
};
