import {
  type Axis,
  cellOf,
  declareTable,
  mergeDeclarations,
  type TableDeclaration,
} from "../../../methods/disclosure/declare.ts";
import type { Release as GateRelease } from "../../../methods/disclosure/model.ts";
import { presentCell } from "../../../methods/disclosure/present.ts";
import { protect } from "../../../methods/disclosure.ts";
import type { YearFigures } from "../figures/report-figures.types.ts";
import type { PublishedTable, PublishedTables, Shown } from "./release.types.ts";

/** A table that every release publishes. */
export interface PublishedDimension {
  id: string;
  title: string;
  /** The code list of its columns, or their codes in order. */
  list: string | null;
  codes?: readonly string[];
  count: (figures: YearFigures, code: string) => number;
  /** People may be in several columns, and how many are not in one is protected too. */
  overlapping?: boolean;
}

const byCode =
  (dimension: keyof YearFigures["by"]) =>
  (figures: YearFigures, code: string): number =>
    figures.by[dimension]?.[code]?.trainees ?? 0;

const RACES = [
  "american_indian_or_alaska_native",
  "asian",
  "black_or_african_american",
  "hispanic_or_latino",
  "middle_eastern_or_north_african",
  "native_hawaiian_or_pacific_islander",
  "white",
] as const;

/** The published tables, declared as data: nothing else about people leaves the hub. */
export const publishedDimensions: readonly PublishedDimension[] = [
  { id: "program_type", title: "Training program type", list: "program_type", count: byCode("program_type") },
  { id: "outcome", title: "State at the end of the year", list: "outcome", count: byCode("outcome") },
  { id: "profession", title: "Profession", list: "profession", count: byCode("profession") },
  { id: "sex", title: "Sex", list: "sex", count: byCode("sex") },
  {
    id: "age_band",
    title: "Age",
    list: null,
    codes: ["<20", "20-29", "30-39", "40-49", "50-59", "60+", "not_reported"],
    count: byCode("age_band"),
  },
  {
    id: "race_ethnicity",
    title: "Race or ethnicity (all that apply)",
    list: null,
    codes: RACES,
    overlapping: true,
    count: (figures, code) => figures.race.categories[code as (typeof RACES)[number]]?.any.trainees ?? 0,
  },
  { id: "rural_background", title: "Rural background", list: "yes_no", count: byCode("rural_background") },
  {
    id: "disadvantaged_background",
    title: "Disadvantaged background",
    list: "yes_no",
    count: byCode("disadvantaged_background"),
  },
];

/** One organization's accepted version. */
export interface AcceptedFigures {
  organizationId: string;
  name: string;
  state: string | null;
  version: number;
  figures: YearFigures;
}

export interface ReleaseRequest {
  academicYear: string;
  number: number;
  accepted: readonly AcceptedFigures[];
  threshold: number;
  /** Everything published before, oldest first. */
  earlier: readonly GateRelease[];
  /** Labels by list and code. */
  labels: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Names an organization's figures of one accepted version: unchanged versions are the same figures in every release. */
const figuresKey = (accepted: AcceptedFigures, academicYear: string): string =>
  `${accepted.organizationId}@${academicYear}.${accepted.version}`;

function codesOf(dimension: PublishedDimension, labels: ReleaseRequest["labels"]): string[] {
  return dimension.list ? [...(labels.get(dimension.list)?.keys() ?? [])] : [...(dimension.codes ?? [])];
}

function declareDimension(
  dimension: PublishedDimension,
  request: ReleaseRequest,
): { table: TableDeclaration; codes: string[]; addsUp: boolean } {
  const { accepted, academicYear, number } = request;
  const codes = codesOf(dimension, request.labels).filter((code) =>
    accepted.some((one) => dimension.count(one.figures, code) > 0),
  );
  const byKey = new Map(accepted.map((one) => [figuresKey(one, academicYear), one]));
  // A trainee with two enrollments may stand in two codes; then the columns do not add up, and the gate must not assume it.
  const addsUp =
    !dimension.overlapping &&
    accepted.every(
      (one) =>
        codes.reduce((sum, code) => sum + dimension.count(one.figures, code), 0) === one.figures.trainees,
    );
  const columns: Axis = {
    dimension: dimension.id,
    keys: codes,
    kind: addsUp ? "partition" : dimension.overlapping ? "overlapping" : "covering",
    protectComplements: dimension.overlapping ?? false,
  };
  const countOf = (one: AcceptedFigures, code: string | undefined): number =>
    code === undefined ? one.figures.trainees : dimension.count(one.figures, code);
  const table: TableDeclaration = {
    measure: "trainees",
    scope: { portfolio: `${academicYear}#${number}` },
    rows: { dimension: "organization", keys: [...byKey.keys()], standalone: true },
    columns,
    count: (row, column) => {
      if (row === undefined) return accepted.reduce((sum, one) => sum + countOf(one, column), 0);
      const one = byKey.get(row);
      return one ? countOf(one, column) : undefined;
    },
  };
  return { table, codes, addsUp };
}

export interface PreparedRelease {
  tables: PublishedTables;
  gate: GateRelease;
  /** How many figures are withheld. */
  withheld: number;
  /** How many of them earlier releases give away or narrow already; what is public cannot be taken back. */
  exposed: number;
}

/**
 * Passes the accepted figures through the disclosure gate: all tables together, organizations and portfolio, with
 * every earlier release. The portfolio is the sum of its organizations, since a trainee belongs to one.
 */
export function prepareRelease(request: ReleaseRequest): PreparedRelease {
  const declared = publishedDimensions.map((dimension) => ({
    dimension,
    ...declareDimension(dimension, request),
  }));
  const whole = mergeDeclarations(declared.map(({ table }) => declareTable(table)));
  const { cells, release, alreadyPublic, narrowed } = protect({
    ...whole,
    threshold: request.threshold,
    earlier: request.earlier,
  });
  const decided = new Map(cells.map((cell) => [cell.id, presentCell(cell)]));
  const shown = (id: string): Shown => decided.get(id) ?? "withheld";
  const tables = declared.map(({ dimension, table, codes, addsUp }): PublishedTable => {
    const row = (key: string | undefined): { total: Shown; cells: Shown[] } => ({
      total: shown(cellOf(table, key)),
      cells: codes.map((code) => shown(cellOf(table, key, code))),
    });
    const list = dimension.list ? request.labels.get(dimension.list) : request.labels.get("race_ethnicity");
    return {
      dimension: dimension.id,
      title: dimension.title,
      addsUp,
      columns: codes.map((code) => ({
        code,
        label: list?.get(code) ?? (code === "not_reported" ? "Not reported" : code),
      })),
      rows: request.accepted.map((one) => ({
        organizationId: one.organizationId,
        name: one.name,
        state: one.state,
        ...row(figuresKey(one, request.academicYear)),
      })),
      totals: row(undefined),
    };
  });
  const organizations = request.accepted.map(({ organizationId, name, state, version }) => ({
    id: organizationId,
    name,
    state,
    version,
  }));
  return {
    tables: { organizations, trainees: tables[0]?.totals.total ?? "withheld", tables },
    gate: release,
    withheld: release.withheld.length,
    exposed: alreadyPublic.length + narrowed.length,
  };
}
