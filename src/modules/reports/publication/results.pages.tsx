import type { FC } from "hono/jsx";
import { mayShowShare } from "../../../methods/disclosure/present.ts";
import { BarChart } from "../../../ui/bar-chart.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Figure, Figures } from "../../../ui/figure.tsx";
import { localeNow } from "../../../ui/language.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { StateMap, type StateValue } from "../../../ui/state-map.tsx";
import { Withheld, WithheldNote } from "../../../ui/withheld.tsx";
import type { Release } from "./release.store.ts";
import type { PublishedTable, PublishedTables, Shown } from "./release.types.ts";
import { sayResults as say } from "./results.words.ts";

export const RESULTS_PATH = "/results";

const words = (shown: Shown) => (shown === "withheld" ? <Withheld /> : shown.toLocaleString(localeNow()));
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
  return mayShowShare(cell(part), cell(whole), threshold)
    ? `${Math.round((part / whole) * 100)}\u00A0%`
    : null;
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
      label: count === 1 ? "" : say("perState", { count }),
    }),
  );
  const sentence = say("placesSentence", {
    count: tables.organizations.length,
    states: say("states", { count: perState.size }),
  });
  return (
    <StateMap
      heading={say("places")}
      level={2}
      sentence={sentence}
      values={values}
      classes={[
        say("perState", { count: 1 }),
        say("perState", { count: 2 }),
        say("perStateMost", { least: 3 }),
      ]}
    />
  );
};

const TableView: FC<{ table: PublishedTable }> = ({ table }) => (
  <BarChart
    heading={table.title}
    level={2}
    labelHeading={table.title}
    sentence={say(table.addsUp ? "group" : "groups")}
    unit="count"
    valueLabel={say("trainees")}
    bars={table.columns.map((column, position) => ({
      label: column.label,
      value: table.totals.cells[position] ?? "withheld",
    }))}
  />
);

/** The public report of a year. */
export const ResultsPage: FC<{ release: Release }> = ({ release }) => {
  const { tables, academicYear, threshold } = release;
  const published = new Date(release.publishedAt).toLocaleDateString(localeNow(), {
    month: "short",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
  });
  const completed = publishedCount(tables, "outcome", "completed");
  const completedShare = share(completed, tables.trainees, threshold);
  return (
    <div class="stack">
      <h1>
        {tables.trainees === "withheld"
          ? say("year", { year: academicYear })
          : say("trained", { count: tables.trainees })}
      </h1>
      <p>
        {say("reportingYear", { first: academicYear.slice(0, 4), last: `20${academicYear.slice(5)}` })}{" "}
        {say("release", { number: release.number, day: published, count: tables.organizations.length })}
      </p>
      <WithheldNote limit={threshold - 1} />
      <p>
        {say("openData")} <a href={`${RESULTS_PATH}/${academicYear}?format=csv`}>CSV</a> ·{" "}
        <a href={`${RESULTS_PATH}/${academicYear}?format=json`}>JSON</a>
      </p>
      <Figures>
        <Figure value={tables.trainees} label={say("inTraining")} />
        <Figure
          value={completed}
          label={say(completedShare === null ? "completed" : "completedOf")}
          of={completedShare === null ? undefined : say("completedShare", { share: completedShare })}
        />
        {/* Beside it, so that nobody takes the rest for people who gave up. */}
        <Figure value={publishedCount(tables, "outcome", "continuing")} label={say("continuing")} />
        <Figure value={publishedCount(tables, "outcome", "left")} label={say("left")} />
        <Figure value={tables.organizations.length} label={say("grantees")} />
      </Figures>
      <PlacesServed tables={tables} />
      <div class="columns">
        {tables.tables.map((table) => (
          <TableView table={table} />
        ))}
      </div>
      <section class="stack" aria-labelledby="grantees-heading">
        <h2 id="grantees-heading">{say("granteesHeading")}</h2>
        <SimpleTable
          caption={say("byGrantee")}
          captionHidden
          columns={[
            { label: say("grantee") },
            { label: say("state") },
            { label: say("trainees"), numeric: true },
          ]}
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
    <p>{say("organizationYear", { year: release.academicYear, number: release.number })}</p>
    <WithheldNote limit={release.threshold - 1} />
    {release.tables.tables.map((table) => {
      const row = table.rows.find((one) => one.organizationId === organizationId);
      return row ? (
        <SimpleTable
          caption={table.title}
          compact
          columns={[{ label: table.title }, { label: say("trainees"), numeric: true }]}
          rows={table.columns.map((column, position) => [
            column.label,
            words(row.cells[position] ?? "withheld"),
          ])}
          foot={[say("allTrainees"), words(row.total)]}
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
    <h1>{say("results")}</h1>
    {releases.length === 0 ? (
      <EmptyState heading={say("nothing")}>
        <p>{say("nothingText")}</p>
      </EmptyState>
    ) : (
      <ul class="plain-list">
        {[...new Set(releases.map((release) => release.academicYear))].map((academicYear) => (
          <li>
            <a href={`${RESULTS_PATH}/${academicYear}`}>{say("year", { year: academicYear })}</a>
          </li>
        ))}
      </ul>
    )}
  </div>
);
