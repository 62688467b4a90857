import type { Answers } from "./rubric.rules.ts";
import type { Rung, Scale } from "./scales.ts";

export type RoundState = "open" | "disagreed" | "closed" | "cancelled";
/** 1 and 2 answer the rubric without seeing each other; 3 decides between them. */
export type Seat = 1 | 2 | 3;

/** A reviewer's place in a round. */
export interface Reviewer {
  seat: Seat;
  personId: string;
  /** Known to those who work in the hub. */
  name: string | null;
  hasAnswered: boolean;
}

/** What one reviewer answered. The database shows it to others only when both first reviewers have. */
export interface Rating {
  seat: Seat;
  answers: Answers;
  /** What the rubric proposed; null where its scale has no level for these answers, and for the third. */
  proposed: string | null;
  level: string;
  reason: string;
  givenAt: Date;
}

/** What came of a round. */
export interface Outcome {
  level: string;
  rating: Rung;
  hasAgreed: boolean;
  evidenceItems: number;
}

/** A rating of one practice by two reviewers, or three. */
export interface Round {
  id: string;
  practice: { id: string; slug: string; title: string };
  scaleId: string;
  scaleVersion: number;
  /** Null where no file has the scale any more. */
  scale: Scale | null;
  state: RoundState;
  reviewers: Reviewer[];
  openedBy: string | null;
  openedAt: Date;
  /** Only once it is closed. */
  outcome: Outcome | null;
  /** When it was closed or cancelled. */
  closedAt: Date | null;
  cancelledBecause: string | null;
}
