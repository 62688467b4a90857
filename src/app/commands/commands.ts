import { auditVerifyCommand } from "./audit.command.ts";
import { backupCommand } from "./backup.command.ts";
import type { Command } from "./command.ts";
import { demoLoadCommand } from "./demo.command.ts";
import { exportSiteCommand } from "./export-site.command.ts";
import { importRosterCommand } from "./import-roster.command.ts";
import { importShortageCommand } from "./import-shortage.command.ts";
import { exportLibraryCommand, importLibraryCommand } from "./library.command.ts";
import { librarySearchCommand } from "./library-search.command.ts";
import { personLinkCommand, personSecondFactorCommand } from "./person.command.ts";
import { reportCommand } from "./report.command.ts";
import { restoreCommand } from "./restore.command.ts";

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  importRosterCommand,
  importShortageCommand,
  reportCommand,
  demoLoadCommand,
  backupCommand,
  restoreCommand,
  exportSiteCommand,
  exportLibraryCommand,
  importLibraryCommand,
  librarySearchCommand,
  personLinkCommand,
  personSecondFactorCommand,
  auditVerifyCommand,
];

/** What `trellis help` prints. */
export function commandHelp(): string {
  const lines = commands.map((command) => `  ${command.usage}\n      ${command.about}`);
  return `Usage: npm run --silent trellis -- COMMAND\n\n${lines.join("\n")}`;
}
