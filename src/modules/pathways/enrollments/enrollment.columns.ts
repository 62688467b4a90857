import { type ColumnDefinition, canonicalColumns } from "../roster-reading/roster-format.rules.ts";

/** How a canonical column of the roster format is kept in pathways.enrollment. */
export interface EnrollmentColumn {
  /** In the roster format, and in the staging table. */
  name: string;
  /** In pathways.enrollment. */
  stored: string;
  /** SQL that turns the canonical text `s.<name>` into the stored value. */
  fromText: string;
  /** SQL that gives the canonical text of the stored value `e.<stored>` again. */
  toText: string;
}

// grantee_id and trainee_id are called after what they are here: codes, not ids of this database.
const RENAMED: Record<string, string> = { grantee_id: "grantee_code", trainee_id: "trainee_code" };

const CASTS: Partial<Record<ColumnDefinition["type"], string>> = { percent: "numeric", date: "date", integer: "smallint", usd: "numeric", hours: "numeric" };

function describeColumn(column: ColumnDefinition): EnrollmentColumn {
  const stored = RENAMED[column.name] ?? column.name;
  const text = `s.${column.name}`;
  const cast = CASTS[column.type];
  const value = `e.${stored}`;
  if (column.type === "multi") return { name: column.name, stored, fromText: `string_to_array(coalesce(${text}, ''), ';')`, toText: `array_to_string(${value}, ';')` };
  const shown = column.type === "usd" ? `${value}::text` : cast === "numeric" ? `trim_scale(${value})::text` : `${value}::text`;
  return { name: column.name, stored, fromText: cast ? `${text}::${cast}` : text, toText: shown };
}

/** Every value of an enrollment, in the order of the roster format. */
export const enrollmentColumns: readonly EnrollmentColumn[] = canonicalColumns.map(describeColumn);

/** SQL list of the stored columns, for INSERT. */
export const storedColumnList: string = enrollmentColumns.map((column) => column.stored).join(", ");
