import { setImmediate as othersFirst } from "node:timers/promises";

/** So long one turn may last, in milliseconds: what the process answers meanwhile waits no longer. */
const LONGEST_TURN = 10;

/** Computes step by step, and in between lets the process do what else waits: it answers requests too. */
export async function inTurns<Step, Result>(
  steps: Generator<Step, Result>,
  onTurn?: (step: Step) => Promise<void> | undefined,
): Promise<Result> {
  let since = performance.now();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - since < LONGEST_TURN) continue;
    await onTurn?.(step.value);
    await othersFirst();
    since = performance.now();
  }
}
