import {
  type Axis,
  cellOf,
  declareTable,
  mergeDeclarations,
  type TableDeclaration,
} from "../../../methods/disclosure/declare.ts";
import type { Cell, Release as GateRelease } from "../../../methods/disclosure/model.ts";
import { presentCell } from "../../../methods/disclosure/present.ts";
import { type ProtectionProgress, protectInSteps } from "../../../methods/disclosure.ts";
import type { YearFigures } from "../figures/report-figures.types.ts";
import type { PublishedFrame, PublishedTable, PublishedTables, Shown, TableFrame } from "./release.types.ts";

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

/** A table as the gate sees it, and what stands around its counts. */
interface DeclaredDimension {
  table: TableDeclaration;
  frame: TableFrame;
  /** Codes of columns that are left out, because nobody is in them. */
  leftOut: string[];
}

function declareDimension(dimension: PublishedDimension, request: ReleaseRequest): DeclaredDimension {
  const { accepted, academicYear, number } = request;
  const known = codesOf(dimension, request.labels);
  const codes = known.filter((code) => accepted.some((one) => dimension.count(one.figures, code) > 0));
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
  const list = request.labels.get(dimension.list ?? "race_ethnicity");
  const label = (code: string): string =>
    list?.get(code) ?? (code === "not_reported" ? "Not reported" : code);
  const frame: TableFrame = {
    dimension: dimension.id,
    title: dimension.title,
    addsUp,
    columns: codes.map((code) => ({ code, label: label(code) })),
  };
  return { table, frame, leftOut: known.filter((code) => !codes.includes(code)) };
}

/** A column that is left out says 0 of every organization: should the next release have it, these figures are public. */
function leftOutCells({ table, leftOut }: DeclaredDimension): Cell[] {
  return leftOut.flatMap((code) =>
    (table.rows?.keys ?? []).map((row) => ({ id: cellOf(table, row, code), value: 0 })),
  );
}

export interface PreparedRelease {
  tables: PublishedTables;
  gate: GateRelease;
  /** How many figures are withheld. */
  withheld: number;
  /** How many of them earlier releases give away or narrow already; what is public cannot be taken back. */
  exposed: number;
}

/** What a release says besides its counts: of whom, of which versions, and under which headings. */
export function frameRelease(request: ReleaseRequest): PublishedFrame {
  return {
    organizations: request.accepted.map(({ organizationId, name, state, version }) => ({
      id: organizationId,
      name,
      state,
      version,
    })),
    tables: publishedDimensions.map((dimension) => declareDimension(dimension, request).frame),
  };
}

/**
 * Whether a release made now would say what the newest one says: accepted versions never change, so the same versions
 * under the same headings have the same counts, and under the same threshold the same ones withheld.
 */
export function isUnchanged(
  request: ReleaseRequest,
  newest: { threshold: number; tables: PublishedFrame } | null,
): boolean {
  const plain = ({ organizations, tables }: PublishedFrame): string =>
    JSON.stringify([
      organizations.map(({ id, name, state, version }) => [id, name, state, version]),
      tables.map(({ dimension, title, addsUp, columns }) => [
        dimension,
        title,
        addsUp,
        columns.map(({ code, label }) => [code, label]),
      ]),
    ]);
  return newest?.threshold === request.threshold && plain(newest.tables) === plain(frameRelease(request));
}

/**
 * Passes the accepted figures through the disclosure gate: all tables together, organizations and portfolio, with
 * every earlier release. The portfolio is the sum of its organizations, since a trainee belongs to one.
 */
export function* prepareRelease(request: ReleaseRequest): Generator<ProtectionProgress, PreparedRelease> {
  const declared = publishedDimensions.map((dimension) => declareDimension(dimension, request));
  const whole = mergeDeclarations(declared.map(({ table }) => declareTable(table)));
  const { cells, release, alreadyPublic, narrowed } = yield* protectInSteps({
    ...whole,
    threshold: request.threshold,
    earlier: request.earlier,
  });
  const decided = new Map(cells.map((cell) => [cell.id, presentCell(cell)]));
  const shown = (id: string): Shown => decided.get(id) ?? "withheld";
  const tables = declared.map(({ table, frame }): PublishedTable => {
    const row = (key: string | undefined): { total: Shown; cells: Shown[] } => ({
      total: shown(cellOf(table, key)),
      cells: frame.columns.map(({ code }) => shown(cellOf(table, key, code))),
    });
    return {
      ...frame,
      rows: request.accepted.map((one) => ({
        organizationId: one.organizationId,
        name: one.name,
        state: one.state,
        ...row(figuresKey(one, request.academicYear)),
      })),
      totals: row(undefined),
    };
  });
  const { organizations } = frameRelease(request);
  return {
    tables: { organizations, trainees: tables[0]?.totals.total ?? "withheld", tables },
    gate: { ...release, cells: [...release.cells, ...declared.flatMap(leftOutCells)] },
    withheld: release.withheld.length,
    exposed: alreadyPublic.length + narrowed.length,
  };
}

/** How many of a release's counts are withheld. */
export function countWithheld({ tables }: PublishedTables): number {
  return tables
    .flatMap(({ rows, totals }) => [...rows, totals].flatMap(({ total, cells }) => [total, ...cells]))
    .filter((shown) => shown === "withheld").length;
}
