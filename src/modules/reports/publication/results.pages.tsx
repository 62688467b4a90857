import type { FC } from "hono/jsx";
import { mayShowShare } from "../../../methods/disclosure/present.ts";
import { BarChart } from "../../../ui/bar-chart.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Figure, Figures } from "../../../ui/figure.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { StateMap, type StateValue } from "../../../ui/state-map.tsx";
import { Withheld, WithheldNote } from "../../../ui/withheld.tsx";
import type { Release } from "./release.store.ts";
import type { PublishedTable, PublishedTables, Shown } from "./release.types.ts";

export const RESULTS_PATH = "/results";

const words = (shown: Shown) => (shown === "withheld" ? <Withheld /> : shown.toLocaleString("en-US"));
export const findTable = (tables: PublishedTables, dimension: string): PublishedTable | undefined =>
  tables.tables.find((table) => table.dimension === dimension);

/** A published count of the portfolio by code, or "withheld" where there is none. */
export function publishedCount(tables: PublishedTables, dimension: string, code: string): Shown {
  const table = findTable(tables, dimension);
  const position = table?.columns.findIndex((column) => column.code === code) ?? -1;
  return table?.totals.cells[position] ?? (table ? 0 : "withheld");
}

/** A share that may be shown, in whole percent, or null. */
function share(part: Shown, whole: Shown, threshold: number): string | null {
  if (part === "withheld" || whole === "withheld") return null;
  const cell = (value: number) => ({ id: "", status: "shown" as const, value });
  return mayShowShare(cell(part), cell(whole), threshold) ? `${Math.round((part / whole) * 100)} %` : null;
}

/** The map of places served: how many grantees work in each state. It counts organizations, not people. */
export const PlacesServed: FC<{ tables: PublishedTables }> = ({ tables }) => {
  const perState = new Map<string, number>();
  for (const organization of tables.organizations)
    if (organization.state) perState.set(organization.state, (perState.get(organization.state) ?? 0) + 1);
  const values = [...perState].map(
    ([state, count]): StateValue => ({
      state,
      class: count > 2 ? 2 : count > 1 ? 1 : 0,
      label: count === 1 ? "" : `${count} grantees`,
    }),
  );
  const sentence = `${tables.organizations.length} grantees in ${perState.size} states trained people this year.`;
  return (
    <StateMap
      heading="Places served"
      level={2}
      sentence={sentence}
      values={values}
      classes={["1 grantee", "2 grantees", "3 grantees or more"]}
    />
  );
};

const TableView: FC<{ table: PublishedTable }> = ({ table }) => (
  <BarChart
    heading={table.title}
    level={2}
    labelHeading={table.title}
    sentence={
      table.addsUp ? "Trainees in each group." : "Trainees in each group; a trainee may be in several."
    }
    unit="count"
    valueLabel="Trainees"
    bars={table.columns.map((column, position) => ({
      label: column.label,
      value: table.totals.cells[position] ?? "withheld",
    }))}
  />
);

/** The public report of a year. */
export const ResultsPage: FC<{ release: Release }> = ({ release }) => {
  const { tables, academicYear, threshold } = release;
  const published = new Date(release.publishedAt).toLocaleDateString("en-US", {
    month: "short",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
  });
  const completed = publishedCount(tables, "outcome", "completed");
  return (
    <div class="stack">
      <h1>
        {tables.trainees === "withheld"
          ? `The year ${academicYear}`
          : `${tables.trainees.toLocaleString("en-US")} people trained for communities that need them`}
      </h1>
      <p>
        Reporting year July 1, 20{academicYear.slice(2, 4)} to June 30, 20{academicYear.slice(5)}. Release{" "}
        {release.number}, published {published}, from {tables.organizations.length} accepted reports.
      </p>
      <WithheldNote />
      <p>
        Open data: <a href={`${RESULTS_PATH}/${academicYear}?format=csv`}>CSV</a> ·{" "}
        <a href={`${RESULTS_PATH}/${academicYear}?format=json`}>JSON</a>
      </p>
      <Figures>
        <Figure value={tables.trainees} label="people in training" />
        <Figure
          value={completed}
          label="completed a program"
          of={share(completed, tables.trainees, threshold) ?? undefined}
        />
        <Figure value={publishedCount(tables, "outcome", "left")} label="left before completion" />
        <Figure value={tables.organizations.length} label="grantees" />
      </Figures>
      <PlacesServed tables={tables} />
      <div class="columns">
        {tables.tables.map((table) => (
          <TableView table={table} />
        ))}
      </div>
      <section class="stack" aria-labelledby="grantees-heading">
        <h2 id="grantees-heading">Grantees</h2>
        <SimpleTable
          caption="Trainees by grantee"
          captionHidden
          columns={[{ label: "Grantee" }, { label: "State" }, { label: "Trainees", numeric: true }]}
          rows={(tables.tables[0]?.rows ?? []).map((row) => [
            <a href={`${RESULTS_PATH}/${academicYear}/${row.organizationId}`}>{row.name}</a>,
            row.state ?? "-",
            words(row.total),
          ])}
        />
      </section>
    </div>
  );
};

/** What is public of one organization in a year. */
export const OrganizationResultsPage: FC<{ release: Release; organizationId: string; name: string }> = ({
  release,
  organizationId,
  name,
}) => (
  <div class="stack">
    <h1>{name}</h1>
    <p>
      Reporting year {release.academicYear}, release {release.number}.
    </p>
    <WithheldNote />
    {release.tables.tables.map((table) => {
      const row = table.rows.find((one) => one.organizationId === organizationId);
      return row ? (
        <SimpleTable
          caption={table.title}
          compact
          columns={[{ label: table.title }, { label: "Trainees", numeric: true }]}
          rows={table.columns.map((column, position) => [
            column.label,
            words(row.cells[position] ?? "withheld"),
          ])}
          foot={["All trainees", words(row.total)]}
        />
      ) : null;
    })}
  </div>
);

/** The years there are, or what will be here. */
export const ResultsListPage: FC<{
  releases: readonly { academicYear: string; number: number; publishedAt: Date }[];
}> = ({ releases }) => (
  <div class="stack">
    <h1>Results</h1>
    {releases.length === 0 ? (
      <EmptyState heading="Nothing is published yet">
        <p>Figures appear here when annual reports have been accepted. Counts of few people are withheld.</p>
      </EmptyState>
    ) : (
      <ul class="plain-list">
        {[...new Set(releases.map((release) => release.academicYear))].map((academicYear) => (
          <li>
            <a href={`${RESULTS_PATH}/${academicYear}`}>The year {academicYear}</a>
          </li>
        ))}
      </ul>
    )}
  </div>
);
