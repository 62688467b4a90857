import { type Actor, worksForHub } from "../../../platform/database/actor.ts";
import { mayReadAdoptions } from "../library.policy.ts";
import { ADOPTIONS_PATH } from "./adoption-addresses.ts";

/** Says what is listed: the hub sees every organization's, others their own. */
export const adoptionsHeading = (isOfHub: boolean, practiceTitle: string | null = null): string =>
  practiceTitle
    ? `Who uses “${practiceTitle}”`
    : isOfHub
      ? "Who uses which practice"
      : "Practices that we use";

/** The way there, for those who may. */
export const adoptionWays = (actor: Actor): { label: string; href: string }[] =>
  mayReadAdoptions(actor) ? [{ label: adoptionsHeading(worksForHub(actor)), href: ADOPTIONS_PATH }] : [];
