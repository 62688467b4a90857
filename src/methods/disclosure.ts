import { Certificates } from "./disclosure/certificate.ts";
import { gatherKnowledge, type Knowledge, type Requirement, type Variable } from "./disclosure/knowledge.ts";
import {
  type Bound,
  type Cell,
  type CellId,
  DEFAULT_THRESHOLD,
  type DecidedCell,
  DeclarationError,
  DisclosureError,
  type Equation,
  type Release,
  type Withheld,
} from "./disclosure/model.ts";
import { type Scope, Search } from "./disclosure/search.ts";

export interface ProtectionRequest {
  readonly cells: readonly Cell[];
  readonly equations: readonly Equation[];
  readonly bounds?: readonly Bound[];
  /** People; 1 .. threshold-1 is withheld. Default 11. */
  readonly threshold?: number;
  /** Everything published before, oldest first. */
  readonly earlier?: readonly Release[];
}

export interface Protection {
  /** One decision for every figure of the request, in its order. */
  readonly cells: readonly DecidedCell[];
  /** To be kept, and given to the next publication as one of `earlier`. Holds true values: not for publication. */
  readonly release: Release;
  /**
   * Small figures that an earlier release showed (under a lower threshold). They are withheld in the new tables,
   * but what is public cannot be protected.
   */
  readonly alreadyPublic: readonly CellId[];
  /**
   * Small figures of which earlier releases already say that they have at least `lowest` (1 or more) people,
   * whatever is withheld now; mostly a new total of figures of which some are unchanged. They can be as high as
   * `lowest` + threshold.
   */
  readonly narrowed: readonly Withheld[];
}

/** How far the gate is: figures whose protection is proven, of those that need it so far; more may come to need it. */
export interface ProtectionProgress {
  readonly done: number;
  readonly total: number;
}

/**
 * The disclosure gate. Decides for every figure of a publication whether it is shown or withheld, so that nothing
 * withheld can be derived from everything published: all tables of this release together, organizations and
 * portfolio, all earlier releases, sums, inequalities, and that counts are not negative.
 *
 * The guarantee, for each withheld figure, over all worlds that agree with everything published (counts need not
 * be whole numbers in them): a small figure can be as low as 0 and as high as the threshold (where history forbids 0, see
 * `narrowed`); a complementary figure has a range at least as wide as the threshold. Earlier releases' withheld figures keep what they were promised.
 * The guarantee concerns single figures and a reader who knows only what is published; it does not cover
 * sums of withheld figures that are not themselves declared, the difference between two versions of one
 * organization's figure where both are shown, or what a person inside an organization knows.
 *
 * Method: for each figure without protection, the least costly move of figures that gives it (a linear program over
 * all relations; shown figures may move at their loss, see `lossOf`) tells which further figures to withhold; first
 * among withheld figures only, then inner figures, last totals. Each answer is a pair of other worlds kept as
 * proof; all proofs are checked again at the end, and an error is thrown rather than an unproven decision returned.
 * Sources: Cox 1980 and Robertson 1993 on complementary suppression; Fischetti and Salazar 2001 on intruder
 * intervals; the CMS cell size suppression policy for the threshold 11.
 */
export function protect(request: ProtectionRequest): Protection {
  const steps = protectInSteps(request);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `protect`, figure by figure, for those who have other things to do in between. */
export function* protectInSteps(request: ProtectionRequest): Generator<ProtectionProgress, Protection> {
  const { threshold = DEFAULT_THRESHOLD, bounds = [], earlier = [] } = request;
  if (!Number.isSafeInteger(threshold) || threshold < 2)
    throw new DeclarationError(`the threshold is ${threshold}; it must be a whole number from 2`);
  const declared = { cells: request.cells, equations: request.equations, bounds };
  const knowledge = gatherKnowledge(declared, earlier, threshold);
  yield* secure(knowledge, threshold);
  const exposed = new Set(knowledge.alreadyPublic);
  const cells = knowledge.current.map((index): DecidedCell => {
    const variable = knowledge.variables[index];
    if (variable === undefined) throw new DisclosureError("a declared figure was lost");
    const { id, value, requirement } = variable;
    if (exposed.has(id)) return { id, status: "withheld", reason: "small" };
    return requirement === null
      ? { id, status: "shown", value }
      : { id, status: "withheld", reason: requirement.reason };
  });
  const withheld = knowledge.current.flatMap((index): Withheld[] => {
    const variable = knowledge.variables[index];
    if (variable === undefined) return [];
    const { id, requirement } = variable;
    if (exposed.has(id)) return [{ id, reason: "small" }];
    if (requirement === null) return [];
    const { reason, lowest } = requirement;
    return [lowest > 0 ? { id, reason, lowest } : { id, reason }];
  });
  return {
    cells,
    release: { ...declared, threshold, withheld },
    alreadyPublic: knowledge.alreadyPublic,
    narrowed: withheld.filter(({ lowest }) => lowest !== undefined),
  };
}

/** Withholds what is needed, in place, until every withheld figure has its proofs. */
function* secure(knowledge: Knowledge, threshold: number): Generator<ProtectionProgress, void> {
  const proofs = new Certificates(knowledge);
  const search = new Search(knowledge);
  const waiting = knowledge.variables.flatMap(({ requirement }, index) =>
    requirement === null ? [] : [index],
  );

  /** Tries one direction in one scope; withholds what the move needs. */
  const attempt = (index: number, sign: 1 | -1, amount: number, scope: Scope, part: boolean): void => {
    let move = search.find(index, sign, amount, scope);
    if (!part && move.reached < amount - 1e-6 && scope !== "withheld") return;
    if (!proofs.add(move.variables, move.moves)) {
      search.refresh();
      move = search.find(index, sign, amount, scope);
      if (!proofs.add(move.variables, move.moves)) throw new DisclosureError("the search lost its precision");
    }
    for (const moved of move.variables) {
      const variable = knowledge.variables[moved];
      if (variable?.standing !== "open") continue;
      variable.standing = "withheld";
      variable.requirement = { reason: "complementary", threshold, lowest: 0 };
      waiting.push(moved);
      search.withheld(moved);
    }
  };

  /** Seeks the missing proofs. `part`: also takes moves that go part of the way, for both together may do. */
  const pursue = (index: number, variable: Variable, requirement: Requirement, part: boolean): void => {
    const { value } = variable;
    const { reason, threshold: range, lowest } = requirement;
    for (const scope of ["withheld", "near", "far"] as const) {
      for (const sign of [1, -1] as const) {
        if (proofs.satisfied(index)) return;
        const reached = sign > 0 ? proofs.high(index) - value : value - proofs.low(index);
        const other = sign > 0 ? value - proofs.low(index) : proofs.high(index) - value;
        const small = sign > 0 ? lowest + range - value : value - lowest;
        const wanted = reason === "complementary" ? range - other : small;
        const possible = sign > 0 ? wanted : Math.min(wanted, value);
        if (possible <= reached + 1e-6 || (!part && possible < wanted && scope !== "withheld")) continue;
        attempt(index, sign, possible, scope, part);
      }
    }
  };

  /** A small figure that history keeps above 0, whatever is withheld now: from then on that counts as its floor. */
  const narrow = (index: number, variable: Variable, requirement: Requirement): Requirement => {
    if (requirement.reason !== "small") return requirement;
    const { reached } = search.find(index, -1, variable.value, "far");
    const lowest = Math.round((variable.value - reached) * 1e6) / 1e6;
    return { ...requirement, lowest: Math.max(requirement.lowest, lowest) };
  };

  for (let position = 0; position < waiting.length; position += 1) {
    yield { done: position, total: waiting.length };
    const index = waiting[position] ?? 0;
    const variable = knowledge.variables[index];
    if (variable === undefined || variable.requirement === null) continue;
    pursue(index, variable, variable.requirement, false);
    if (proofs.satisfied(index)) continue;
    search.refresh();
    variable.requirement = narrow(index, variable, variable.requirement);
    pursue(index, variable, variable.requirement, true);
    if (!proofs.satisfied(index)) throw new DisclosureError(`no publication protects ${variable.id}`);
  }
  proofs.verify();
}
