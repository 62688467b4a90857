import {
  FIRST_STEPS,
  type FirstStep,
  findHub,
  type Hub,
  listOrganizations,
} from "../../modules/directory/index.ts";
import { listRosters } from "../../modules/pathways/index.ts";
import type { Trx } from "../../platform/database/database.ts";

/** How far a new hub has come. */
export interface FirstSteps {
  done: ReadonlySet<FirstStep>;
  later: ReadonlySet<FirstStep>;
  /** The first that is neither done nor left for later. */
  next: FirstStep | null;
  isEnded: boolean;
  /** A roster that is on its way, to go on with. */
  rosterUnderWay: string | null;
}

export const STEP_LABELS: Readonly<Record<FirstStep, string>> = {
  name: "Name",
  logo: "Logo",
  colors: "Colors",
  "time-zone": "Time zone",
  mail: "Mail",
  organization: "Organization",
  roster: "Roster",
};

const UNDER_WAY = new Set(["reading", "asking", "ready", "committing"]);

/** Reads it from what is there: an organization and a roster count however they came in. */
export async function readFirstSteps(trx: Trx, hub: Hub): Promise<FirstSteps> {
  const organizations = await listOrganizations(trx);
  const rosters = await listRosters(trx);
  const done = new Set(hub.stepsDone);
  if (organizations.some((one) => one.organizationType !== "hub")) done.add("organization");
  if (rosters.some((one) => one.state === "committed")) done.add("roster");
  const later = new Set(hub.stepsLater.filter((step) => !done.has(step)));
  return {
    done,
    later,
    next: FIRST_STEPS.find((step) => !done.has(step) && !later.has(step)) ?? null,
    // A demonstration is furnished.
    isEnded: hub.stepsEnded || hub.isDemo,
    rosterUnderWay: rosters.find((one) => UNDER_WAY.has(one.state))?.id ?? null,
  };
}

/** For the first page after signing in: null where there is nothing left to say. */
export async function findOpenSteps(trx: Trx): Promise<{ done: number; total: number } | null> {
  const hub = await findHub(trx);
  if (!hub || hub.stepsEnded || hub.isDemo) return null;
  const { done } = await readFirstSteps(trx, hub);
  return { done: done.size, total: FIRST_STEPS.length };
}
