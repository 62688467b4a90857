import { csvLine } from "../../../platform/spreadsheets/csv.ts";
import type { Release } from "./release.store.ts";

/** A release as one long table: a line per table, organization and column. */
export function openDataCsv(release: Release): string {
  const lines = [
    csvLine(["reporting_year", "release", "dimension", "code", "label", "organization", "state", "trainees"]),
  ];
  for (const table of release.tables.tables) {
    const columns = [...table.columns, { code: "total", label: "All trainees" }];
    const rows = [...table.rows, { name: "All grantees", state: null, ...table.totals }];
    for (const row of rows)
      for (const [position, column] of columns.entries())
        lines.push(
          csvLine([
            release.academicYear,
            release.number,
            table.dimension,
            column.code,
            column.label,
            row.name,
            row.state,
            position === table.columns.length ? row.total : (row.cells[position] ?? "withheld"),
          ]),
        );
  }
  return lines.join("");
}
