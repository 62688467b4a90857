// The door of the library: what other modules and the app may use.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../platform/config/project-folder.ts";
import { type CodeList, loadCodeList } from "../../platform/database/code-lists.ts";
import type { ReferenceLoader } from "../../platform/database/reference.ts";
import type { RouteDefinition } from "../../platform/web/route.ts";
import { adoptRoutes } from "./adoptions/adopt.routes.tsx";
import { adoptionApi } from "./adoptions/adoption.api.ts";
import { adoptionRoutes } from "./adoptions/adoption.routes.tsx";
import { adoptionEditRoutes } from "./adoptions/adoption-edit.routes.tsx";
import { careerRoutes } from "./careers/career.routes.tsx";
import { evidenceRoutes } from "./evidence/evidence.routes.tsx";
import { feedRoutes } from "./follow/feed.routes.ts";
import { oaiRoutes } from "./follow/oai.routes.ts";
import { subscriptionJobs } from "./follow/subscription.jobs.ts";
import { subscriptionRoutes } from "./follow/subscription.routes.tsx";
import { linkJobs } from "./links/link.jobs.ts";
import { linkRoutes } from "./links/link.routes.tsx";
import { materialJobs } from "./materials/material.jobs.ts";
import { materialRoutes } from "./materials/material.routes.tsx";
import { materialDeskRoutes } from "./materials/material-desk.routes.tsx";
import { materialFileRoutes } from "./materials/material-file.routes.ts";
import { mergeRoutes } from "./merging/merge.routes.tsx";
import { practiceApi } from "./practices/practice.api.ts";
import { practiceRoutes } from "./practices/practice.routes.tsx";
import { practiceDeskRoutes } from "./practices/practice-desk.routes.tsx";
import { practiceListRoutes } from "./practices/practice-list.routes.tsx";
import { loadSeedPractices, SEED_FILE } from "./practices/seed.store.ts";
import { ratingRoutes } from "./ratings/rating.routes.tsx";
import { roundRoutes } from "./ratings/round.routes.tsx";
import { decisionRoutes } from "./submissions/decision.routes.tsx";
import { submissionJobs } from "./submissions/submission.jobs.ts";
import { submissionRoutes } from "./submissions/submission.routes.tsx";
import { triageRoutes } from "./submissions/triage.routes.tsx";
import { triageEditRoutes } from "./submissions/triage-edit.routes.tsx";

export { listLibraryAddresses, readSearchEntries, readSearchPage } from "./copying/search-copy.ts";
export { libraryEvents, practicePublished } from "./events.ts";
export { isFollowedFromAnywhere, libraryPlaces } from "./follow/follow-addresses.ts";
export { materialUploadRoutes } from "./materials/material-upload.routes.tsx";
export { isMaterialFile } from "./materials/material-version.store.ts";
export { countPublished } from "./practices/practice.store.ts";
export { type SearchResults, searchLibrary, unknownChoices } from "./practices/search-results.ts";
export { waitingRatings } from "./ratings/waiting-ratings.ts";
export { notePublished } from "./submissions/submission.actions.ts";
export { importLibrary } from "./transfer/import-library.ts";
export { TransferProblem } from "./transfer/transfer.types.ts";
export { writeLibrary } from "./transfer/write-library.ts";
export { waitingLibrarianWork } from "./waiting.ts";

/** What the library does in the background. */
export const libraryJobs = [...submissionJobs, ...linkJobs, ...subscriptionJobs, ...materialJobs];

/** Pages of the library. */
export const libraryRoutes: RouteDefinition[] = [
  ...careerRoutes,
  ...practiceListRoutes,
  ...feedRoutes,
  ...oaiRoutes,
  ...subscriptionRoutes,
  ...submissionRoutes,
  ...practiceDeskRoutes,
  ...triageRoutes,
  ...triageEditRoutes,
  ...decisionRoutes,
  ...linkRoutes,
  ...mergeRoutes,
  ...materialDeskRoutes,
  ...materialRoutes,
  ...materialFileRoutes,
  ...adoptionRoutes,
  ...adoptionEditRoutes,
  ...adoptRoutes,
  ...practiceRoutes,
  ...evidenceRoutes,
  ...ratingRoutes,
  ...roundRoutes,
];

/** Calls of the API. */
export const libraryApi: RouteDefinition[] = [...practiceApi, ...adoptionApi];

const LISTS_FILE = "library-lists.json";

/** The library's code lists, and the practices that every library begins with. */
export const libraryReference: ReferenceLoader[] = [
  {
    name: "library lists",
    files: [LISTS_FILE],
    version: 1,
    load: async (client) => {
      const lists = JSON.parse(
        readFileSync(join(projectFolder, "reference", LISTS_FILE), "utf8"),
      ) as CodeList[];
      for (const list of lists) await loadCodeList(client, list);
    },
  },
  { name: "practices", files: [SEED_FILE], version: 1, load: loadSeedPractices },
];
