/** What an item found: for the practice, nothing, both, against it, or nothing that can be said. */
export const DIRECTIONS = ["favors", "no_difference", "mixed", "against", "unclear"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** What somebody found out about a practice. */
export interface EvidenceContent {
  /** A code of evidence_kind. */
  kind: string;
  /** A code of evidence_design. */
  design: string;
  setting: string;
  /** How many took part; null: not known. */
  participants: number | null;
  /** What was measured. */
  outcome: string;
  direction: Direction;
  sourceTitle: string;
  sourcePublisher: string;
  sourceYear: number | null;
  sourceUrl: string;
  note: string;
}

/** An item of evidence as it stands on a practice. It is never rewritten; a correction is a new one. */
export interface EvidenceItem extends EvidenceContent {
  id: string;
  addedAt: Date;
  /** Known to those who work in the hub. */
  addedBy: string | null;
  /** Taken out of use, for a reason that everybody can read. */
  archived: { at: Date; because: string } | null;
}
