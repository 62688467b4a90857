import type { Work } from "../../../platform/events/work.ts";

/** Something that waits for somebody, as a module tells the digest of it: no personal data, counts and organizations' own names only. */
export interface WaitingThing {
  organizationId: string;
  /** Who can do something about it: the organization's leads, the hub's reviewers or librarians, or these people of the hub (by person). */
  waitsFor: "leads" | "reviewers" | "librarians" | readonly string[];
  /** A whole sentence that names the organization. */
  sentence: string;
  /** The page where one goes on. */
  path: string;
}

/** What waits in a module, everywhere in the hub. A module provides it, src/app/modules.ts connects it. */
export type WaitingOffer = (work: Work) => Promise<WaitingThing[]>;

/** Something an organization's leads should have done by a day that is near. */
export interface NearDeadline extends WaitingThing {
  /** Names the deadline and how near it is: nobody is reminded of the same twice. */
  notice: string;
}

/** Which deadlines of a module are near on the day of `work.now`. */
export type DeadlineOffer = (work: Work) => Promise<NearDeadline[]>;
