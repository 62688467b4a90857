import type { FC } from "hono/jsx";
import { RACES_1997 } from "../../../methods/race-1997.ts";
import { ShareChart } from "../../../ui/share-chart.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { CountTable, type HrefOf, inWords, Records } from "./figure-tables.tsx";
import type { Dimension, ReportFigures, YearFigures } from "./report-figures.types.ts";
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
    <Race1997Table race={props.figures.all.race1997} labels={props.labels} />
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
      caption={`Trainees by race or ethnicity (2024 standard, all that apply), of ${inWords(race.reported.trainees)} who answered; ${inWords(race.not_reported.trainees)} not reported`}
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
            <Records shown={inWords(any.trainees)} count={any.rows} filter={filters(code)} hrefOf={hrefOf} />,
            <Records
              shown={inWords(alone.trainees)}
              count={alone.rows}
              filter={{ race: code, race_only: "yes" }}
              hrefOf={hrefOf}
            />,
            inWords(in_combination.trainees),
          ];
        }),
        [
          "Two or more",
          <Records
            shown={inWords(race.two_or_more.trainees)}
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
            shown={inWords(race.not_reported.trainees)}
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

const Race1997Table: FC<{ race: YearFigures["race1997"]; labels: ReportLabels }> = ({ race, labels }) => (
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
        inWords(race.categories[code].any.trainees),
        inWords(race.categories[code].alone.trainees),
      ]),
      ["More than one race", inWords(race.two_or_more.trainees), "–"],
      ["Race not reported", inWords(race.race_not_reported.trainees), "–"],
      ["Hispanic or Latino, of any race", inWords(race.hispanic.yes.trainees), "–"],
      ["Not Hispanic or Latino", inWords(race.hispanic.no.trainees), "–"],
      ["Ethnicity not reported", inWords(race.hispanic.not_reported.trainees), "–"],
    ]}
    compact
  />
);

const BASIS: Record<RepresentationRow["basis"], string> = {
  alone: "alone",
  any: "of any race",
  hispanic: "of any race, apart",
};

/** The trainees beside the people of the counties served. */
export const RepresentationSection: FC<Pick<SectionProps, "figures" | "labels">> = ({ figures, labels }) => {
  const { representation } = figures;
  const missing = representation.countiesWithoutFigures.length;
  const name = (row: RepresentationRow): string =>
    `${labelOf(labels, "race_ethnicity", row.category)} (${BASIS[row.basis]})`;
  const groups = representation.rows
    .filter((row) => row.basis !== "any")
    .map((row) => ({
      label: name(row),
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
        {inWords(representation.population)} people live in the {inWords(representation.counties - missing)}{" "}
        counties where trainees train.
        {missing > 0
          ? ` ${inWords(missing)} more ${missing === 1 ? "county is" : "counties are"} without figures and ${missing === 1 ? "is" : "are"} left out.`
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
          .map((row) => [name(row), inWords(row.trainees), inWords(row.known)])}
        compact
      />
    </section>
  );
};
