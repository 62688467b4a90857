import { readFileSync } from "node:fs";
import { CommandProblem } from "./command.ts";

const VARIABLE = "TRELLIS_BACKUP_PASSPHRASE";

/**
 * The passphrase of a backup: from the file that was named, else from the environment; null where none is given. Never
 * from the command line itself, which others on the machine can read.
 */
export function readPassphrase(file: string | undefined): string | null {
  const given = file === undefined ? process.env[VARIABLE] : readFirstLine(file);
  // Somebody who meant to give one would take the backup for encrypted.
  if (given?.trim() === "")
    throw new CommandProblem(
      `${file === undefined ? `${VARIABLE} is set, and` : file} holds no passphrase. Give one, or none at all.`,
    );
  return given ?? null;
}

function readFirstLine(file: string): string {
  try {
    return readFileSync(file, "utf8").split(/\r?\n/)[0] ?? "";
  } catch {
    throw new CommandProblem(`The passphrase file ${file} cannot be read.`);
  }
}

/** The options of both commands. */
export const PASSPHRASE_OPTION = { "passphrase-file": { type: "string" } } as const;
