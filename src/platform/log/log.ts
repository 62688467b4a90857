import { type DestinationStream, pino } from "pino";

/** Structured lines on standard output. Callers pass counts, codes, route patterns and opaque ids, never what a person typed or is called. */
export type Log = Pick<ReturnType<typeof pino>, "debug" | "info" | "warn" | "error">;

/**
 * @param level from which severity on lines are written; "silent" writes none.
 * @param target where they go instead of standard output.
 */
export function createLog(level: string, target?: DestinationStream): Log {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return target ? pino(options, target) : pino(options);
}

/** What may be logged of an error: its class, code and place. Never its message: PostgreSQL's quote values ("Key (email)=(…)"). */
export function describeError(error: unknown): { type: string; code?: string; stack: string[] } {
  if (!(error instanceof Error)) return { type: typeof error, stack: [] };
  const { code } = error as { code?: unknown };
  const stack = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line))
    .map((line) => line.trim())
    .slice(0, 12);
  return { type: error.name, ...(typeof code === "string" ? { code } : {}), stack };
}
