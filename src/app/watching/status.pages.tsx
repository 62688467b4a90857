import type { FC } from "hono/jsx";
import type { FailureRow } from "../../platform/watching/failure.store.ts";
import type { QueryOrder, SlowQuery, StatementStatistics } from "../../platform/watching/slow-query.store.ts";
import { Details } from "../../ui/details.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Select } from "../../ui/fields.tsx";
import { FilterForm } from "../../ui/filter-form.tsx";
import { momentInWords } from "../../ui/moment.ts";
import { numberText, tenthsText } from "../../ui/number-text.ts";
import type { SectionNavProps } from "../../ui/section-nav.tsx";
import { DataTable } from "../../ui/table.tsx";
import { Tag, type TagTone } from "../../ui/tag.tsx";
import type { StatusLine, Verdict } from "./status-lines.ts";

export const STATUS_PATH = "/status";
export const QUERIES_PATH = "/status/queries";
export const ERRORS_PATH = "/status/errors";

/** The pages of the section, for who may see them all. */
export function statusSection(here: string, isAdministrator: boolean): { section?: SectionNavProps } {
  if (!isAdministrator) return {};
  const links = [
    { label: "Status", href: STATUS_PATH },
    { label: "Slow queries", href: QUERIES_PATH },
    { label: "Errors", href: ERRORS_PATH },
  ];
  return {
    section: { label: "Status", links: links.map((link) => ({ ...link, current: link.href === here })) },
  };
}

const VERDICTS: Record<Verdict, [tone: TagTone, words: string]> = {
  good: ["good", "Good"],
  look: ["warn", "Look at this"],
  wrong: ["bad", "Wrong"],
};

function statusHeading(lines: readonly StatusLine[]): string {
  const count = (verdict: Verdict): number => lines.filter((line) => line.verdict === verdict).length;
  const [wrong, look] = [count("wrong"), count("look")];
  if (wrong > 0) return wrong === 1 ? "One thing is wrong" : `${wrong} things are wrong`;
  if (look > 0) return look === 1 ? "One thing to look at" : `${look} things to look at`;
  return "All is well";
}

/** How the hub is, a line each. */
export const StatusPage: FC<{ lines: readonly StatusLine[]; now: Date }> = ({ lines, now }) => (
  <div class="stack">
    <h1>{statusHeading(lines)}</h1>
    <p class="soft">As of {momentInWords(now)}. Open the page again to look once more.</p>
    <DataTable
      caption="What the hub stands on"
      rows={lines}
      columns={[
        { key: "what", label: "What", cell: (line) => line.label },
        {
          key: "state",
          label: "State",
          cell: (line) => <Tag tone={VERDICTS[line.verdict][0]}>{VERDICTS[line.verdict][1]}</Tag>,
        },
        {
          key: "how",
          label: "How it is, and what to do",
          wrap: true,
          cell: (line) => (
            <div class="stack-tight">
              <p>{line.says}</p>
              {line.todo ? <p>{line.todo}</p> : null}
              {line.link ? (
                <p>
                  <a href={line.link.href}>{line.link.label}</a>
                </p>
              ) : null}
            </div>
          ),
        },
      ]}
      rowTone={(line) => (line.verdict === "wrong" ? "bad" : line.verdict === "look" ? "warn" : null)}
    />
  </div>
);

export interface QueriesPageProps {
  statistics: StatementStatistics;
  queries: readonly SlowQuery[];
  order: QueryOrder;
}

/** The hub's own queries by the time they take. */
export const QueriesPage: FC<QueriesPageProps> = ({ statistics, queries, order }) => (
  <div class="stack">
    <h1>Slow queries</h1>
    {statistics.state === "kept" ? (
      <>
        <p class="soft">
          What the hub asked its database{statistics.since ? ` since ${momentInWords(statistics.since)}` : ""}
          , without the values. Times in milliseconds.
        </p>
        <DataTable
          caption="Queries"
          rows={queries}
          filters={
            <FilterForm action={QUERIES_PATH}>
              <Select
                name="order"
                label="Order by"
                empty={null}
                value={order}
                options={[
                  { value: "total", label: "Time in all" },
                  { value: "mean", label: "Time of a call" },
                  { value: "longest", label: "Longest call" },
                  { value: "calls", label: "Calls" },
                ]}
              />
            </FilterForm>
          }
          columns={[
            { key: "query", label: "Query", wrap: true, cell: (query) => <QueryText text={query.text} /> },
            { key: "calls", label: "Calls", numeric: true, cell: (query) => numberText(query.calls) },
            { key: "mean", label: "Mean", numeric: true, cell: (query) => tenthsText(query.mean) },
            { key: "longest", label: "Longest", numeric: true, cell: (query) => tenthsText(query.longest) },
            {
              key: "total",
              label: "In all",
              numeric: true,
              cell: (query) => numberText(Math.round(query.total)),
            },
            { key: "rows", label: "Rows a call", numeric: true, cell: (query) => tenthsText(query.rows) },
          ]}
        />
      </>
    ) : (
      <EmptyState heading="The database keeps no statistics of queries">
        {statistics.state === "not loaded" ? (
          <p>
            Add <code>pg_stat_statements</code> to <code>shared_preload_libraries</code> of the server, with{" "}
            <code>pg_stat_statements.track_utility = off</code>, and restart the server. With the embedded
            server, restart the hub.
          </p>
        ) : null}
        <p>
          {statistics.state === "not loaded" ? "Then, as" : "As"} a superuser in the hub's database:{" "}
          <code>create extension pg_stat_statements schema public;</code>
        </p>
      </EmptyState>
    )}
  </div>
);

const SHORT_QUERY = 110;

const QueryText: FC<{ text: string }> = ({ text }) =>
  text.length <= SHORT_QUERY ? (
    <code>{text}</code>
  ) : (
    <Details summary={<code>{text.slice(0, SHORT_QUERY)}…</code>}>
      <code>{text}</code>
    </Details>
  );

/** What failed, by kind and place. */
export const ErrorsPage: FC<{ failures: readonly FailureRow[]; keptDays: number }> = ({
  failures,
  keptDays,
}) => (
  <div class="stack">
    <h1>Errors</h1>
    <p class="soft">
      Requests and jobs that failed through no fault of whoever sent them, kept for {keptDays} days after they
      were last seen. Without their messages, which may quote what somebody typed. The reference is the one
      that the person was shown; the log has its line.
    </p>
    <DataTable
      caption="Errors"
      rows={failures}
      empty={
        <EmptyState heading="Nothing has failed">
          <p>What fails is listed here, with where and how often.</p>
        </EmptyState>
      }
      columns={[
        {
          key: "where",
          label: "Where",
          wrap: true,
          cell: (failure) => (
            <>
              {failure.kind === "job" ? "Job" : "Request"} <code>{failure.place}</code>
            </>
          ),
        },
        {
          key: "what",
          label: "What",
          wrap: true,
          cell: (failure) => {
            const what = `${failure.errorType}${failure.code ? ` ${failure.code}` : ""}`;
            return failure.stack.length === 0 ? (
              <code>{what}</code>
            ) : (
              <Details summary={<code>{what}</code>}>
                <ul>
                  {failure.stack.map((frame) => (
                    <li>
                      <code>{frame}</code>
                    </li>
                  ))}
                </ul>
              </Details>
            );
          },
        },
        { key: "count", label: "Times", numeric: true, cell: (failure) => numberText(failure.count) },
        { key: "first", label: "First", cell: (failure) => momentInWords(failure.firstSeen) },
        { key: "last", label: "Last", cell: (failure) => momentInWords(failure.lastSeen) },
        {
          key: "reference",
          label: "Newest reference",
          wrap: true,
          cell: (failure) => (failure.lastRequestId ? <code>{failure.lastRequestId}</code> : "-"),
        },
      ]}
    />
  </div>
);
