import type { FC } from "hono/jsx";
import { Details } from "../../../ui/details.tsx";
import { numberText } from "../../../ui/number-text.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { type MapClass, StateMap, stateName } from "../../../ui/state-map.tsx";
import { type HrefOf, Records } from "./figure-tables.tsx";
import type { CountyFigures, ReportFigures } from "./report-figures.types.ts";
import { labelOf, type ReportLabels } from "./report-labels.store.ts";
import { disciplinesOf, rurality, SettingsTable, SitesList, shortageInWords } from "./sites.pages.tsx";

interface SectionProps {
  figures: ReportFigures;
  labels: ReportLabels;
  hrefOf: HrefOf;
}

/** The lowest number of sites of each class of the map. */
const CLASSES = [1, 3, 6, 11, 21];

/** Of more rows of EXP-2 the page lists those with most trainees; the downloads have them all. */
const EXP2_SHOWN = 1000;

/** Where training takes place: states, counties, sites, and EXP-2. */
export const PlacesSection: FC<SectionProps> = ({ figures, labels, hrefOf }) => {
  const { counties, sites, exp2, countyNotKnown } = figures;
  const disciplines = disciplinesOf(counties);
  const rural = counties.filter((county) => county.isRural).length;
  const unknown = counties.filter((county) => county.isRural === null).length;
  const records = (count: number, filter: Record<string, string>) => (
    <Records shown={numberText(count)} count={count} filter={filter} hrefOf={hrefOf} />
  );
  return (
    <section class="stack" aria-labelledby="places-heading">
      <h2 id="places-heading">Where they train</h2>
      <p>
        {records(sites.length, { site_named: "yes" })} training sites in{" "}
        {records(counties.length, { county: "known" })} counties; {records(rural, { site_rural: "yes" })} of
        them rural (RUCC 4 to 9), {records(unknown, { site_rural: "not_known" })} not known.{" "}
        <Records
          shown={`${numberText(countyNotKnown.rows)} enrollments`}
          count={countyNotKnown.rows}
          filter={{ county: "not_known" }}
          hrefOf={hrefOf}
        />{" "}
        name no county.
      </p>
      <SiteMap counties={counties} hrefOf={hrefOf} />
      <SettingsTable figures={figures} hrefOf={hrefOf} />
      <Details summary={`The ${numberText(counties.length)} counties`}>
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
            records(county.sites, { county: county.fips, site_named: "yes" }),
            <Records
              shown={numberText(county.trainees)}
              count={county.rows}
              filter={{ county: county.fips }}
              hrefOf={hrefOf}
            />,
          ])}
          compact
        />
      </Details>
      <SitesList figures={figures} labels={labels} hrefOf={hrefOf} />
      <Details summary={`EXP-2: ${numberText(exp2.length)} rows by program, site and profession`}>
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
          rows={mostOf(exp2).map((row) => [
            row.programName,
            row.academicYear,
            row.siteName ?? "not named",
            labelOf(labels, "profession", row.profession),
            <Records
              shown={numberText(row.principal)}
              count={row.principal}
              filter={{
                year: row.academicYear,
                organization: row.organizationId,
                program: row.programName,
                ...(row.siteName === null ? { site_named: "no" } : { site: row.siteName }),
                profession: row.profession,
              }}
              hrefOf={hrefOf}
            />,
            numberText(row.interprofessional),
          ])}
          compact
        />
        {exp2.length > EXP2_SHOWN ? (
          <p class="soft">
            The {numberText(EXP2_SHOWN)} rows with most principal trainees, of {numberText(exp2.length)}. All
            of them are in the XLSX and JSON downloads of this report.
          </p>
        ) : null}
      </Details>
    </section>
  );
};

/** In the order they come in where all are shown, else those with most principal trainees first. */
function mostOf(rows: ReportFigures["exp2"]): ReportFigures["exp2"] {
  if (rows.length <= EXP2_SHOWN) return rows;
  return rows.toSorted((one, other) => other.principal - one.principal).slice(0, EXP2_SHOWN);
}

const SiteMap: FC<{ counties: readonly CountyFigures[]; hrefOf: HrefOf }> = ({ counties, hrefOf }) => {
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
      label: `${numberText(sites)} ${sites === 1 ? "site" : "sites"}`,
      href: hrefOf({ site_state: state, site_named: "yes" }) ?? undefined,
    }));
  const [most] = [...byState].toSorted(([, one], [, other]) => other - one);
  return (
    <StateMap
      heading="Training sites by state"
      sentence={
        most
          ? `${numberText(values.length)} states and territories have training sites; ${stateName(most[0])} has the most (${numberText(most[1])}).`
          : "No training sites are named."
      }
      values={values}
      classes={["1 or 2 sites", "3 to 5", "6 to 10", "11 to 20", "more than 20"]}
      none="No sites"
    />
  );
};
