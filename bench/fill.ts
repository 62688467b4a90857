// An invented portfolio in the database, for benchmarks that need many records.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Services } from "../src/app/services.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";

/** The text of a SQL file of this folder. */
export const readSql = (name: string): string => readFileSync(join(projectFolder, "bench", name), "utf8");

/** Fills the hub with `rows` enrollments of 38 organizations. */
export async function fill(services: Services, rows: number): Promise<void> {
  const client = await services.database.ownerPool.connect();
  try {
    await client.query("begin");
    await client.query(readSql("fill-enrollments.sql").replaceAll("{{rows}}", String(rows)));
    await client.query("commit");
    await client.query("vacuum analyze pathways.enrollment");
  } finally {
    client.release();
  }
}
