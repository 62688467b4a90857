import { type ParseArgsConfig, parseArgs } from "node:util";
import { readConfig } from "../../platform/config/config.ts";
import { openServices, type Services } from "../services.ts";

/** One command of the command line. */
export interface Command {
  /** Its words: ["import", "roster"]. */
  words: readonly string[];
  /** How it is called, and what it does. */
  usage: string;
  about: string;
  /** @returns the exit code. */
  run(rest: string[]): Promise<number>;
}

/** A command that cannot do what it was asked; the message says why and what to do. */
export class CommandProblem extends Error {
  readonly exitCode: number;
  constructor(message: string, exitCode = 64) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Reads a command's options; a wrong one is a CommandProblem that shows the usage. */
export function readOptions<Config extends ParseArgsConfig>(command: Pick<Command, "usage">, config: Config) {
  try {
    return parseArgs({ allowPositionals: true, strict: true, ...config });
  } catch (error) {
    throw new CommandProblem(
      `${error instanceof Error ? error.message : String(error)}\nUsage: npm run trellis -- ${command.usage}`,
    );
  }
}

/** Opens the hub's services for one command, and closes them whatever happens. The command line writes no log. */
export async function withServices<T>(task: (services: Services) => Promise<T>): Promise<T> {
  const services = await openServices(readConfig({ ...process.env, LOG_LEVEL: "silent" }));
  try {
    return await task(services);
  } finally {
    await services.close();
  }
}
