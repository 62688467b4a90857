import type { FC } from "hono/jsx";
import { Steps } from "../../../ui/steps.tsx";
import type { Roster, RosterState } from "./roster.types.ts";

const LABELS = ["File", "Columns and questions", "Findings and changes", "Commit"];

const AT: Record<RosterState, number> = {
  reading: 0,
  refused: 0,
  failed: 0,
  discarded: 0,
  asking: 1,
  ready: 2,
  committing: 3,
  committed: 4,
  undone: 4,
};

/** Where a roster is on its way. */
export const RosterSteps: FC<{ roster: Roster }> = ({ roster }) => {
  const at = AT[roster.state];
  return (
    <Steps
      label="The way of a roster"
      steps={LABELS.map((label, position) => ({
        label,
        state: position < at ? "done" : position === at ? "current" : "ahead",
      }))}
    />
  );
};
