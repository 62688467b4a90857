import { csvLine } from "../spreadsheets/csv.ts";
import { writeWorkbook } from "../spreadsheets/write-workbook.ts";
import type { Visit } from "./route.ts";

export interface DownloadColumn<Row> {
  header: string;
  value: (row: Row) => string | number | null;
  type?: "text" | "number" | "date";
}

const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The rows of a list as a file: CSV in UTF-8 with a mark so that Excel reads it right, or XLSX. Text never runs as a formula. */
export async function tableDownload<Row>(
  visit: Pick<Visit<unknown, unknown>, "download">,
  table: {
    name: string;
    format: "csv" | "xlsx";
    columns: readonly DownloadColumn<Row>[];
    rows: readonly Row[];
  },
): Promise<Response> {
  const { columns, rows, name } = table;
  if (table.format === "xlsx") {
    const sheet = {
      name: name.slice(0, 31),
      columns: columns.map(({ header, type }) => ({ header, ...(type ? { type } : {}) })),
      rows: rows.map((row) => columns.map((column) => column.value(row))),
    };
    return visit.download(`${name}.xlsx`, XLSX, new Uint8Array(await writeWorkbook([sheet])));
  }
  const lines = [
    csvLine(columns.map((column) => column.header)),
    ...rows.map((row) => csvLine(columns.map((column) => column.value(row)))),
  ];
  return visit.download(`${name}.csv`, "text/csv; charset=utf-8", `\uFEFF${lines.join("")}`);
}
