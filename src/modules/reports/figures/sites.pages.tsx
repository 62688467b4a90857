import type { FC } from "hono/jsx";
import { Accordion, Details } from "../../../ui/details.tsx";
import { numberText } from "../../../ui/number-text.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { stateName } from "../../../ui/state-map.tsx";
import { type HrefOf, Records } from "./figure-tables.tsx";
import type { CountyFigures, ReportFigures, Shortage, SiteFigures } from "./report-figures.types.ts";
import { labelOf, type ReportLabels } from "./report-labels.store.ts";

/** Of a state with more sites, the page lists those with most trainees; the download has them all. */
const SITES_OF_A_STATE = 50;
/** One state's few sites are shown without opening anything more. */
const FEW_SITES = 20;

/** Whether a county is rural, as far as it is known. */
export const rurality = (county: CountyFigures | undefined): string =>
  typeof county?.isRural === "boolean" ? (county.isRural ? "rural" : "not rural") : "not known";

/** Whether a county is short of a discipline, with the score of its designation. */
export function shortageInWords({ status, score }: Shortage): string {
  if (status === "not_known") return "not known";
  return status === "not_designated" ? "none known" : score === null ? "short" : `short, score ${score}`;
}

/** The disciplines that the report asks about: the same ones for every county. */
export const disciplinesOf = (counties: readonly CountyFigures[]): string[] =>
  counties[0]?.shortages.map((shortage) => shortage.discipline) ?? [];

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

interface Setting {
  label: string;
  filter: Record<string, string>;
  counties: number;
  sites: number;
  rows: number;
}

const RURAL = [
  ["yes", true, "Rural counties (RUCC 4 to 9)"],
  ["no", false, "Other counties"],
  ["not_known", null, "Not known whether rural"],
] as const;

function settingsOf({ counties, sites, countyNotKnown }: ReportFigures): Setting[] {
  const among = (
    label: string,
    filter: Record<string, string>,
    chosen: readonly CountyFigures[],
  ): Setting => ({
    label,
    filter,
    counties: chosen.length,
    sites: sum(chosen.map((county) => county.sites)),
    rows: sum(chosen.map((county) => county.rows)),
  });
  const isShort = (county: CountyFigures, discipline: string): boolean =>
    county.shortages.some((one) => one.discipline === discipline && one.status === "designated");
  const known = disciplinesOf(counties).filter((discipline) =>
    counties.some((county) => isShort(county, discipline)),
  );
  return [
    ...RURAL.map(([answer, isRural, label]) =>
      among(
        label,
        { site_rural: answer },
        counties.filter((county) => county.isRural === isRural),
      ),
    ),
    {
      label: "County not known",
      filter: { county: "not_known" },
      counties: 0,
      sites: sites.filter((site) => site.countyFips === null).length,
      rows: countyNotKnown.rows,
    },
    ...known.map((discipline) =>
      among(
        `Counties designated as short of ${discipline.toLowerCase()}`,
        { shortage: discipline },
        counties.filter((county) => isShort(county, discipline)),
      ),
    ),
  ];
}

/** Training sites by rural status and by shortage. Trainees are not here: one may train in several counties. */
export const SettingsTable: FC<{ figures: ReportFigures; hrefOf: HrefOf }> = ({ figures, hrefOf }) => (
  <SimpleTable
    caption="Training sites by setting; a county can be both rural and designated"
    columns={[
      { label: "Setting" },
      { label: "Counties", numeric: true },
      { label: "Sites", numeric: true },
      { label: "Enrollments", numeric: true },
    ]}
    rows={settingsOf(figures).map(({ label, filter, counties, sites, rows }) => [
      label,
      <Records shown={numberText(counties)} count={counties} filter={filter} hrefOf={hrefOf} />,
      <Records
        shown={numberText(sites)}
        count={sites}
        filter={{ ...filter, site_named: "yes" }}
        hrefOf={hrefOf}
      />,
      <Records shown={numberText(rows)} count={rows} filter={filter} hrefOf={hrefOf} />,
    ])}
    compact
  />
);

interface StateSites {
  /** Null: the sites' county is not known. */
  state: string | null;
  sites: SiteFigures[];
}

/** Sites by state in the order of the alphabet, those of no known county last; in each, most trainees first. */
function byState(sites: readonly SiteFigures[], counties: ReadonlyMap<string, CountyFigures>): StateSites[] {
  const groups = Map.groupBy(sites, (site) => counties.get(site.countyFips ?? "")?.state ?? null);
  const name = (state: string | null): string => (state === null ? "\uFFFF" : stateName(state));
  return [...groups]
    .map(([state, ofState]) => ({
      state,
      sites: ofState.toSorted(
        (one, other) => other.trainees - one.trainees || (one.name < other.name ? -1 : 1),
      ),
    }))
    .toSorted((one, other) => (name(one.state) < name(other.state) ? -1 : 1));
}

const sitesInWords = (count: number): string => `${numberText(count)} ${count === 1 ? "site" : "sites"}`;

export interface SitesListProps {
  figures: ReportFigures;
  labels: ReportLabels;
  hrefOf: HrefOf;
}

/** Every training site with what is known of its county: a state opens its sites, so that hundreds stay readable. */
export const SitesList: FC<SitesListProps> = ({ figures, labels, hrefOf }) => {
  const { sites } = figures;
  if (sites.length === 0) return null;
  const counties = new Map(figures.counties.map((county) => [county.fips, county]));
  const groups = byState(sites, counties);
  return (
    <Details summary={`The ${numberText(sites.length)} training sites`}>
      <Accordion
        items={groups.map((group) => ({
          heading: `${group.state === null ? "County not known" : stateName(group.state)}: ${sitesInWords(group.sites.length)}`,
          open: groups.length === 1 && group.sites.length <= FEW_SITES,
          content: (
            <StateTable
              group={group}
              counties={counties}
              disciplines={disciplinesOf(figures.counties)}
              organizations={labels.has("organization") ? labels : null}
              hrefOf={hrefOf}
            />
          ),
        }))}
      />
    </Details>
  );
};

const StateTable: FC<{
  group: StateSites;
  counties: ReadonlyMap<string, CountyFigures>;
  disciplines: readonly string[];
  /** Labels that name the organizations, where the sites are of several. */
  organizations: ReportLabels | null;
  hrefOf: HrefOf;
}> = ({ group: { state, sites }, counties, disciplines, organizations, hrefOf }) => {
  const shown = sites.slice(0, SITES_OF_A_STATE);
  const place = state === null ? { county: "not_known" } : { site_state: state };
  const rows = sum(sites.map((site) => site.rows));
  return (
    <>
      <SimpleTable
        caption={`Training sites, ${state === null ? "county not known" : stateName(state)}`}
        columns={[
          { label: "Site" },
          ...(organizations ? [{ label: "Organization" }] : []),
          { label: "County" },
          { label: "Rural" },
          ...disciplines.map((discipline) => ({ label: `Shortage: ${discipline.toLowerCase()}` })),
          { label: "Trainees", numeric: true },
          { label: "Enrollments", numeric: true },
        ]}
        rows={shown.map((site) => {
          const county = counties.get(site.countyFips ?? "");
          const filter = {
            organization: site.organizationId,
            site: site.name,
            county: site.countyFips ?? "not_known",
          };
          return [
            site.name,
            ...(organizations ? [labelOf(organizations, "organization", site.organizationId)] : []),
            county ? `${county.name}, ${county.state}` : (site.countyFips ?? "not known"),
            rurality(county),
            ...disciplines.map((_, position) => {
              const shortage = county?.shortages[position];
              return shortage ? shortageInWords(shortage) : "not known";
            }),
            <Records shown={numberText(site.trainees)} count={site.rows} filter={filter} hrefOf={hrefOf} />,
            <Records shown={numberText(site.rows)} count={site.rows} filter={filter} hrefOf={hrefOf} />,
          ];
        })}
        foot={[
          <Records
            shown={sitesInWords(sites.length)}
            count={sites.length}
            filter={{ ...place, site_named: "yes" }}
            hrefOf={hrefOf}
          />,
          ...Array.from({ length: disciplines.length + (organizations ? 3 : 2) }, () => ""),
          "–",
          <Records
            shown={numberText(rows)}
            count={rows}
            filter={{ ...place, site_named: "yes" }}
            hrefOf={hrefOf}
          />,
        ]}
        compact
      />
      {shown.length < sites.length ? (
        <p class="soft">
          The {numberText(shown.length)} sites with most trainees, of {numberText(sites.length)}. All of them
          are in the XLSX and JSON downloads of this report, and in the list that “
          {sitesInWords(sites.length)}” opens.
        </p>
      ) : null}
    </>
  );
};
