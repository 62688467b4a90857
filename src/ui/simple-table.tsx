import type { Child, FC } from "hono/jsx";
import { breakLongWords } from "./long-words.tsx";
import { ScrollRegion } from "./scroll-region.tsx";

export type SimpleTableProps = {
  caption: string;
  /** For a table under a heading that says the same. */
  captionHidden?: boolean | undefined;
  columns: { label: Child; numeric?: boolean | undefined }[];
  /** A cell a column; the first names the row. */
  rows: Child[][];
  /** Totals. */
  foot?: Child[] | undefined;
  compact?: boolean | undefined;
};

/** A few rows to read, as in a report or beside a chart. */
export const SimpleTable: FC<SimpleTableProps> = ({
  caption,
  captionHidden,
  columns,
  rows,
  foot,
  compact,
}) => {
  const line = (cells: Child[]) => (
    <tr>
      {columns.map((column, index) =>
        index === 0 ? (
          <th scope="row">{breakLongWords(cells[index])}</th>
        ) : (
          <td class={column.numeric ? "n" : undefined}>{breakLongWords(cells[index])}</td>
        ),
      )}
    </tr>
  );
  return (
    <ScrollRegion label={caption}>
      <table class={`usa-table usa-table--borderless${compact ? " usa-table--compact" : ""}`}>
        <caption class={captionHidden ? "usa-sr-only" : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th scope="col" class={column.numeric ? "n" : undefined}>
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{rows.map(line)}</tbody>
        {foot ? <tfoot>{line(foot)}</tfoot> : null}
      </table>
    </ScrollRegion>
  );
};
