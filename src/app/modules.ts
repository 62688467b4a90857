// The ranked list of modules: what each brings to the hub. Nobody else knows them all.
import {
  accountRoutes,
  directoryEvents,
  directoryReference,
  directoryRoutes,
  signInRoutes,
} from "../modules/directory/index.ts";
import {
  enrollmentRoutes,
  pathwaysEvents,
  pathwaysReference,
  rosterJobs,
  rosterRoutes,
} from "../modules/pathways/index.ts";
import {
  narrativeRoutes,
  publicationJobs,
  publicationRoutes,
  releaseRoutes,
  reportRoutes,
  reportsEvents,
  workflowRoutes,
} from "../modules/reports/index.ts";
import { backupEvents } from "../platform/backup/events.ts";
import type { ReferenceLoader } from "../platform/database/reference.ts";
import type { EventDefinition } from "../platform/events/event.ts";
import { jobEvents } from "../platform/jobs/events.ts";
import type { JobDefinition } from "../platform/jobs/jobs.ts";
import type { RouteDefinition } from "../platform/web/route.ts";
import { demoPassword, demoPeople } from "./demo/demo-people.ts";
import { homeRoutes } from "./home/home.routes.tsx";

import { jobsRoutes } from "./jobs/jobs.routes.tsx";
import { sealAuditJob } from "./seal-audit.job.ts";
import type { Services } from "./services.ts";

/** What goes on in the background. */
export const jobs: readonly JobDefinition<Services>[] = [sealAuditJob, ...rosterJobs, ...publicationJobs];

/** The route table. */
export const routes: readonly RouteDefinition[] = [
  ...homeRoutes,
  ...signInRoutes({ people: demoPeople, password: demoPassword }),
  ...accountRoutes({ people: demoPeople, password: demoPassword }),
  ...rosterRoutes,
  ...enrollmentRoutes,
  ...directoryRoutes,
  ...reportRoutes,
  ...workflowRoutes,
  ...narrativeRoutes,
  ...publicationRoutes,
  ...releaseRoutes,
  ...jobsRoutes(jobs),
];

/** The closed list of events. */
export const events: readonly EventDefinition[] = [
  ...directoryEvents,
  ...pathwaysEvents,
  ...reportsEvents,
  ...backupEvents,
  ...jobEvents,
] as EventDefinition[];

export const reference: readonly ReferenceLoader[] = [...directoryReference, ...pathwaysReference];
