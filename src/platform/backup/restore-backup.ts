import type { Kysely } from "kysely";
import type pg from "pg";
import { releaseUnsealed } from "../audit/audit.store.ts";
import type { Trx } from "../database/database.ts";
import { listKnownMigrations, migrate, unmakeSchemas } from "../database/migrate.ts";
import type { FileStore } from "../files/files.ts";
import { doubtUnsentMails } from "../mail/mail.store.ts";
import { digest } from "./digest.ts";
import { copyIn, listReferences, lockHub, openForLoading, setSequence } from "./load.store.ts";
import { loadOrder } from "./load-order.ts";
import {
  BackupProblem,
  DAMAGED,
  filePart,
  type Manifest,
  type ManifestTable,
  tablePart,
} from "./manifest.ts";
import type { Backup } from "./read-backup.ts";
import { copyOut, type HubTable, listSequences, listTables, settleForms } from "./tables.store.ts";

export interface RestoredBackup {
  tables: number;
  rows: number;
  files: number;
  /** Tables of the backup that Trellis does not make, and which were not restored. */
  leftOut: string[];
  /** Uploaded files that were damaged in the backed-up hub already, and which were not restored. */
  damagedFiles: string[];
}

/** Refuses a backup of a newer Trellis. @throws BackupProblem */
export function refuseNewer(manifest: Manifest): void {
  const known = listKnownMigrations();
  const unknown = manifest.migrations.filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new BackupProblem(
      `The backup is of a newer Trellis (${manifest.trellis}): this one does not know ${unknown.join(", ")}. Update Trellis, then restore. Nothing was changed.`,
    );
  if (manifest.migrations.some((name, place) => name !== known[place]))
    throw new BackupProblem(
      `The backup comes from a version of Trellis that was never released: it has had ${manifest.migrations.join(", ")}, and not what comes between. Nothing was changed.`,
    );
}

/**
 * Makes an empty hub into the one of the backup, in the caller's transaction, as the owner: schemas as they were, their
 * rows, then the migrations that have come since. Whole or not at all; uploaded files alone stay when it fails, under
 * their hashes, where nothing names them.
 * @param isEmpty asked again when nobody else can write any more.
 * @throws BackupProblem where it cannot be done.
 */
export async function restoreBackup(
  trx: Trx,
  client: pg.ClientBase,
  backup: Backup,
  target: { files: FileStore; isEmpty: () => Promise<boolean> },
): Promise<RestoredBackup> {
  const { manifest } = backup;
  refuseNewer(manifest);
  await settleForms(trx);
  await lockOrRefuse(trx);
  if (!(await target.isEmpty())) throw new BackupProblem(NOT_EMPTY);
  const owner = trx as unknown as Kysely<unknown>;
  await unmakeSchemas(owner);
  await migrate(owner, manifest.migrations.at(-1));
  const { tables, leftOut } = await matchTables(trx, manifest);
  const close = await openForLoading(trx, [...tables.values()]);
  for (const name of loadOrder([...tables.keys()], await listReferences(trx))) {
    const table = tables.get(name);
    if (table) await copyIn(client, table, await backup.open(tablePart(table)));
  }
  await close();
  const sequences = new Set((await listSequences(trx)).map(nameOf));
  for (const sequence of manifest.sequences)
    if (sequences.has(nameOf(sequence))) await setSequence(trx, sequence);
    else leftOut.push(nameOf(sequence));
  for (const told of manifest.tables) {
    const table = tables.get(nameOf(told));
    if (table) await compare(client, table, told);
  }
  const damagedFiles = await storeFiles(backup, target.files);
  await releaseUnsealed(trx);
  await migrate(owner);
  await doubtUnsentMails(trx);
  return {
    tables: tables.size,
    rows: manifest.tables.reduce((sum, table) => sum + (tables.has(nameOf(table)) ? table.rows : 0), 0),
    files: manifest.files.length - damagedFiles.length,
    leftOut,
    damagedFiles,
  };
}

export const NOT_EMPTY =
  "A backup goes into an empty hub only, and this one holds something already. Name a new data folder (TRELLIS_DATA=./restored npm run trellis -- restore FILE) or, with DATABASE_URL, an empty database as well. Nothing was changed.";

const nameOf = (one: { schema: string; name: string }): string => `${one.schema}.${one.name}`;

/** PostgreSQL's code for a lock that was not to be had in time. */
const LOCK_NOT_AVAILABLE = "55P03";

async function lockOrRefuse(trx: Trx): Promise<void> {
  try {
    await lockHub(trx);
  } catch (error) {
    if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
    throw new BackupProblem("The hub is in use. Stop it, then restore. Nothing was changed.", {
      cause: error,
    });
  }
}

/** The tables that the backup's migrations have made, each with the columns in which its rows were written. */
async function matchTables(
  trx: Trx,
  manifest: Manifest,
): Promise<{ tables: Map<string, HubTable>; leftOut: string[] }> {
  const made = new Map((await listTables(trx)).map((table) => [nameOf(table), table]));
  const tables = new Map<string, HubTable>();
  const leftOut: string[] = [];
  for (const told of manifest.tables) {
    const table = made.get(nameOf(told));
    if (!table) leftOut.push(nameOf(told));
    else if (table.columns.toSorted().join() !== told.columns.toSorted().join())
      throw new BackupProblem(
        `The table ${nameOf(told)} of the backup has other columns than Trellis gave it (${told.columns.join(", ")}): somebody has changed it by hand. Nothing was changed.`,
      );
    else tables.set(nameOf(told), { ...table, columns: told.columns });
  }
  if ([...made.keys()].some((name) => !tables.has(name))) throw new BackupProblem(DAMAGED);
  return { tables, leftOut };
}

/** What lies in the table now is what lay in the backed-up one, to the byte. */
async function compare(client: pg.ClientBase, table: HubTable, told: ManifestTable): Promise<void> {
  const found = await digest(copyOut(client, table));
  if (found.rows !== told.rows || found.sha256 !== told.sha256)
    throw new BackupProblem(
      `The table ${nameOf(told)} did not come out as it was backed up (${found.rows} rows of ${told.rows}). Nothing was changed.`,
    );
}

async function storeFiles(backup: Backup, store: FileStore): Promise<string[]> {
  const damaged: string[] = [];
  for (const file of backup.manifest.files) {
    if (file.sha256 !== file.hash) {
      damaged.push(file.hash);
      continue;
    }
    const stored = await store.put(await backup.open(filePart(file)), { limit: file.bytes });
    if (stored.hash !== file.hash) throw new BackupProblem(DAMAGED);
  }
  return damaged;
}
