import { findHub, getHubOrganization } from "../../modules/directory/index.ts";
import { backupRestored } from "../../platform/backup/events.ts";
import { BackupProblem } from "../../platform/backup/manifest.ts";
import { type Backup, checkBackup, openBackup } from "../../platform/backup/read-backup.ts";
import {
  NOT_EMPTY,
  type RestoredBackup,
  refuseNewer,
  restoreBackup,
} from "../../platform/backup/restore-backup.ts";
import { system } from "../../platform/database/actor.ts";
import { loadReference } from "../../platform/database/reference.ts";
import { createPerformWork } from "../../platform/events/work.ts";
import { isHubEmpty } from "../empty-hub.ts";
import { loop } from "../loop.ts";
import { events, reference } from "../modules.ts";
import type { Services } from "../services.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";
import { PASSPHRASE_OPTION, readPassphrase } from "./passphrase.ts";

export const restoreCommand: Command = {
  words: ["restore"],
  usage: "restore FILE [--passphrase-file FILE]",
  about:
    "Brings a backup back into an empty hub, of this version or an older one. The file is checked whole before anything is changed.",
  run: async (rest) => {
    const { values, positionals } = readOptions(restoreCommand, { args: rest, options: PASSPHRASE_OPTION });
    const [file] = positionals;
    if (!file || positionals.length > 1)
      throw new CommandProblem(`Name one file.\nUsage: npm run trellis -- ${restoreCommand.usage}`);
    const passphrase = readPassphrase(values["passphrase-file"]);
    return withServices(async (services) => {
      try {
        const { backup, restored } = await restoreFile(services, file, passphrase);
        process.stdout.write(describe(backup, restored));
        return 0;
      } catch (error) {
        if (error instanceof BackupProblem) throw new CommandProblem(error.message, 1);
        throw error;
      }
    });
  },
};

/** Checks the file, then makes the empty hub of `services` into the one of the backup. @throws BackupProblem */
export async function restoreFile(
  services: Services,
  file: string,
  passphrase: string | null,
): Promise<{ backup: Backup; restored: RestoredBackup }> {
  const { dataFolder } = services.config;
  if (!(await services.perform(system, (work) => isHubEmpty(work.trx)))) throw new BackupProblem(NOT_EMPTY);
  const backup = await openBackup(file, passphrase, dataFolder);
  try {
    refuseNewer(backup.manifest);
    await checkBackup(backup);
    const restored = await asOwner(services)(system, async (work, client) => {
      const done = await restoreBackup(work.trx, client, backup, {
        files: services.files,
        isEmpty: () => isHubEmpty(work.trx),
      });
      if (await findHub(work.trx)) {
        const { id } = await getHubOrganization(work.trx);
        const { takenAt, trellis } = backup.manifest;
        const { tables, rows, files } = done;
        const data = { tables, rows, files, encrypted: backup.encrypted, takenAt, trellis };
        await work.record(backupRestored, { organizationId: id, subject: ["hub", id], data });
      }
      return done;
    });
    // What this Trellis brings and the backed-up one had not.
    await loadReference(services.database.ownerPool, reference);
    return { backup, restored };
  } finally {
    await backup.close();
  }
}

/** Bulk work as the owner of the tables, who alone can make them. */
function asOwner({ database, clock, jobs }: Services) {
  return createPerformWork({
    db: database.owner,
    pool: database.ownerPool,
    clock,
    events,
    subscriptions: loop,
    enqueue: jobs.enqueue,
  }).performBulk;
}

function describe({ manifest, encrypted }: Backup, restored: RestoredBackup): string {
  const lines = [
    `Restored as of ${manifest.takenAt} (Trellis ${manifest.trellis}): ${restored.rows} rows of ${restored.tables} tables and ${restored.files} uploaded files, from ${encrypted ? "an encrypted" : "a plain"} backup. Everything was compared.`,
    "Everybody signs in again with the password of that time, unless TRELLIS_SECRET is what it was.",
  ];
  for (const name of restored.leftOut) lines.push(`Left out: ${name} is none of Trellis's own.`);
  for (const hash of restored.damagedFiles)
    lines.push(`Left out: the uploaded file ${hash} was damaged before the backup.`);
  return `${lines.join("\n")}\n`;
}
