import type { FC } from "hono/jsx";
import { RACES_1997 } from "../../../methods/race-1997.ts";
import { numberText } from "../../../ui/number-text.ts";
import { ShareChart } from "../../../ui/share-chart.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { CountTable, type HrefOf, Records } from "./figure-tables.tsx";
import type { Count, Dimension, ReportFigures } from "./report-figures.types.ts";
import { SPD15_CATEGORIES } from "./report-figures.types.ts";
import { inListOrder, labelOf, type ReportLabels } from "./report-labels.store.ts";
import type { RepresentationRow } from "./representation.rules.ts";

interface SectionProps {
  figures: ReportFigures;
  labels: ReportLabels;
  hrefOf: HrefOf;
}

/** One table per dimension, in the order of its code list. */
export const DimensionTable: FC<
  SectionProps & { dimension: Dimension; caption: string; heading: string }
> = ({ figures, labels, hrefOf, dimension, caption, heading }) => {
  const counts = figures.all.by[dimension];
  const rows = inListOrder(labels, dimension, Object.keys(counts)).map((code) => ({
    label: labelOf(labels, dimension, code),
    filter: { [dimension]: code },
    ...(counts[code] ?? { rows: 0, trainees: 0 }),
  }));
  return (
    <CountTable
      caption={caption}
      heading={heading}
      rows={rows}
      trainees={figures.all.trainees}
      hrefOf={hrefOf}
    />
  );
};

/** Who is in training: sex, age, race and ethnicity under both standards, backgrounds, service. */
export const PeopleSection: FC<SectionProps> = (props) => (
  <section class="stack" aria-labelledby="people-heading">
    <h2 id="people-heading">Who is in training</h2>
    <p class="soft">
      A trainee with two enrollments that differ counts in both rows, so that rows can add up to more than all
      trainees.
    </p>
    <div class="columns">
      <DimensionTable {...props} dimension="sex" caption="Trainees by sex" heading="Sex" />
      <DimensionTable {...props} dimension="age_band" caption="Trainees by age" heading="Age in years" />
    </div>
    <RaceTable {...props} />
    <Race1997Table {...props} />
    <div class="columns">
      <DimensionTable
        {...props}
        dimension="rural_background"
        caption="Trainees by rural background"
        heading="Grew up in a rural area"
      />
      <DimensionTable
        {...props}
        dimension="disadvantaged_background"
        caption="Trainees by disadvantaged background"
        heading="Disadvantaged background"
      />
      <DimensionTable
        {...props}
        dimension="veteran_status"
        caption="Trainees by military service"
        heading="Service"
      />
      <DimensionTable
        {...props}
        dimension="funded"
        caption="Trainees by direct support from the grant"
        heading="Supported"
      />
    </div>
  </section>
);

const RaceTable: FC<SectionProps> = ({ figures, labels, hrefOf }) => {
  const { race } = figures.all;
  const filters = (code: string) => ({ race: code });
  return (
    <SimpleTable
      caption={`Trainees by race or ethnicity (2024 standard, all that apply), of ${numberText(race.reported.trainees)} who answered; ${numberText(race.not_reported.trainees)} not reported`}
      columns={[
        { label: "Race or ethnicity" },
        { label: "Any", numeric: true },
        { label: "Alone", numeric: true },
        { label: "In combination", numeric: true },
      ]}
      rows={[
        ...SPD15_CATEGORIES.map((code) => {
          const { any, alone, in_combination } = race.categories[code];
          return [
            labelOf(labels, "race_ethnicity", code),
            <Records
              shown={numberText(any.trainees)}
              count={any.rows}
              filter={filters(code)}
              hrefOf={hrefOf}
            />,
            <Records
              shown={numberText(alone.trainees)}
              count={alone.rows}
              filter={{ race: code, race_only: "yes" }}
              hrefOf={hrefOf}
            />,
            <Records
              shown={numberText(in_combination.trainees)}
              count={in_combination.rows}
              filter={{ race: code, race_only: "no" }}
              hrefOf={hrefOf}
            />,
          ];
        }),
        [
          "Two or more",
          <Records
            shown={numberText(race.two_or_more.trainees)}
            count={race.two_or_more.rows}
            filter={filters("two_or_more")}
            hrefOf={hrefOf}
          />,
          "–",
          "–",
        ],
        [
          "Not reported",
          <Records
            shown={numberText(race.not_reported.trainees)}
            count={race.not_reported.rows}
            filter={filters("not_reported")}
            hrefOf={hrefOf}
          />,
          "–",
          "–",
        ],
      ]}
      compact
    />
  );
};

const Race1997Table: FC<SectionProps> = ({ figures, labels, hrefOf }) => {
  const { categories, two_or_more, race_not_reported, hispanic } = figures.all.race1997;
  const records = ({ rows, trainees }: Count, filter: Record<string, string>) => (
    <Records shown={numberText(trainees)} count={rows} filter={filter} hrefOf={hrefOf} />
  );
  return (
    <SimpleTable
      caption="The same trainees under the standard of 1997, derived: Middle Eastern or North African counts as White; Hispanic alone has no race reported"
      columns={[
        { label: "Race or ethnicity" },
        { label: "Any", numeric: true },
        { label: "Alone", numeric: true },
      ]}
      rows={[
        ...RACES_1997.map((code) => [
          labelOf(labels, "race_ethnicity", code),
          records(categories[code].any, { race_1997: code }),
          records(categories[code].alone, { race_1997: code, race_1997_only: "yes" }),
        ]),
        ["More than one race", records(two_or_more, { race_1997: "two_or_more" }), "–"],
        ["Race not reported", records(race_not_reported, { race_1997: "not_reported" }), "–"],
        ["Hispanic or Latino, of any race", records(hispanic.yes, { hispanic: "yes" }), "–"],
        ["Not Hispanic or Latino", records(hispanic.no, { hispanic: "no" }), "–"],
        ["Ethnicity not reported", records(hispanic.not_reported, { hispanic: "not_reported" }), "–"],
      ]}
      compact
    />
  );
};

const BASIS: Record<RepresentationRow["basis"], string> = {
  alone: "alone",
  any: "of any race",
  hispanic: "of any race, apart",
};

/** The trainees of a row. */
const representedFilter = ({ category, basis }: RepresentationRow): Record<string, string> =>
  basis === "hispanic"
    ? { hispanic: "yes" }
    : { race_1997: category, ...(basis === "alone" ? { race_1997_only: "yes" } : {}) };

/** The trainees beside the people of the counties served. */
export const RepresentationSection: FC<SectionProps> = ({ figures, labels, hrefOf }) => {
  const { representation } = figures;
  const missing = representation.countiesWithoutFigures.length;
  const name = (row: RepresentationRow): string =>
    `${labelOf(labels, "race_ethnicity", row.category)} (${BASIS[row.basis]})`;
  const groups = representation.rows
    .filter((row) => row.basis !== "any")
    .map((row) => ({
      label: name(row),
      href: hrefOf(representedFilter(row)) ?? undefined,
      ratio: row.ratio,
      share: row.traineeShare ?? undefined,
      population: row.populationShare ?? undefined,
    }));
  const withRatio = representation.rows.filter((row) => row.ratio !== null);
  const more = withRatio.filter((row) => (row.ratio?.low ?? 0) > 1).map(name);
  const fewer = withRatio.filter((row) => (row.ratio?.high ?? 2) < 1).map(name);
  return (
    <section class="stack" aria-labelledby="representation-heading">
      <h2 id="representation-heading">Beside the communities served</h2>
      <p>
        {numberText(representation.population)} people live in the{" "}
        {numberText(representation.counties - missing)} counties where trainees train.
        {missing > 0
          ? ` ${numberText(missing)} more ${missing === 1 ? "county is" : "counties are"} without figures and ${missing === 1 ? "is" : "are"} left out.`
          : ""}
      </p>
      <ShareChart
        heading="Trainees' share as a multiple of the population's share"
        sentence={`${more.length > 0 ? `More present among trainees: ${more.join("; ")}.` : "No group is clearly more present among trainees."} ${fewer.length > 0 ? `Less present: ${fewer.join("; ")}.` : "No group is clearly less present."}`}
        note="Races of 1997, of trainees whose race is known. American Community Survey 2019–2023. Interval: Wilson bounds (95 %) of the trainees' share, divided by the population's share."
        groups={groups}
        labelHeading="Race or ethnicity"
        populationLabel="Share of people in the counties served"
      />
      <SimpleTable
        caption="Of any race: the county data give no population for these, so there is no ratio"
        columns={[
          { label: "Race" },
          { label: "Trainees", numeric: true },
          { label: "Of known", numeric: true },
        ]}
        rows={representation.rows
          .filter((row) => row.basis === "any")
          .map((row) => [
            name(row),
            <Records
              shown={numberText(row.trainees)}
              count={row.trainees}
              filter={representedFilter(row)}
              hrefOf={hrefOf}
            />,
            <Records
              shown={numberText(row.known)}
              count={row.known}
              filter={{ race_1997: "reported" }}
              hrefOf={hrefOf}
            />,
          ])}
        compact
      />
    </section>
  );
};
