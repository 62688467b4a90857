import type { Rating, Seat } from "./rating.types.ts";

/** What the answers of a round come to. */
export type Verdict =
  | { state: "open" }
  /** Both have answered, differently: a third must decide. */
  | { state: "disagreed" }
  | { state: "closed"; level: string; hasAgreed: boolean };

/** The answers that there are, as a verdict: two that agree, or the third's word. */
export function judgeRound(ratings: readonly Pick<Rating, "seat" | "level">[]): Verdict {
  const levelOf = (seat: Seat): string | undefined => ratings.find((one) => one.seat === seat)?.level;
  const [first, second, third] = [levelOf(1), levelOf(2), levelOf(3)];
  if (first === undefined || second === undefined) return { state: "open" };
  if (first === second) return { state: "closed", level: first, hasAgreed: true };
  return third === undefined ? { state: "disagreed" } : { state: "closed", level: third, hasAgreed: false };
}
