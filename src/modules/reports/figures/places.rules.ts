// Training sites, their counties, EXP-2 and credentials, from what the database counted.

import type { CountedRow } from "./counts.store.ts";
import type { CountyRecord, InterprofessionalRow } from "./places.store.ts";
import type {
  Count,
  CountyFigures,
  CredentialFigures,
  Exp2Row,
  Shortage,
  SiteFigures,
} from "./report-figures.types.ts";

/** By how much enrollments outnumber trainees, by "extra" key. */
type Extras = ReadonlyMap<string, number>;

const keyOf = (...parts: readonly (string | null | undefined)[]): string =>
  JSON.stringify(parts.map((part) => part ?? null));

function readExtras(rows: readonly CountedRow[]): Extras {
  return new Map(
    rows.filter((row) => row.kind === "extra").map((row) => [keyOf(row.year, ...row.key), row.n]),
  );
}

interface Place {
  year: string;
  organizationId: string;
  programKey: string;
  programName: string;
  profession: string;
  siteKey: string | null;
  siteName: string | null;
  countyFips: string | null;
  n: number;
}

function readPlaces(rows: readonly CountedRow[]): Place[] {
  return rows
    .filter((row) => row.kind === "place")
    .map(({ year, key, n }) => {
      const [organizationId, programKey, programName, profession, siteKey, siteName, countyFips] = key;
      const text = (part: string | null | undefined): string => part ?? "";
      return {
        year: text(year),
        organizationId: text(organizationId),
        programKey: text(programKey),
        programName: text(programName),
        profession: text(profession),
        siteKey: siteKey ?? null,
        siteName: siteName ?? null,
        countyFips: countyFips ?? null,
        n,
      };
    });
}

/** Adds up `rows` by key; trainees are the enrollments less the extra ones. */
function group<Row, Made extends Count>(
  rows: readonly Row[],
  extras: Extras,
  read: { key: (row: Row) => string; n: (row: Row) => number; make: (row: Row) => Omit<Made, keyof Count> },
): Made[] {
  const groups = new Map<string, Made>();
  for (const row of rows) {
    const key = read.key(row);
    const found =
      groups.get(key) ?? ({ ...read.make(row), rows: 0, trainees: -(extras.get(key) ?? 0) } as Made);
    found.rows += read.n(row);
    found.trainees += read.n(row);
    groups.set(key, found);
  }
  return [...groups.values()];
}

const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** Training sites: a name and a county, in one organization. Enrollments without a site name are not here. */
export function sitesOf(rows: readonly CountedRow[]): SiteFigures[] {
  const named = readPlaces(rows).filter((row) => row.siteKey !== null);
  return group<Place, SiteFigures>(named, readExtras(rows), {
    key: (row) => keyOf(null, "site", row.organizationId, row.siteKey, row.countyFips),
    n: (row) => row.n,
    make: (row) => ({
      organizationId: row.organizationId,
      name: row.siteName ?? "",
      countyFips: row.countyFips,
    }),
  }).toSorted((one, other) => byText(one.name, other.name));
}

/** Trainees by the county of their training site; null: not known. */
export function countyCountsOf(rows: readonly CountedRow[]): (Count & { fips: string | null })[] {
  return group<Place, Count & { fips: string | null }>(readPlaces(rows), readExtras(rows), {
    key: (row) => keyOf(null, "county", row.countyFips),
    n: (row) => row.n,
    make: (row) => ({ fips: row.countyFips }),
  });
}

export function credentialsOf(rows: readonly CountedRow[]): CredentialFigures[] {
  const earned = rows.filter((row) => row.kind === "credential" && row.key[0] !== null);
  return group<CountedRow, CredentialFigures>(earned, readExtras(rows), {
    key: (row) => keyOf(null, "credential", row.key[0]),
    n: (row) => row.n,
    make: (row) => ({ credential: row.key[0] ?? "" }),
  }).toSorted((one, other) => other.trainees - one.trainees || byText(one.credential, other.credential));
}

// Codes newer than some shortage files: Connecticut's planning regions (2022) and two boroughs of Alaska (2019). Where
// such a county has no designation, it may be because the file knows its place under another code.
const RENUMBERED = /^(091[1-9]0|02063|02066)$/;

function shortageOf(county: CountyRecord, discipline: string): Shortage {
  const score = county.shortages[discipline];
  if (score !== undefined) return { discipline, status: "designated", score };
  return {
    discipline,
    status: county.superseded || RENUMBERED.test(county.fips) ? "not_known" : "not_designated",
    score: null,
  };
}

/** Disciplines that training for behavioral health asks about, whether or not their designations are loaded. */
const ASKED_DISCIPLINES = ["Primary Care", "Mental Health"];

/** Counties with training sites. A discipline of which nothing is loaded stays not known. */
export function countiesOf(
  counts: readonly (Count & { fips: string | null })[],
  sites: readonly SiteFigures[],
  counties: readonly CountyRecord[],
  loaded: readonly string[],
): CountyFigures[] {
  const disciplines = [...new Set([...ASKED_DISCIPLINES, ...loaded])];
  const byFips = new Map(counts.map((count) => [count.fips, count]));
  const siteCounts = new Map<string | null, number>();
  for (const site of sites) siteCounts.set(site.countyFips, (siteCounts.get(site.countyFips) ?? 0) + 1);
  return counties.map((county) => ({
    fips: county.fips,
    name: county.name,
    state: county.state,
    superseded: county.superseded,
    isRural: county.isRural,
    shortages: disciplines.map(
      (discipline): Shortage =>
        loaded.includes(discipline)
          ? shortageOf(county, discipline)
          : { discipline, status: "not_known", score: null },
    ),
    sites: siteCounts.get(county.fips) ?? 0,
    rows: byFips.get(county.fips)?.rows ?? 0,
    trainees: byFips.get(county.fips)?.trainees ?? 0,
  }));
}

/**
 * EXP-2: one row per training program, site and profession, with the principal trainees (those with an enrollment) and
 * the others who trained alongside them; either may be zero. Source: HRSA BPMH manual, form EXP-2, columns 4 and 5.
 */
export function exp2Of(rows: readonly CountedRow[], others: readonly InterprofessionalRow[]): Exp2Row[] {
  const key = (row: {
    year: string;
    organizationId: string;
    programKey: string;
    profession: string;
    siteKey: string | null;
  }): string => keyOf(row.year, "exp2", row.organizationId, row.programKey, row.profession, row.siteKey);
  const places = readPlaces(rows);
  const principal = group<Place, Count & Omit<Place, "n" | "countyFips">>(places, readExtras(rows), {
    key,
    n: (row) => row.n,
    make: ({ n: _n, countyFips: _county, ...row }) => row,
  });
  const result = new Map<string, Exp2Row>();
  for (const row of principal) {
    const { organizationId, programName, siteName, profession } = row;
    result.set(key(row), {
      academicYear: row.year,
      organizationId,
      programName,
      siteName,
      profession,
      principal: row.trainees,
      interprofessional: 0,
    });
  }
  for (const other of others) {
    const place = key({ ...other, year: other.academicYear });
    const { academicYear, organizationId, programName, siteName, profession } = other;
    const found = result.get(place) ?? {
      academicYear,
      organizationId,
      programName,
      siteName,
      profession,
      principal: 0,
      interprofessional: 0,
    };
    found.interprofessional += other.trainees;
    result.set(place, found);
  }
  const order = (row: Exp2Row): string =>
    [row.academicYear, row.organizationId, row.programName, row.siteName ?? "", row.profession].join("\t");
  return [...result.values()].toSorted((one, other) => byText(order(one), order(other)));
}
