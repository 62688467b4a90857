import { system } from "../database/actor.ts";
import type { PerformWork } from "../events/work.ts";
import { describeError, type Log } from "../log/log.ts";
import { describeFailure } from "./describe-failure.ts";
import { addFailures, type FailureRow } from "./failure.store.ts";

/** The hub's own record of what failed: outside the failed transaction, and never the cause of another failure. */
export interface Failures {
  /** Takes a failure in; it is written a little later, with others of its kind. */
  note(failure: { kind: "request" | "job"; place: string; error: unknown; requestId?: string }): void;
  /** Writes what was taken in, as far as the database takes it. */
  settle(): Promise<void>;
}

/** Failures are gathered for so long before they are written, in milliseconds: one that repeats costs one write. */
const GATHERED_FOR = 2_000;
/** So long the database is left alone after it did not take them. */
const LEFT_ALONE_FOR = 60_000;
/** More kinds of failures than this at a time are not kept. */
const MOST_WAITING = 200;

/** How long failures are kept, in days. */
export const FAILURES_KEPT_DAYS = 30;

export function createFailures(hub: { perform: PerformWork; clock: () => Date; log: Log }): Failures {
  let waiting = new Map<string, FailureRow>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const writeIn = (milliseconds: number): void => {
    timer ??= setTimeout(() => {
      timer = null;
      writing = write();
    }, milliseconds).unref();
  };

  const waitNoMore = (): void => {
    if (timer) clearTimeout(timer);
    timer = null;
  };

  const write = async (): Promise<void> => {
    if (waiting.size === 0) return;
    const rows = waiting;
    waiting = new Map();
    try {
      await hub.perform(system, (work) => addFailures(work.trx, [...rows.values()]));
    } catch (error) {
      hub.log.warn({ failures: rows.size, err: describeError(error) }, "failures could not be recorded");
      // Together with what comes meanwhile, later.
      for (const row of rows.values()) add(row);
      if (waiting.size > 0) writeIn(LEFT_ALONE_FOR);
    }
  };

  const add = (row: FailureRow): void => {
    const known = waiting.get(row.fingerprint);
    if (!known && waiting.size >= MOST_WAITING) return;
    const [older, newer] = known && known.lastSeen > row.lastSeen ? [row, known] : [known ?? row, row];
    waiting.set(row.fingerprint, {
      ...newer,
      firstSeen: older.firstSeen,
      count: row.count + (known?.count ?? 0),
    });
  };

  return {
    note: ({ kind, place, error, requestId }) => {
      try {
        const now = hub.clock();
        const described = describeFailure(kind, place.slice(0, 300), error);
        const seen = { count: 1, firstSeen: now, lastSeen: now, lastRequestId: requestId ?? null };
        add({ ...described, kind, place: place.slice(0, 300), ...seen });
        writeIn(GATHERED_FOR);
      } catch {
        // Telling of a failure is no reason for another one.
      }
    },
    settle: async () => {
      waitNoMore();
      await writing;
      await write();
      waitNoMore();
    },
  };
}
