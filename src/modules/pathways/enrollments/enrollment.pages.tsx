import type { Child, FC } from "hono/jsx";
import { Alert } from "../../../ui/alert.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { amountText, numberText } from "../../../ui/number-text.ts";
import { type Column, DataTable } from "../../../ui/table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { columnLabel } from "../roster-reading/finding-messages.rules.ts";
import { codeList, columnOf } from "../roster-reading/roster-format.rules.ts";
import type { EnrollmentFilter } from "./enrollment.filters.ts";
import { COUNTED_AT_MOST, type EnrollmentDetail, type EnrollmentRow } from "./enrollment.store.ts";
import type { ShownEnrollment } from "./enrollment-sums.store.ts";
import { codeInWords, valueInWords } from "./enrollment-words.rules.ts";

export const ENROLLMENTS_PATH = "/pathways/enrollments";

/** Columns that the filters above the list offer; every other filter still works from a figure's address. */
const OFFERED = ["program_type", "profession", "outcome", "funded"] as const;

export interface EnrollmentListProps {
  rows: readonly ShownEnrollment[];
  total: number;
  filter: EnrollmentFilter;
  /** What the list is narrowed to, and what it adds up to. */
  words: string;
  sums: string;
  /** Columns of the roster format that the filter speaks of. */
  columns: readonly string[];
  /** Names by code of the counties in these rows. */
  counties: ReadonlyMap<string, string>;
  years: readonly string[];
  sort: string;
  page: number;
  pageSize: number;
  showOrganization: boolean;
  href(change: Record<string, string | number | undefined>): string;
  mayUpload: boolean;
}

/** What does not fit into one file is said before it is fetched. */
const downloadLabel = (format: string, total: number): string =>
  total >= COUNTED_AT_MOST ? `${format}, first ${numberText(COUNTED_AT_MOST)} rows` : format;

export const EnrollmentListPage: FC<EnrollmentListProps> = (props) => {
  const { rows, total, filter, words, years, href } = props;
  const counted =
    total >= COUNTED_AT_MOST
      ? `More than ${COUNTED_AT_MOST.toLocaleString("en-US")}`
      : total.toLocaleString("en-US");
  return (
    <div class="stack">
      <h1>
        {counted} {total === 1 ? "enrollment" : "enrollments"}
      </h1>
      {props.sums ? <p>{props.sums}</p> : null}
      <p class="soft">{words || "One row per trainee, program and academic year."}</p>
      <DataTable
        caption="Enrollments"
        wide={props.columns.length > 0}
        rows={rows}
        sort={props.sort}
        href={href}
        page={{ number: props.page, size: props.pageSize, total }}
        things="enrollments"
        filters={<Filters filter={filter} years={years} isNarrowed={words !== ""} />}
        downloads={
          total > 0
            ? [
                { label: downloadLabel("CSV", total), href: href({ format: "csv" }) },
                { label: downloadLabel("XLSX", total), href: href({ format: "xlsx" }) },
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
          { key: "year", label: "Year", sort: true, oneLine: true, cell: (row) => row.academicYear },
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
          ...props.columns.map((column) => askedColumn(column, props.counties)),
          {
            key: "award",
            label: "Award, $",
            numeric: true,
            sort: true,
            cell: (row) => (row.awardTotal === null ? "-" : amountText(Number(row.awardTotal))),
          },
          {
            key: "hours",
            label: "Hours",
            numeric: true,
            sort: true,
            cell: (row) => (row.hoursTotal === null ? "-" : amountText(Number(row.hoursTotal))),
          },
        ]}
      />
    </div>
  );
};

/** A column that the filter speaks of: counties by their names, everything else as the roster has it. */
function askedColumn(name: string, counties: ReadonlyMap<string, string>): Column<ShownEnrollment> {
  const numeric = ["usd", "hours"].includes(columnOf(name).type);
  return {
    key: name,
    label: name === "site_county_fips" ? "County" : columnLabel(name),
    numeric,
    wrap: !numeric,
    cell: ({ values }) => {
      const value = values[name];
      return value ? (counties.get(value) ?? valueInWords(name, value)) : "-";
    },
  };
}

const Filters: FC<{ filter: EnrollmentFilter; years: readonly string[]; isNarrowed: boolean }> = ({
  filter,
  years,
  isNarrowed,
}) => {
  const offered = new Set<string>([...OFFERED, "year"]);
  const keep = Object.fromEntries(
    Object.entries(filter).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !offered.has(entry[0]),
    ),
  );
  return (
    <FilterForm action={ENROLLMENTS_PATH} keep={keep} clearHref={isNarrowed ? ENROLLMENTS_PATH : null}>
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
