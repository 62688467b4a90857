import { join } from "node:path";
import type { Kysely } from "kysely";
import { generate, PostgresDialect } from "kysely-codegen";
import { projectFolder } from "../src/platform/config/project-folder.ts";

/** Where the table types lie. */
export const tableTypesFile: string = join(projectFolder, "src/platform/database/tables.generated.ts");

/** TypeScript types of every table of the migrated database, as text. Dates and numerics are strings, counts (int8) numbers. */
export function renderTableTypes(owner: Kysely<never> | Kysely<unknown>): Promise<string> {
  return generate({
    db: owner as Kysely<unknown>,
    dialect: new PostgresDialect({ dateParser: "string" }),
    excludePattern: "(pgboss|public).*",
    typeMapping: { int8: "number", xid8: "string" },
    outFile: null,
    print: false,
  });
}
