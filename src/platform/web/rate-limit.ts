/** Counts attempts per key in fixed windows, in this process's memory. */
export interface RateLimit {
  /** Counts one attempt. @returns seconds to wait, or 0 when the attempt is within the limit. */
  hit(key: string, now: Date): number;
  /** How many attempts are left to a key, and for how many seconds its window lasts. */
  left(key: string, now: Date): { attempts: number; seconds: number };
  /** Forgets a key, after a success. */
  forget(key: string): void;
}

const MOST_KEYS = 50_000;

const forgetters = new Set<() => void>();

/** As after a start: every limit of this process begins anew. For tests, where hub after hub runs in one process. */
export function forgetAllAttempts(): void {
  for (const forgetAll of forgetters) forgetAll();
}

/** At most `attempts` per `seconds` for each key. */
export function createRateLimit(attempts: number, seconds: number): RateLimit {
  const windows = new Map<string, { count: number; endsAt: number }>();
  forgetters.add(() => windows.clear());
  return {
    hit(key, now) {
      const time = now.getTime();
      const window = windows.get(key);
      if (!window || window.endsAt <= time) {
        // Oldest first: a flood of made-up keys cannot fill the memory.
        if (windows.size >= MOST_KEYS)
          for (const old of windows.keys()) {
            windows.delete(old);
            if (windows.size < MOST_KEYS) break;
          }
        windows.delete(key);
        windows.set(key, { count: 1, endsAt: time + seconds * 1000 });
        return 0;
      }
      window.count += 1;
      return window.count > attempts ? Math.ceil((window.endsAt - time) / 1000) : 0;
    },
    left(key, now) {
      const window = windows.get(key);
      const time = now.getTime();
      if (!window || window.endsAt <= time) return { attempts, seconds };
      return {
        attempts: Math.max(0, attempts - window.count),
        seconds: Math.ceil((window.endsAt - time) / 1000),
      };
    },
    forget: (key) => void windows.delete(key),
  };
}
