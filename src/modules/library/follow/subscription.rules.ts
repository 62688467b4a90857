// When what is told. Pure.
import type { Often } from "./follow-link.ts";

const DAY = 86_400_000;
const DAYS_OF_A_WEEK = 7;
const MONDAY = 1;
/** What was written a moment ago may be of a transaction that others do not see yet: it is told the next time. */
const SETTLED_AFTER = 5 * 60_000;

/** Up to which moment changes are surely all there. */
export const settledUntil = (now: Date): Date => new Date(now.getTime() - SETTLED_AFTER);

/** When the present week or month began, of the hub's clock: what was told before it is due again. */
export function periodStart(often: Often, now: Date): Date {
  if (often === "monthly") return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate());
  return new Date(today - ((now.getUTCDay() - MONDAY + DAYS_OF_A_WEEK) % DAYS_OF_A_WEEK) * DAY);
}
