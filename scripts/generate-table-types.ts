// Writes the table types from a freshly migrated database: npm run generate:tables
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readConfig } from "../src/platform/config/config.ts";
import { openDatabase } from "../src/platform/database/database.ts";
import { renderTableTypes, tableTypesFile } from "./table-types.ts";

const folder = mkdtempSync(join(tmpdir(), "trellis-types-"));
const database = await openDatabase(readConfig({ TRELLIS_DATA: folder }));
try {
  writeFileSync(tableTypesFile, await renderTableTypes(database.owner as never));
} finally {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
}
