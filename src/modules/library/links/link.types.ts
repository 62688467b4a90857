/** How an address answered last. */
export type LinkState = "unchecked" | "ok" | "moved" | "guarded" | "failing" | "dead";

/** Why an address counts as failing. */
export type LinkProblem =
  | "not_found"
  | "gone"
  | "server"
  | "no_host"
  | "refused"
  | "timeout"
  | "certificate"
  | "private"
  | "redirects"
  | "connection";

/** What one look at an address found. */
export type Finding =
  | { state: "ok" }
  /** It says itself that it lies elsewhere now. */
  | { state: "moved"; to: string }
  /** It answers, but not to programs: only a person can see what is there. */
  | { state: "guarded"; status: number }
  /** No good answer; `status` where there was any. */
  | { state: "failed"; status: number | null; problem: LinkProblem };

export interface KnownLink {
  url: string;
  failedDays: number;
  failedOn: string | null;
}

/** Where an address stands: among a practice's links and sources, as a material, or as the source of an item of evidence. */
export interface LinkPlace {
  kind: "practice" | "material" | "evidence";
  /** Of the practice, also where it is evidence on it; or of the material. */
  slug: string;
  title: string;
  /** The item of evidence, and what it measured. */
  evidence: { id: string; outcome: string } | null;
}

/** An address of the list, with the places where it stands. */
export interface ListedLink {
  url: string;
  state: LinkState;
  status: number | null;
  problem: LinkProblem | null;
  movedTo: string | null;
  failedDays: number;
  checkedAt: Date | null;
  places: LinkPlace[];
}
