import type { FC } from "hono/jsx";
import type { Trx } from "../../../platform/database/database.ts";
import { Figure, Figures } from "../../../ui/figure.tsx";
import { dollars, type HrefOf, inWords } from "./figure-tables.tsx";
import { OutcomesSection, ProgramsSection, SupportSection } from "./outcomes.pages.tsx";
import { PeopleSection, RepresentationSection } from "./people.pages.tsx";
import { PlacesSection } from "./places.pages.tsx";
import type { ReportFigures, ReportScope } from "./report-figures.types.ts";
import { type ReportLabels, readLabels } from "./report-labels.store.ts";

/** The labels that this page needs, in one query. */
export function readReportLabels(trx: Trx): Promise<ReportLabels> {
  return readLabels(trx);
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
}

/** What the report says, in its heading. */
export function reportHeading({ all, scope }: Pick<ReportFigures, "all" | "scope">): string {
  if (all.trainees === 0)
    return `No one is counted ${scope.academicYear === null ? "yet" : `in ${scope.academicYear}`}`;
  return `${inWords(all.trainees)} ${all.trainees === 1 ? "person" : "people"} trained for communities that need them`;
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
  const href = (filter: Record<string, string>): string | undefined => hrefOf(filter) ?? undefined;
  return (
    <article class="stack">
      <h1>{reportHeading(figures)}</h1>
      <p>
        {period(scope.academicYear)}.{" "}
        {organization ? organization.name : scope.organizationId === null ? "All organizations." : null}
      </p>
      <Figures>
        <Figure
          value={all.trainees}
          label="trainees"
          of={`in ${inWords(all.rows)} enrollments`}
          href={href({})}
        />
        <Figure
          value={outcome("completed")}
          label="completed"
          of={`of ${inWords(all.rows)} enrollments`}
          href={href({ outcome: "completed" })}
        />
        <Figure
          value={outcome("left")}
          label="left"
          of={`of ${inWords(all.rows)} enrollments`}
          unknown={`${inWords(all.leftReasons["not_reported"] ?? 0)} without a reason`}
          href={href({ outcome: "left" })}
        />
        <Figure
          value={employed}
          label="employed one year later"
          of={`of ${inWords(known)} known`}
          unknown={`${inWords(completed - known)} of ${inWords(completed)} unknown`}
          href={href({ outcome: "completed", employment_1y: "employed" })}
        />
        <Figure
          value={dollars(all.awards.total.usd)}
          label="paid"
          of={`to ${inWords(all.awards.total.trainees)} of ${inWords(all.trainees)} trainees`}
          href={href({ paid: "total" })}
        />
        <Figure
          value={Math.round(all.hours.total)}
          label="hours of training"
          of={`in ${inWords(all.rows)} enrollments`}
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
