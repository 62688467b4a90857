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

/** Trainees by one dimension: organizations down, codes across, with totals on both sides. */
export interface PublishedTable {
  dimension: string;
  title: string;
  /** False: a trainee may stand in several columns, so the columns do not add up to the total. */
  addsUp: boolean;
  columns: { code: string; label: string }[];
  rows: PublishedRow[];
  totals: { total: Shown; cells: Shown[] };
}

/** Everything a release publishes. */
export interface PublishedTables {
  organizations: { id: string; name: string; state: string | null; version: number }[];
  trainees: Shown;
  tables: PublishedTable[];
}
