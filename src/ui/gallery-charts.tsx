import type { FC } from "hono/jsx";
import { BarChart } from "./bar-chart.tsx";
import { Section } from "./gallery-section.tsx";
import { LoopDrawing } from "./loop-drawing.tsx";
import { ShareChart } from "./share-chart.tsx";
import { StateMap, type StateValue } from "./state-map.tsx";

const value = (state: string, practices: number): StateValue => ({
  state,
  class: practices > 9 ? 4 : practices > 6 ? 3 : practices > 3 ? 2 : practices > 1 ? 1 : 0,
  label: String(practices),
  href: "#main",
});

const practices: StateValue[] = [
  value("IL", 12),
  value("OH", 10),
  value("WI", 7),
  value("MT", 4),
  value("TX", 8),
  value("CA", 9),
  value("AK", 2),
  value("HI", 1),
  value("DC", 3),
  value("PR", 5),
  value("FL", 2),
  value("NY", 6),
  value("CO", 1),
  value("GA", 3),
  { state: "WY", class: "withheld", label: "withheld" },
  { state: "VT", class: "withheld", label: "withheld" },
];

/** Charts, the map and the loop. */
export const ChartGallery: FC = () => (
  <Section title="Charts">
    <div class="columns">
      <BarChart
        heading="Who is in training, beside the communities served"
        unit="share"
        valueLabel="Trainees"
        markLabel="People in the counties served"
        labelHeading="Race or ethnicity"
        sentence="Black trainees are 1.5 times their share of the population (interval 1.4 to 1.7)."
        note="American Community Survey 2023, five years; trainees of 2024–25."
        bars={[
          { label: "White", value: 0.41, low: 0.39, high: 0.43, mark: 0.52 },
          { label: "Black", value: 0.188, low: 0.174, high: 0.203, mark: 0.125 },
          { label: "Hispanic or Latino", value: 0.148, low: 0.135, high: 0.161, mark: 0.168 },
          { label: "American Indian or Alaska Native", value: 0.033, low: 0.027, high: 0.04, mark: 0.012 },
          { label: "Native Hawaiian or Pacific Islander", value: "withheld", mark: 0.003 },
          { label: "Not known", value: null },
        ]}
      />
      <ShareChart
        heading="Represented more or less than in the population"
        sentence="Black and American Indian people are more present among trainees than in the counties served; white people less."
        groups={[
          { label: "White", ratio: { value: 0.79, low: 0.75, high: 0.83 }, share: 0.41, population: 0.52 },
          { label: "Black", ratio: { value: 1.5, low: 1.39, high: 1.62 }, share: 0.188, population: 0.125 },
          {
            label: "Hispanic or Latino",
            ratio: { value: 0.94, low: 0.86, high: 1.03 },
            share: 0.148,
            population: 0.168,
          },
          {
            label: "American Indian or Alaska Native",
            ratio: { value: 2.75, low: 2.2, high: 3.4 },
            share: 0.033,
            population: 0.012,
          },
          { label: "Native Hawaiian or Pacific Islander", ratio: "withheld", population: 0.003 },
        ]}
      />
    </div>
    <BarChart
      heading="Trainees by program type"
      unit="count"
      valueLabel="Trainees"
      labelHeading="Program type"
      sentence="Two of three trainees are in certificates or registered apprenticeships."
      bars={[
        { label: "Certificate", value: 942, href: "#main" },
        { label: "Registered apprenticeship", value: 829 },
        { label: "Practicum or field placement", value: 579 },
        { label: "Fellowship", value: 178 },
        { label: "Pre-apprenticeship", value: 50 },
      ]}
    />
    <StateMap
      heading="Practices by state"
      sentence="14 of 52 places have at least one practice; Illinois and Ohio have the most."
      values={practices}
      classes={["1 practice", "2 or 3", "4 to 6", "7 to 9", "10 or more"]}
      none="No practices yet"
    />
    <LoopDrawing
      subtitle="follow any thing around it"
      nodes={{
        needs: { label: "Needs", count: "61 named", href: "#main" },
        practices: { label: "Practices", count: "13 real", href: "#main", current: true },
        programs: { label: "Programs", count: "74 run", href: "#main" },
        people: { label: "People", count: "2,913", href: "#main" },
        measures: { label: "Measures", count: "118", href: "#main" },
        evidence: { label: "Evidence", count: null },
      }}
    />
  </Section>
);
