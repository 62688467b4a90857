// How much of the processors a hub and its database use: unlike seconds on a clock, hardly changed by what else runs.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const TICKS_PER_SECOND = 100;

interface Times {
  parent: number;
  own: number;
  /** Of children that have ended. */
  ended: number;
}

/** As /proc tells it; null where there is no such process, or no /proc. */
function timesOf(pid: number): Times | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Behind the name in parentheses: state, parent, … and from the twelfth on the times.
    const parts = text.slice(text.lastIndexOf(")") + 2).split(" ");
    const tick = (place: number): number => Number(parts[place]) / TICKS_PER_SECOND;
    return { parent: Number(parts[1]), own: tick(11) + tick(12), ended: tick(13) + tick(14) };
  } catch {
    return null;
  }
}

/** Processor seconds so far of the hub, and of the embedded server in its data folder where it lies there. */
export function processorTime(hub: number | undefined, data: string): { hub: number; database: number } {
  const own = timesOf(hub ?? 0)?.own ?? 0;
  try {
    const file = join(data, "postgresql", "cluster", "postmaster.pid");
    const server = Number(readFileSync(file, "utf8").split("\n")[0]);
    const family = readdirSync("/proc")
      .map((name) => timesOf(Number(name)))
      .filter((times) => times?.parent === server);
    const main = timesOf(server);
    const all = family.reduce((sum, times) => sum + (times?.own ?? 0), 0);
    return { hub: own, database: all + (main?.own ?? 0) + (main?.ended ?? 0) };
  } catch {
    return { hub: own, database: 0 };
  }
}
