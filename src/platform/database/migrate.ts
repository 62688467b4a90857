import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Kysely, sql } from "kysely";
import { type Migration, Migrator } from "kysely/migration";
import { projectFolder } from "../config/project-folder.ts";

/**
 * Brings the database to the newest schema: every file of migrations/ that it has not had yet, in order, in one
 * transaction under a lock, so that two processes starting at once do not meet.
 * @param owner a connection as the schema's owner, or a transaction of it.
 * @param upTo the last migration to apply, instead of the newest.
 * @returns the names of the migrations applied now.
 */
export async function migrate(owner: Kysely<unknown>, upTo?: string): Promise<string[]> {
  const migrator = new Migrator({
    db: owner,
    provider: { getMigrations: () => Promise.resolve(readMigrations()) },
    migrationTableSchema: "public",
  });
  const { error, results = [] } = await (upTo === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(upTo));
  if (error) {
    const failed = results.find((result) => result.status === "Error");
    throw new Error(
      `The database could not be brought up to date${failed ? ` (${failed.migrationName})` : ""}; nothing was changed.`,
      { cause: error },
    );
  }
  return results.map((result) => result.migrationName);
}

/** The names of all migrations that this Trellis has, in their order. */
export function listKnownMigrations(): string[] {
  return readdirSync(migrationsFolder)
    .filter((name) => name.endsWith(".sql"))
    .map((file) => file.replace(/\.sql$/, ""))
    .toSorted();
}

/** The schemas that the migrations make: all that a hub has in its database. */
export function hubSchemas(): string[] {
  const made = listKnownMigrations().flatMap((name) =>
    [...readMigration(name).matchAll(/^\s*create schema (?:if not exists )?([a-z_]+)\s*;/gim)].map(
      ([, schema = ""]) => schema,
    ),
  );
  return [...new Set(made)];
}

/** Takes everything away that migrations have made, in the caller's transaction, so that they can run again. */
export async function unmakeSchemas(owner: Kysely<unknown>): Promise<void> {
  for (const schema of hubSchemas())
    await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(owner);
  await sql`delete from public.kysely_migration`.execute(owner);
}

const migrationsFolder = join(projectFolder, "migrations");

function readMigration(name: string): string {
  return readFileSync(join(migrationsFolder, `${name}.sql`), "utf8");
}

function readMigrations(): Record<string, Migration> {
  return Object.fromEntries(
    listKnownMigrations().map((name) => [
      name,
      { up: async (db: Kysely<unknown>) => void (await sql.raw(readMigration(name)).execute(db)) },
    ]),
  );
}
