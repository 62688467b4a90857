import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { projectFolder } from "../config/project-folder.ts";

/**
 * Brings the database to the newest schema: every file of migrations/ that it has not had yet, in order, in one
 * transaction under a lock, so that two processes starting at once do not meet.
 * @param owner a connection as the schema's owner.
 * @returns the names of the migrations applied now.
 */
export async function migrate(owner: Kysely<unknown>): Promise<string[]> {
  const migrator = new Migrator({
    db: owner,
    provider: { getMigrations: () => Promise.resolve(readMigrations()) },
    migrationTableSchema: "public",
  });
  const { error, results = [] } = await migrator.migrateToLatest();
  if (error) {
    const failed = results.find((result) => result.status === "Error");
    throw new Error(
      `The database could not be brought up to date${failed ? ` (${failed.migrationName})` : ""}; nothing was changed.`,
      { cause: error },
    );
  }
  return results.map((result) => result.migrationName);
}

function readMigrations(): Record<string, Migration> {
  const folder = join(projectFolder, "migrations");
  const files = readdirSync(folder).filter((name) => name.endsWith(".sql"));
  return Object.fromEntries(
    files.map((file) => [
      file.replace(/\.sql$/, ""),
      {
        up: async (db: Kysely<unknown>) =>
          void (await sql.raw(readFileSync(join(folder, file), "utf8")).execute(db)),
      },
    ]),
  );
}
