import { type Actor, isEvaluator, worksForHub } from "../../platform/database/actor.ts";

/** Who writes the library, as a route's `who`. */
export const LIBRARIANS = ["administrator", "librarian"] as const;

/** Whether somebody may write the library: the same rule as the database's library.may_edit(). */
export const mayEditLibrary = (actor: Actor): boolean =>
  actor.kind === "system" ||
  (actor.kind === "person" &&
    (actor.role === "administrator" || (actor.role === "hub_staff" && actor.grants.includes("librarian"))));

/** Who comes to the pages of ratings: those who rate, and those who ask for it. */
export const RATERS = [...LIBRARIANS, "reviewer"] as const;

/** Whether somebody may rate practices: the same rule as the database's library.reviewer(). */
export const mayRate = (actor: Actor): actor is Extract<Actor, { kind: "person" }> =>
  actor.kind === "person" &&
  actor.role === "hub_staff" &&
  (actor.grants.includes("reviewer") || actor.grants.includes("librarian"));

type Person = Extract<Actor, { kind: "person" }>;

/** Who reads which organizations use which practices: the hub all of it, others their own organization's. */
export const ADOPTION_READERS = [
  "administrator",
  "hub_staff",
  "organization_lead",
  "supervisor",
  "worker",
] as const;

/** Whether somebody does. */
export const mayReadAdoptions = (actor: Actor): actor is Person =>
  actor.kind === "person" && ADOPTION_READERS.some((role) => role === actor.role);

/** Who writes it down. */
export const ADOPTION_WRITERS = ["administrator", "hub_staff", "organization_lead"] as const;

/** Whether somebody may write down what an organization uses: its lead, and the hub's staff. */
export const mayWriteAdoptionsOf = (actor: Actor, organizationId: string): actor is Person =>
  actor.kind === "person" &&
  !isEvaluator(actor) &&
  (worksForHub(actor) || (actor.role === "organization_lead" && actor.organizationId === organizationId));

/** Whether somebody may let everybody read it: the same rule as the database's library.only_leads_consent(). */
export const mayConsentFor = (actor: Actor, organizationId: string): actor is Person =>
  actor.kind === "person" && actor.role === "organization_lead" && actor.organizationId === organizationId;
