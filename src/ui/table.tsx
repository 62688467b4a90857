import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import { Icon } from "./icon.tsx";
import { Pagination, rangeText } from "./pagination.tsx";
import { escapeHtml, renderChild } from "./render-child.ts";
import { ScrollRegion } from "./scroll-region.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("table", {
  en: { empty: "Nothing to show here yet.", actions: "Actions", download: "Download what is shown:" },
  es: {
    empty: "Todavía no hay nada que mostrar.",
    actions: "Acciones",
    download: "Descargar lo que se muestra:",
  },
});

export type Column<Row> = {
  key: string;
  label: string;
  cell: (row: Row) => Child;
  /** Right-aligned, in figures of one width. */
  numeric?: boolean | undefined;
  /** The list can be ordered by it. */
  sort?: boolean | undefined;
  /** Long text: may break over lines and gets the room that is left. Others stay on one line where they can. */
  wrap?: boolean | undefined;
  /** A year, a date, a code: never breaks, however narrow the screen. */
  oneLine?: boolean | undefined;
  /** Names the row, for screen readers and as the card's heading on a phone. The first column unless told. */
  rowHeader?: boolean | undefined;
};

export type DataTableProps<Row> = {
  /** Unique on the page; the caption's and region's ids come from it. */
  id?: string | undefined;
  caption: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  /** The column's key, with "-" before it for descending. */
  sort?: string | undefined;
  /** The address of this list in another order or on another page, everything else kept. */
  href?: ((change: { sort?: string; page?: number }) => string) | undefined;
  page?: { number: number; size: number; total: number } | undefined;
  /** Plural: "trainees". */
  things?: string | undefined;
  /** A FilterForm. */
  filters?: Child;
  /** What is shown, as a file: CSV, XLSX. */
  downloads?: { label: string; href: string }[] | undefined;
  /** Shown instead of the table when there are no rows. */
  empty?: Child;
  /** What can be done with a row, at its end. Where nothing can be done with any, there is no such column. */
  actions?: ((row: Row) => Child) | undefined;
  /** The row's id in the page, for links to it. */
  rowId?: ((row: Row) => string) | undefined;
  /** A quiet mark at the row's edge. Its reason must also stand in words in the row. */
  rowTone?: ((row: Row) => "warn" | "bad" | null) | undefined;
  /** Many columns: scrolls sideways in its own region at every width, and does not fold. */
  wide?: boolean | undefined;
};

const slug = (text: string): string => text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");

/** A list people work in: filters first, order, pages, downloads; on a phone each row becomes a card. */
export const DataTable = <Row,>(props: DataTableProps<Row>) => {
  const { caption, columns, rows, page, href } = props;
  const id = props.id ?? `table-${slug(caption)}`;
  const deeds = deedsOf(props);
  return (
    <div class="data-table">
      {props.filters}
      <div class="table-bar">
        <h2 class="table-caption" id={`${id}-caption`}>
          {caption}
          {page ? (
            <span class="table-range">
              {" "}
              {rangeText({ page: page.number, size: page.size, total: page.total })}
            </span>
          ) : null}
        </h2>
        <Downloads downloads={props.downloads ?? []} />
      </div>
      {rows.length === 0 ? (
        (props.empty ?? <p class="soft">{say("empty")}</p>)
      ) : (
        <ScrollRegion labelledBy={`${id}-caption`} look={props.wide ? "table-wide" : "table-fold"}>
          <table class="usa-table usa-table--borderless" aria-labelledby={`${id}-caption`} {...part("table")}>
            <thead {...part("rowgroup")}>
              <tr {...part("row")}>
                {columns.map((column) => (
                  <HeaderCell column={column as Column<unknown>} sort={props.sort} href={href} />
                ))}
                {deeds ? (
                  <th scope="col" class="actions" {...part("columnheader")}>
                    {say("actions")}
                  </th>
                ) : null}
              </tr>
            </thead>
            <tbody {...part("rowgroup")}>{raw(bodyMarkup(props, deeds))}</tbody>
          </table>
        </ScrollRegion>
      )}
      {page && href ? (
        <Pagination
          page={page.number}
          size={page.size}
          total={page.total}
          href={(number) => href({ page: number })}
          things={props.things ?? caption}
        />
      ) : null}
    </div>
  );
};

// Folded into cards, a table's parts are no longer laid out as a table, and some browsers then forget that it is one.
// The roles hold on to it. Spread, because said plainly they would look redundant.
const part = (role: string) => ({ role });

const Downloads: FC<{ downloads: { label: string; href: string }[] }> = ({ downloads }) =>
  downloads.length === 0 ? null : (
    <p class="downloads">
      <Icon name="download" />
      <span>{say("download")}</span>
      {downloads.map((download) => (
        <a href={download.href} download="">
          {download.label}
        </a>
      ))}
    </p>
  );

type HeaderCellProps = {
  column: Column<unknown>;
  sort: string | undefined;
  href: ((change: { sort?: string; page?: number }) => string) | undefined;
};

const HeaderCell: FC<HeaderCellProps> = ({ column, sort, href }) => {
  const { key, label, numeric } = column;
  const sorted = sort === key ? "ascending" : sort === `-${key}` ? "descending" : undefined;
  const look =
    [numeric ? "n" : "", column.sort && href ? "sortable" : ""].filter(Boolean).join(" ") || undefined;
  return (
    <th scope="col" class={look} aria-sort={sorted} {...part("columnheader")}>
      {column.sort && href ? (
        <a href={href({ sort: sorted === "ascending" ? `-${key}` : key, page: 1 })}>
          {label}
          <Icon name={sorted === "ascending" ? "up" : sorted === "descending" ? "down" : "sort"} />
        </a>
      ) : (
        label
      )}
    </th>
  );
};

/** What can be done with each row, as markup; null where nothing can be done with any. */
const deedsOf = <Row,>({ rows, actions }: DataTableProps<Row>): string[] | null => {
  const deeds = actions ? rows.map((row) => renderChild(actions(row))) : [];
  return deeds.some((deed) => deed !== "") ? deeds : null;
};

/** The rows as one string: see renderChild. */
const bodyMarkup = <Row,>(
  { columns, rows, rowId, rowTone }: DataTableProps<Row>,
  deeds: readonly string[] | null,
): string => {
  const named = columns.findIndex((column) => column.rowHeader);
  const header = Math.max(0, named);
  const cells = columns.map((column, index) => {
    const tag = index === header ? "th" : "td";
    const look = [column.numeric ? "n" : "", column.wrap ? "wrap-text" : "", column.oneLine ? "nowrap" : ""]
      .filter(Boolean)
      .join(" ");
    const role = index === header ? 'scope="row" role="rowheader"' : 'role="cell"';
    const start = `<${tag} ${role}${look ? ` class="${look}"` : ""} data-label="${escapeHtml(column.label)}">`;
    return (row: Row): string =>
      `${start}${renderChild(column.cell(row)) || "<span class=none>–</span>"}</${tag}>`;
  });
  let markup = "";
  for (const [index, row] of rows.entries()) {
    const id = rowId?.(row);
    const tone = rowTone?.(row);
    markup += `<tr role="row"${id ? ` id="${escapeHtml(id)}"` : ""}${tone ? ` class="row-${tone}"` : ""}>`;
    for (const cell of cells) markup += cell(row);
    if (deeds)
      markup += `<td role="cell" class="actions" data-label="${escapeHtml(say("actions"))}">${deeds[index] ?? ""}</td>`;
    markup += "</tr>";
  }
  return markup;
};
