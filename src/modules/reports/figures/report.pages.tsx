import type { Child, FC } from "hono/jsx";
import type { Trx } from "../../../platform/database/database.ts";
import { Figure, Figures } from "../../../ui/figure.tsx";
import { dollarText, numberText } from "../../../ui/number-text.ts";
import { listOrganizations } from "../../directory/index.ts";
import { type HrefOf, Records } from "./figure-tables.tsx";
import { OutcomesSection, ProgramsSection, SupportSection } from "./outcomes.pages.tsx";
import { PeopleSection, RepresentationSection } from "./people.pages.tsx";
import { PlacesSection } from "./places.pages.tsx";
import type { ReportFigures, ReportScope } from "./report-figures.types.ts";
import { type ReportLabels, readLabels } from "./report-labels.store.ts";

/** The labels that this page needs; the portfolio's also names the organizations. */
export async function readReportLabels(trx: Trx, scope?: ReportScope): Promise<ReportLabels> {
  const labels = await readLabels(trx);
  if (scope?.organizationId !== null) return labels;
  const organizations = await listOrganizations(trx);
  return new Map([...labels, ["organization", new Map(organizations.map(({ id, name }) => [id, name]))]]);
}

/** Addresses of the enrollments behind a figure of this scope. */
export function recordsHref({ academicYear, organizationId }: ReportScope): HrefOf {
  const scope = {
    ...(academicYear === null ? {} : { year: academicYear }),
    ...(organizationId === null ? {} : { organization: organizationId }),
  };
  return (filter) => `/pathways/enrollments?${new URLSearchParams({ ...scope, ...filter }).toString()}`;
}

export interface ReportFiguresProps {
  figures: ReportFigures;
  labels: ReportLabels;
  hrefOf: HrefOf;
  /** Where the report stands and what to do next, below its heading. */
  standing?: Child;
}

/** What the report says, in its heading. */
export function reportHeading({ all, scope }: Pick<ReportFigures, "all" | "scope">): string {
  if (all.trainees === 0)
    return `No one is counted ${scope.academicYear === null ? "yet" : `in ${scope.academicYear}`}`;
  return `${numberText(all.trainees)} ${all.trainees === 1 ? "person" : "people"} trained for communities that need them`;
}

function period(academicYear: string | null): string {
  if (academicYear === null) return "All reporting years";
  const start = Number(academicYear.slice(0, 4));
  return `Reporting year July 1, ${start} – June 30, ${start + 1}`;
}

/** The report as a page: the heading says it, then each section with its denominators and what is not known. */
export const ReportFiguresView: FC<ReportFiguresProps> = (props) => {
  const { figures, hrefOf } = props;
  const { all, scope, organization } = figures;
  const outcome = (code: string): number => all.by.outcome[code]?.rows ?? 0;
  const { employed, known, completed } = all.employmentOneYearLater;
  const records = (count: number, filter: Record<string, string>) => (
    <Records shown={numberText(count)} count={count} filter={filter} hrefOf={hrefOf} />
  );
  const href = (count: number, filter: Record<string, string>): string | undefined =>
    count === 0 ? undefined : (hrefOf(filter) ?? undefined);
  return (
    <article class="stack">
      <h1>{reportHeading(figures)}</h1>
      <p>
        {period(scope.academicYear)}.{" "}
        {organization ? organization.name : scope.organizationId === null ? "All organizations." : null}
      </p>
      {props.standing}
      <Figures>
        <Figure
          value={all.trainees}
          label="trainees"
          of={<>in {records(all.rows, {})} enrollments</>}
          href={href(all.rows, {})}
        />
        <Figure
          value={outcome("completed")}
          label="completed"
          of={`of ${numberText(all.rows)} enrollments`}
          href={href(outcome("completed"), { outcome: "completed" })}
        />
        <Figure
          value={outcome("left")}
          label="left"
          of={`of ${numberText(all.rows)} enrollments`}
          unknown={
            <>
              {records(all.leftReasons["not_reported"] ?? 0, {
                outcome: "left",
                left_reason: "not_reported",
              })}{" "}
              without a reason
            </>
          }
          href={href(outcome("left"), { outcome: "left" })}
        />
        <Figure
          value={employed}
          label="employed one year later"
          of={<>of {records(known, { outcome: "completed", employment_1y: "known" })} known</>}
          unknown={
            <>
              {records(completed - known, { outcome: "completed", employment_1y: "not_reported" })} of{" "}
              {records(completed, { outcome: "completed" })} unknown
            </>
          }
          href={href(employed, { outcome: "completed", employment_1y: "employed" })}
        />
        <Figure
          value={dollarText(all.awards.total.usd)}
          label="paid"
          of={
            <>
              to {records(all.awards.total.trainees, { paid: "total" })} of {numberText(all.trainees)}{" "}
              trainees
            </>
          }
          href={href(all.awards.total.usd, { paid: "total" })}
        />
        <Figure
          value={Math.round(all.hours.total)}
          label="hours of training"
          of={`in ${numberText(all.rows)} enrollments`}
          href={href(all.hours.total, { hours: "total" })}
        />
      </Figures>
      <ProgramsSection {...props} />
      <PeopleSection {...props} />
      <RepresentationSection {...props} />
      <PlacesSection {...props} />
      <SupportSection {...props} />
      <OutcomesSection {...props} />
    </article>
  );
};
