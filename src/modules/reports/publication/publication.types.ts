export type PublicationState = "publishing" | "published" | "failed";

/** How far the work is; empty while it waits for its turn. */
export interface PublicationProgress {
  step?: "collecting" | "checking";
  /** Figures whose protection is proven, of those known to need it. */
  done?: number;
  total?: number;
}

/** What came of it. */
export interface PublicationOutcome {
  /** The number of the release that stands now. */
  release?: number;
  /** How many withheld figures earlier releases give away already. */
  exposed?: number;
  /** The newest release says all there is to say already; no other was made. */
  unchanged?: boolean;
  /** Why nothing was published, for the person who asked. */
  reason?: string;
}

/** The work on a year's release, one at a time. */
export interface Publication {
  academicYear: string;
  state: PublicationState;
  progress: PublicationProgress;
  outcome: PublicationOutcome;
  updatedAt: Date;
}
