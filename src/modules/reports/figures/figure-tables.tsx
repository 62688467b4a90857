// Tables of a report whose every figure opens the records behind it.
import type { Child, FC } from "hono/jsx";
import { numberText, tenthsText } from "../../../ui/number-text.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import type { Count } from "./report-figures.types.ts";

/** The address of the enrollments behind a figure; null: not for this reader. */
export type HrefOf = (filter: Record<string, string>) => string | null;

export const share = (part: number, whole: number): string =>
  whole === 0 ? "–" : `${tenthsText((100 * part) / whole)} %`;

/** A figure that opens its records. Nothing stands behind zero. */
export const Records: FC<{
  shown: string;
  count: number;
  filter: Record<string, string>;
  hrefOf: HrefOf;
}> = ({ shown, count, filter, hrefOf }) => {
  const href = count === 0 ? null : hrefOf(filter);
  return href === null ? <>{shown}</> : <a href={href}>{shown}</a>;
};

export interface CountRow extends Count {
  label: Child;
  filter: Record<string, string>;
}

/** Trainees and enrollments by code, with each code's share of all trainees. */
export const CountTable: FC<{
  caption: string;
  heading: string;
  rows: readonly CountRow[];
  trainees: number;
  hrefOf: HrefOf;
}> = ({ caption, heading, rows, trainees, hrefOf }) => (
  <SimpleTable
    caption={`${caption}, of ${numberText(trainees)} trainees`}
    columns={[
      { label: heading },
      { label: "Trainees", numeric: true },
      { label: "Share", numeric: true },
      { label: "Enrollments", numeric: true },
    ]}
    rows={rows.map((row) => [
      row.label,
      <Records shown={numberText(row.trainees)} count={row.trainees} filter={row.filter} hrefOf={hrefOf} />,
      share(row.trainees, trainees),
      <Records shown={numberText(row.rows)} count={row.rows} filter={row.filter} hrefOf={hrefOf} />,
    ])}
    compact
  />
);
