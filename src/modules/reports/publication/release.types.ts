/** A published count of people: the number, or the word. */
export type Shown = number | "withheld";

export interface PublishedRow {
  organizationId: string;
  name: string;
  state: string | null;
  total: Shown;
  /** One per column of the table. */
  cells: Shown[];
}

/** What a table is of, without its counts. */
export interface TableFrame {
  dimension: string;
  title: string;
  /** False: a trainee may stand in several columns, so the columns do not add up to the total. */
  addsUp: boolean;
  columns: { code: string; label: string }[];
}

/** Trainees by one dimension: organizations down, codes across, with totals on both sides. */
export interface PublishedTable extends TableFrame {
  rows: PublishedRow[];
  totals: { total: Shown; cells: Shown[] };
}

/** What a release is of, without its counts. */
export interface PublishedFrame {
  organizations: { id: string; name: string; state: string | null; version: number }[];
  tables: TableFrame[];
}

/** Everything a release publishes. */
export interface PublishedTables extends PublishedFrame {
  trainees: Shown;
  tables: PublishedTable[];
}
