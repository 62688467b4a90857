import { type ColumnDefinition, canonicalColumns } from "../roster-reading/roster-format.rules.ts";

/** How a canonical column of the roster format is kept in pathways.enrollment. */
export interface EnrollmentColumn {
  /** In the roster format. */
  name: string;
  /** In pathways.enrollment. */
  stored: string;
  /** Several codes, kept as an array. */
  isMulti: boolean;
  /** What people wrote, as opposed to codes, numbers and dates. */
  isFree: boolean;
  /** SQL that gives the canonical text again, of a row called `e`. */
  toText: string;
}

// grantee_id and trainee_id are called after what they are here: codes, not ids of this database.
const RENAMED: Record<string, string> = { grantee_id: "grantee_code", trainee_id: "trainee_code" };

const FREE: ReadonlySet<ColumnDefinition["type"]> = new Set(["id", "text"]);
const NUMERIC: ReadonlySet<ColumnDefinition["type"]> = new Set(["percent", "hours"]);

function describeColumn(column: ColumnDefinition): EnrollmentColumn {
  const stored = RENAMED[column.name] ?? column.name;
  const isMulti = column.type === "multi";
  const value = `e.${stored}`;
  const toText = isMulti
    ? `array_to_string(${value}, ';')`
    : NUMERIC.has(column.type)
      ? `trim_scale(${value})::text`
      : `${value}::text`;
  return { name: column.name, stored, isMulti, isFree: FREE.has(column.type), toText };
}

/** Every value of an enrollment, in the order of the roster format. */
export const enrollmentColumns: readonly EnrollmentColumn[] = canonicalColumns.map(describeColumn);
