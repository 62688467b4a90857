import type { FC } from "hono/jsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select } from "../../../ui/fields.tsx";
import { Figure, Figures } from "../../../ui/figure.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { ActionButton, Buttons } from "../../../ui/form.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { Tag, type TagTone } from "../../../ui/tag.tsx";
import { publicationPath, publishPath } from "../publication/publication.pages.tsx";
import type { ReportLine } from "./report.store.ts";
import type { ReportState } from "./report.types.ts";

export const REPORTS_PATH = "/reports";

const STATES: Record<ReportState, [tone: TagTone, words: string]> = {
  draft: ["neutral", "Draft"],
  submitted: ["warn", "Submitted: waits for review"],
  returned: ["warn", "Returned: to be mended"],
  accepted: ["good", "Accepted"],
};

export const ReportStateTag: FC<{ state: ReportState }> = ({ state }) => (
  <Tag tone={STATES[state][0]}>{STATES[state][1]}</Tag>
);

export interface ReportListProps {
  year: string;
  years: readonly string[];
  lines: readonly ReportLine[];
  /** The hub sees the portfolio and may publish. */
  isHub: boolean;
  mayPublish: boolean;
  /** A release of the year is being made. */
  isPublishing: boolean;
  /** The newest release of the year, if any. */
  release: { number: number; publishedAt: Date } | null;
}

export const ReportListPage: FC<ReportListProps> = (props) => {
  const { year, years, lines, isHub, release } = props;
  const accepted = lines.filter((line) => line.state === "accepted").length;
  const waiting = lines.filter((line) => line.state === "submitted").length;
  return (
    <div class="stack">
      <h1>
        {!isHub
          ? `Annual report ${year}`
          : lines.length === 0
            ? `No reports for ${year} yet`
            : `${accepted} of ${lines.length} reports for ${year} are accepted`}
      </h1>
      <p class="soft">
        The reporting year {year} runs from July 1, 20{year.slice(2, 4)} to June 30, 20{year.slice(5)}.
      </p>
      <FilterForm action={REPORTS_PATH} submit="Show the year">
        <Select
          name="year"
          label="Reporting year"
          empty={null}
          value={year}
          options={years.map((one) => ({ value: one, label: one }))}
        />
      </FilterForm>
      {isHub && lines.length > 0 ? (
        <>
          <Figures>
            <Figure value={waiting} label="wait for review" />
            <Figure value={accepted} label="accepted" of={`of ${lines.length}`} />
            <Figure value={release ? `No. ${release.number}` : "None"} label="published release" />
          </Figures>
          <Buttons
            main={{ label: "Read the portfolio's report", href: `${REPORTS_PATH}/portfolio/${year}` }}
            quiet={
              props.mayPublish && props.isPublishing
                ? [{ label: "See how publishing goes", href: publicationPath(year) }]
                : []
            }
          />
          {props.mayPublish && !props.isPublishing && accepted > 0 ? (
            <ActionButton
              action={publishPath(year)}
              label={release ? "Publish a new release" : "Publish the accepted reports"}
            />
          ) : null}
        </>
      ) : null}
      {lines.length === 0 ? (
        <EmptyState
          heading={`No enrollments in ${year}`}
          quiet={[{ label: "Rosters", href: "/pathways/rosters" }]}
        >
          <p>A report counts what the rosters of its year hold. Bring one in, and its figures are here.</p>
        </EmptyState>
      ) : (
        <DataTable
          caption="Reports"
          rows={lines}
          columns={[
            {
              key: "organization",
              label: "Organization",
              wrap: true,
              cell: (line) => (
                <a href={`${REPORTS_PATH}/${line.organizationId}/${year}`}>{line.organizationName}</a>
              ),
            },
            {
              key: "trainees",
              label: "Trainees",
              numeric: true,
              cell: (line) => line.trainees.toLocaleString("en-US"),
            },
            { key: "state", label: "State", cell: (line) => <ReportStateTag state={line.state} /> },
            { key: "version", label: "Version", numeric: true, cell: (line) => String(line.version) },
          ]}
        />
      )}
    </div>
  );
};
