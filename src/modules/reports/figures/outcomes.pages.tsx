import type { FC } from "hono/jsx";
import { BarChart } from "../../../ui/bar-chart.tsx";
import { Details } from "../../../ui/details.tsx";
import { dollarText, numberText } from "../../../ui/number-text.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { type HrefOf, Records, share } from "./figure-tables.tsx";
import { DimensionTable } from "./people.pages.tsx";
import {
  AWARD_TYPES,
  type AwardType,
  HOUR_KINDS,
  type HourKind,
  type ReportFigures,
} from "./report-figures.types.ts";
import { inListOrder, labelOf, type ReportLabels } from "./report-labels.store.ts";

interface SectionProps {
  figures: ReportFigures;
  labels: ReportLabels;
  hrefOf: HrefOf;
}

/** What people are trained in, and how far they came. */
export const ProgramsSection: FC<SectionProps> = (props) => {
  const { figures, labels, hrefOf } = props;
  const { by, outcomesByProgramType } = figures.all;
  const types = inListOrder(labels, "program_type", Object.keys(by.program_type));
  const name = (code: string): string => labelOf(labels, "program_type", code);
  const [largest] = types.toSorted(
    (one, other) => (by.program_type[other]?.trainees ?? 0) - (by.program_type[one]?.trainees ?? 0),
  );
  const cell = (type: string, outcome: string) => {
    const count = outcomesByProgramType[type]?.[outcome] ?? 0;
    return (
      <Records
        shown={numberText(count)}
        count={count}
        filter={{ program_type: type, outcome }}
        hrefOf={hrefOf}
      />
    );
  };
  return (
    <section class="stack" aria-labelledby="programs-heading">
      <h2 id="programs-heading">What they train in</h2>
      <div class="columns">
        <BarChart
          heading="Trainees by program type"
          unit="count"
          valueLabel="Trainees"
          labelHeading="Program type"
          sentence={
            largest
              ? `Most train in: ${name(largest)} (${share(by.program_type[largest]?.trainees ?? 0, figures.all.trainees)} of trainees).`
              : "Nobody is in training."
          }
          bars={types.map((type) => ({
            label: name(type),
            value: by.program_type[type]?.trainees ?? 0,
            href: hrefOf({ program_type: type }) ?? undefined,
          }))}
        />
        <SimpleTable
          caption="Program types: trainees, and enrollments by outcome"
          columns={[
            { label: "Program type" },
            { label: "Trainees", numeric: true },
            { label: "Completed", numeric: true },
            { label: "Continuing", numeric: true },
            { label: "Left", numeric: true },
          ]}
          rows={types.map((type) => [
            name(type),
            <Records
              shown={numberText(by.program_type[type]?.trainees ?? 0)}
              count={by.program_type[type]?.rows ?? 0}
              filter={{ program_type: type }}
              hrefOf={hrefOf}
            />,
            cell(type, "completed"),
            cell(type, "continuing"),
            cell(type, "left"),
          ])}
          compact
        />
      </div>
      <DimensionTable
        {...props}
        dimension="profession"
        caption="Trainees by profession"
        heading="Profession"
      />
      <div class="columns">
        <DimensionTable {...props} dimension="level" caption="Trainees by level" heading="Level" />
        <DimensionTable
          {...props}
          dimension="enrollment_status"
          caption="Trainees by attendance"
          heading="Attendance"
        />
      </div>
    </section>
  );
};

const HOURS: Record<HourKind, string> = {
  total: "All training hours",
  didactic: "Of them, classroom or related instruction",
  ojl: "Of them, on the job",
  muc: "In medically underserved communities",
  rural: "In rural settings",
  primary_care: "In primary care",
};

/** Money paid and hours trained. */
export const SupportSection: FC<SectionProps> = ({ figures, labels, hrefOf }) => {
  const { awards, hours } = figures.all;
  const paid = (type: AwardType | "total") => {
    const { usd, trainees } = awards[type];
    const filter = { paid: type };
    return [
      <Records shown={dollarText(usd)} count={usd} filter={filter} hrefOf={hrefOf} />,
      <Records shown={numberText(trainees)} count={trainees} filter={filter} hrefOf={hrefOf} />,
    ];
  };
  return (
    <section class="stack" aria-labelledby="support-heading">
      <h2 id="support-heading">Support and hours</h2>
      <div class="columns">
        <SimpleTable
          caption="Awards paid in the year"
          columns={[
            { label: "Award" },
            { label: "US dollars", numeric: true },
            { label: "Trainees paid", numeric: true },
          ]}
          rows={AWARD_TYPES.map((type) => [labelOf(labels, "award_type", type), ...paid(type)])}
          foot={["All", ...paid("total")]}
          compact
        />
        <SimpleTable
          caption="Hours by kind and setting; settings may overlap"
          columns={[
            { label: "Hours" },
            { label: "Hours", numeric: true },
            { label: "Share of all", numeric: true },
          ]}
          rows={HOUR_KINDS.map((kind) => [
            HOURS[kind],
            <Records
              shown={numberText(hours[kind])}
              count={hours[kind]}
              filter={{ hours: kind }}
              hrefOf={hrefOf}
            />,
            share(hours[kind], hours.total),
          ])}
          compact
        />
      </div>
    </section>
  );
};

/** How training ended: reasons for leaving, credentials, employment. */
export const OutcomesSection: FC<SectionProps> = (props) => {
  const { figures, labels, hrefOf } = props;
  const { all, credentials } = figures;
  const left = all.by.outcome["left"]?.rows ?? 0;
  const employment = [
    {
      name: "employment_at_completion" as const,
      caption: "Employment at completion",
      counts: all.employmentAtCompletion,
    },
    {
      name: "employment_1y" as const,
      caption: "Employment one year later",
      counts: all.employmentOneYearLater,
    },
  ];
  return (
    <section class="stack" aria-labelledby="outcomes-heading">
      <h2 id="outcomes-heading">What came of it</h2>
      <div class="columns">
        <DimensionTable
          {...props}
          dimension="outcome"
          caption="Trainees by outcome at the end of the year"
          heading="Outcome"
        />
        <SimpleTable
          caption={`Reasons for leaving, of ${numberText(left)} enrollments that ended without completion`}
          columns={[{ label: "Reason" }, { label: "Enrollments", numeric: true }]}
          rows={inListOrder(labels, "left_reason", Object.keys(all.leftReasons)).map((reason) => [
            labelOf(labels, "left_reason", reason),
            <Records
              shown={numberText(all.leftReasons[reason] ?? 0)}
              count={all.leftReasons[reason] ?? 0}
              filter={{ outcome: "left", left_reason: reason }}
              hrefOf={hrefOf}
            />,
          ])}
          compact
        />
        {employment.map(({ name, caption, counts }) => (
          <SimpleTable
            caption={`${caption}: ${numberText(counts.employed)} employed of ${numberText(counts.known)} known, of ${numberText(counts.completed)} completed`}
            columns={[
              { label: "Employment" },
              { label: "Enrollments", numeric: true },
              { label: "Of known", numeric: true },
            ]}
            rows={inListOrder(labels, name, Object.keys(counts.byCode)).map((code) => [
              labelOf(labels, name, code),
              <Records
                shown={numberText(counts.byCode[code] ?? 0)}
                count={counts.byCode[code] ?? 0}
                filter={{ outcome: "completed", [name]: code }}
                hrefOf={hrefOf}
              />,
              code === "not_reported" ? "–" : share(counts.byCode[code] ?? 0, counts.known),
            ])}
            foot={[
              "Employed, in any field",
              <Records
                shown={numberText(counts.employed)}
                count={counts.employed}
                filter={{ outcome: "completed", [name]: "employed" }}
                hrefOf={hrefOf}
              />,
              share(counts.employed, counts.known),
            ]}
            compact
          />
        ))}
      </div>
      <Details summary={`Credentials earned: ${numberText(credentials.length)} different ones`}>
        <SimpleTable
          caption="Credentials as the organizations name them"
          columns={[
            { label: "Credential" },
            { label: "Trainees", numeric: true },
            { label: "Enrollments", numeric: true },
          ]}
          rows={credentials.map(({ credential, trainees, rows }) => [
            credential,
            <Records shown={numberText(trainees)} count={rows} filter={{ credential }} hrefOf={hrefOf} />,
            <Records shown={numberText(rows)} count={rows} filter={{ credential }} hrefOf={hrefOf} />,
          ])}
          compact
        />
      </Details>
    </section>
  );
};
