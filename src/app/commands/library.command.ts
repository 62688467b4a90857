import { importLibrary, TransferProblem, writeLibrary } from "../../modules/library/index.ts";
import { dropRefusedFile } from "../../modules/pathways/index.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";

/** Something was left alone, and somebody has to look at it. */
const EXIT_CONFLICTS = 3;

const asCommandProblem = (error: unknown): never => {
  throw error instanceof TransferProblem ? new CommandProblem(error.message, 1) : error;
};

export const exportLibraryCommand: Command = {
  words: ["export", "library"],
  usage: "export library FILE [--force]",
  about:
    "Writes the whole practice library, drafts included, into one file that another hub can import: practices with all versions, evidence, ratings, materials with their files, and what was decided of submissions. No persons. --force replaces a file that is there.",
  run: async (rest) => {
    const { values, positionals } = readOptions(exportLibraryCommand, {
      args: rest,
      options: { force: { type: "boolean" } } as const,
    });
    const [file] = positionals;
    if (!file || positionals.length > 1)
      throw new CommandProblem(`Name one file.\nUsage: npm run trellis -- ${exportLibraryCommand.usage}`);
    return withServices(async ({ database, files }) => {
      const { parts, files: stored } = await writeLibrary(
        { pool: database.pool, files },
        { file, force: values["force"] ?? false },
      ).catch(asCommandProblem);
      const counts = parts.map(({ name, lines }) => `${lines} ${name}`).join(", ");
      process.stdout.write(`${counts} and ${stored.length} files written to ${file}.\n`);
      return 0;
    });
  },
};

export const importLibraryCommand: Command = {
  words: ["import", "library"],
  usage: "import library FILE [--dry-run]",
  about:
    "Takes in a library that another hub has exported. What is here already stays; what was edited on both sides is left alone and listed (exit code 3). All or nothing. --dry-run only tells what would be done.",
  run: async (rest) => {
    const { values, positionals } = readOptions(importLibraryCommand, {
      args: rest,
      options: { "dry-run": { type: "boolean" } } as const,
    });
    const [file] = positionals;
    if (!file || positionals.length > 1)
      throw new CommandProblem(`Name one file.\nUsage: npm run trellis -- ${importLibraryCommand.usage}`);
    const isDryRun = values["dry-run"] ?? false;
    return withServices(async (services) => {
      const { perform, files, config } = services;
      const limits = { documentBytes: config.maxDocumentBytes, recordingBytes: config.maxRecordingBytes };
      const dropFile = (hash: string): Promise<void> => dropRefusedFile(services, hash);
      const outcome = await importLibrary({ perform, files, limits, dropFile }, file, { isDryRun }).catch(
        asCommandProblem,
      );
      for (const { name, added, changed, same, ahead, leftAlone } of outcome.parts)
        process.stdout.write(
          `${name}: ${added} added, ${changed} changed, ${same} the same, ${ahead} further on here, ${leftAlone} left alone\n`,
        );
      const changes = outcome.parts.reduce((sum, { added, changed }) => sum + added + changed, 0);
      process.stdout.write(isDryRun ? `${changes} changes would be made.\n` : `${changes} changes made.\n`);
      for (const conflict of outcome.conflicts) process.stderr.write(`Left alone: ${conflict}\n`);
      return outcome.conflicts.length > 0 ? EXIT_CONFLICTS : 0;
    });
  },
};
