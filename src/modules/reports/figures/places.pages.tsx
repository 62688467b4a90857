import type { FC } from "hono/jsx";
import { Details } from "../../../ui/details.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { type MapClass, StateMap } from "../../../ui/state-map.tsx";
import { type HrefOf, inWords, Records } from "./figure-tables.tsx";
import type { CountyFigures, ReportFigures, Shortage } from "./report-figures.types.ts";
import { labelOf, type ReportLabels } from "./report-labels.store.ts";

interface SectionProps {
  figures: ReportFigures;
  labels: ReportLabels;
  hrefOf: HrefOf;
}

const rurality = (county: CountyFigures): string =>
  county.isRural === null ? "not known" : county.isRural ? "rural" : "not rural";

function shortageInWords({ status, score }: Shortage): string {
  if (status === "not_known") return "not known";
  return status === "not_designated" ? "none known" : score === null ? "short" : `short, score ${score}`;
}

/** The lowest number of sites of each class of the map. */
const CLASSES = [1, 3, 6, 11, 21];

/** Where training takes place: states, counties, sites, and EXP-2. */
export const PlacesSection: FC<SectionProps> = ({ figures, labels, hrefOf }) => {
  const { counties, sites, exp2, countyNotKnown } = figures;
  const disciplines = counties[0]?.shortages.map((shortage) => shortage.discipline) ?? [];
  const rural = counties.filter((county) => county.isRural).length;
  const unknown = counties.filter((county) => county.isRural === null).length;
  return (
    <section class="stack" aria-labelledby="places-heading">
      <h2 id="places-heading">Where they train</h2>
      <p>
        {inWords(sites.length)} training sites in {inWords(counties.length)} counties; {inWords(rural)} of
        them rural (RUCC 4 to 9), {inWords(unknown)} not known.{" "}
        <Records
          shown={`${inWords(countyNotKnown.rows)} enrollments`}
          count={countyNotKnown.rows}
          filter={{ county: "not_known" }}
          hrefOf={hrefOf}
        />{" "}
        name no county.
      </p>
      <SiteMap counties={counties} />
      <Details summary={`The ${inWords(counties.length)} counties`}>
        <SimpleTable
          caption="Counties with training sites"
          columns={[
            { label: "County" },
            { label: "Rural" },
            ...disciplines.map((discipline) => ({ label: `Shortage: ${discipline.toLowerCase()}` })),
            { label: "Sites", numeric: true },
            { label: "Trainees", numeric: true },
          ]}
          rows={counties.map((county) => [
            `${county.name}, ${county.state}${county.superseded ? " (earlier county)" : ""}`,
            rurality(county),
            ...county.shortages.map(shortageInWords),
            inWords(county.sites),
            <Records
              shown={inWords(county.trainees)}
              count={county.rows}
              filter={{ county: county.fips }}
              hrefOf={hrefOf}
            />,
          ])}
          compact
        />
      </Details>
      <Details summary={`EXP-2: ${inWords(exp2.length)} rows by program, site and profession`}>
        <SimpleTable
          caption="Principal trainees, and others who trained alongside them"
          columns={[
            { label: "Program" },
            { label: "Year" },
            { label: "Site" },
            { label: "Profession" },
            { label: "Principal", numeric: true },
            { label: "Interprofessional", numeric: true },
          ]}
          rows={exp2.map((row) => [
            row.programName,
            row.academicYear,
            row.siteName ?? "not named",
            labelOf(labels, "profession", row.profession),
            <Records
              shown={inWords(row.principal)}
              count={row.siteName === null ? 0 : row.principal}
              filter={{
                year: row.academicYear,
                organization: row.organizationId,
                program: row.programName,
                site: row.siteName ?? "",
                profession: row.profession,
              }}
              hrefOf={hrefOf}
            />,
            inWords(row.interprofessional),
          ])}
          compact
        />
      </Details>
    </section>
  );
};

const SiteMap: FC<{ counties: readonly CountyFigures[] }> = ({ counties }) => {
  const byState = new Map<string, number>();
  for (const county of counties) byState.set(county.state, (byState.get(county.state) ?? 0) + county.sites);
  const classOf = (sites: number): MapClass =>
    Math.max(
      0,
      CLASSES.findLastIndex((lowest) => sites >= lowest),
    ) as 0 | 1 | 2 | 3 | 4;
  const values = [...byState]
    .filter(([, sites]) => sites > 0)
    .map(([state, sites]) => ({
      state,
      class: classOf(sites),
      label: `${inWords(sites)} ${sites === 1 ? "site" : "sites"}`,
    }));
  const [most] = [...byState].toSorted(([, one], [, other]) => other - one);
  return (
    <StateMap
      heading="Training sites by state"
      sentence={
        most
          ? `${inWords(values.length)} states and territories have training sites; ${most[0]} has the most (${inWords(most[1])}).`
          : "No training sites are named."
      }
      values={values}
      classes={["1 or 2 sites", "3 to 5", "6 to 10", "11 to 20", "more than 20"]}
      none="No sites"
    />
  );
};
