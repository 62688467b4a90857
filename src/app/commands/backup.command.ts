import { findHub, getHubOrganization } from "../../modules/directory/index.ts";
import { backupWritten } from "../../platform/backup/events.ts";
import { BackupProblem } from "../../platform/backup/manifest.ts";
import { writeBackup } from "../../platform/backup/write-backup.ts";
import { system } from "../../platform/database/actor.ts";
import { isHubEmpty } from "../empty-hub.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";
import { PASSPHRASE_OPTION, readPassphrase } from "./passphrase.ts";

export const backupCommand: Command = {
  words: ["backup"],
  usage: "backup FILE [--passphrase-file FILE] [--force]",
  about:
    "Writes the hub, database and uploads, into one file, while it may go on working. Encrypted with the passphrase of TRELLIS_BACKUP_PASSPHRASE or of the passphrase file. --force replaces a file that is there.",
  run: async (rest) => {
    const { values, positionals } = readOptions(backupCommand, {
      args: rest,
      options: { ...PASSPHRASE_OPTION, force: { type: "boolean" } },
    });
    const [file] = positionals;
    if (!file || positionals.length > 1)
      throw new CommandProblem(`Name one file.\nUsage: npm run trellis -- ${backupCommand.usage}`);
    const passphrase = readPassphrase(values["passphrase-file"]);
    return withServices(async (services) => {
      if (await services.perform(system, (work) => isHubEmpty(work.trx)))
        throw new CommandProblem("This hub is empty: there is nothing to back up.", 1);
      const { database, files, clock } = services;
      const written = await writeBackup(
        { ownerPool: database.ownerPool, files, now: clock() },
        { file, force: values.force ?? false, passphrase },
      ).catch((error: unknown) => {
        if (error instanceof BackupProblem) throw new CommandProblem(error.message, 1);
        throw error;
      });
      const { damagedFiles, ...sizes } = written;
      await services.perform(system, async (work) => {
        if (!(await findHub(work.trx))) return;
        const { id } = await getHubOrganization(work.trx);
        await work.record(backupWritten, { organizationId: id, subject: ["hub", id], data: sizes });
      });
      process.stdout.write(
        `${sizes.rows} rows of ${sizes.tables} tables and ${sizes.files} uploaded files, ${sizes.bytes} bytes, ${sizes.encrypted ? "encrypted" : "NOT ENCRYPTED: whoever has the file can read it"}.\n`,
      );
      for (const hash of damagedFiles)
        process.stderr.write(
          `The uploaded file ${hash} is damaged in the data folder; bring it back from an older backup.\n`,
        );
      return 0;
    });
  },
};
