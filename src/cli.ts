// The `trellis` command: npm run trellis -- COMMAND

import { CommandProblem } from "./app/commands/command.ts";
import { commandHelp, commands } from "./app/commands/commands.ts";
import { ConfigError } from "./platform/config/config.ts";

async function run(): Promise<number> {
  const words = process.argv.slice(2);
  const command = commands.find((one) => one.words.every((word, position) => words[position] === word));
  if (!command || words.includes("--help")) {
    const asked = words.length === 0 || words.includes("--help") || words[0] === "help";
    process.stderr.write(`${asked ? "" : `There is no command "${words.join(" ")}".\n`}${commandHelp()}\n`);
    return asked ? 0 : 64;
  }
  return command.run(words.slice(command.words.length));
}

// Whoever reads has had enough (`… | head`): that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

run().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof CommandProblem || error instanceof ConfigError;
    process.stderr.write(
      `${known ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    process.exitCode = error instanceof CommandProblem ? error.exitCode : 70;
  },
);
