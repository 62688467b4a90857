// The ranked list of modules: what each brings to the hub. Nobody else knows them all.
import {
  directoryApi,
  directoryEvents,
  directoryReference,
  directoryRoutes,
  peopleRoutes,
  regularMailJobs,
  signInLinkJobs,
} from "../modules/directory/index.ts";
import {
  libraryApi,
  libraryEvents,
  libraryJobs,
  libraryReference,
  libraryRoutes,
  materialUploadRoutes,
  waitingLibrarianWork,
  waitingRatings,
} from "../modules/library/index.ts";
import {
  dropRefusedFile,
  enrollmentApi,
  enrollmentRoutes,
  pathwaysEvents,
  pathwaysReference,
  retentionJobs,
  rosterApi,
  rosterJobs,
  rosterRoutes,
  waitingRosters,
} from "../modules/pathways/index.ts";
import {
  narrativeRoutes,
  publicationJobs,
  publicationRoutes,
  releaseApi,
  releaseRoutes,
  reportApi,
  reportDeadlines,
  reportRoutes,
  reportsEvents,
  waitingReports,
  workflowRoutes,
} from "../modules/reports/index.ts";
import { apiJobs } from "../platform/api/idempotency.jobs.ts";
import { backupEvents } from "../platform/backup/events.ts";
import type { ReferenceLoader } from "../platform/database/reference.ts";
import type { EventDefinition } from "../platform/events/event.ts";
import { jobEvents } from "../platform/jobs/events.ts";
import type { JobDefinition } from "../platform/jobs/jobs.ts";
import { mailEvents } from "../platform/mail/events.ts";
import { mailJobs } from "../platform/mail/mail.jobs.ts";
import type { RouteDefinition } from "../platform/web/route.ts";
import { webhookEvents } from "../platform/webhooks/events.ts";
import { webhookJobs } from "../platform/webhooks/webhook.jobs.ts";
import { aboutRoutes } from "./about/about.routes.tsx";
import { apiPages } from "./api/api.routes.tsx";
import { eventApi } from "./api/event.api.ts";
import { demoPassword, demoPeople } from "./demo/demo-people.ts";
import { homeRoutes } from "./home/home.routes.tsx";
import { hubRoutes } from "./hub/hub.routes.tsx";
import { hubFileRoutes } from "./hub/hub-files.routes.ts";
import { logoRoutes } from "./hub/logo.routes.tsx";
import { startRoutes } from "./hub/start.routes.tsx";

import { jobsRoutes } from "./jobs/jobs.routes.tsx";
import { mailRoutes } from "./mail/mail.routes.tsx";
import { sealAuditJob } from "./seal-audit.job.ts";
import type { Services } from "./services.ts";
import { forgetFailuresJob } from "./watching/forget-failures.job.ts";
import { statusRoutes } from "./watching/status.routes.tsx";
import { webhookRoutes } from "./webhooks/webhook.routes.tsx";

/** What goes on in the background. */
export const jobs: readonly JobDefinition<Services>[] = [
  sealAuditJob,
  forgetFailuresJob,
  ...rosterJobs,
  ...retentionJobs,
  ...publicationJobs,
  ...libraryJobs,
  ...mailJobs,
  ...signInLinkJobs,
  ...apiJobs,
  ...webhookJobs,
  // Who offers what to digests and reminders.
  ...regularMailJobs({
    waiting: [waitingRosters, waitingReports, waitingLibrarianWork, waitingRatings],
    deadlines: [reportDeadlines],
  }),
];

/** The route table. */
export const routes: readonly RouteDefinition[] = [
  ...homeRoutes,
  ...aboutRoutes,
  // Before the people's: "people/new" is not the page of a member called "new".
  ...directoryRoutes,
  ...peopleRoutes({ people: demoPeople, password: demoPassword }),
  ...libraryRoutes,
  ...materialUploadRoutes({ dropRefusedFile }),
  ...rosterRoutes,
  ...enrollmentRoutes,
  ...reportRoutes,
  ...workflowRoutes,
  ...narrativeRoutes,
  ...publicationRoutes,
  ...releaseRoutes,
  ...jobsRoutes(jobs),
  ...statusRoutes,
  ...mailRoutes,
  ...hubRoutes,
  ...logoRoutes,
  ...startRoutes,
  ...hubFileRoutes,
  ...directoryApi,
  ...libraryApi,
  ...rosterApi,
  ...enrollmentApi,
  ...reportApi,
  ...releaseApi,
  ...eventApi,
  ...apiPages(() => routes),
  ...webhookRoutes(() => events),
];

/** The closed list of events. */
export const events: readonly EventDefinition[] = [
  ...directoryEvents,
  ...libraryEvents,
  ...pathwaysEvents,
  ...reportsEvents,
  ...backupEvents,
  ...jobEvents,
  ...mailEvents,
  ...webhookEvents,
] as EventDefinition[];

export const reference: readonly ReferenceLoader[] = [
  ...directoryReference,
  ...libraryReference,
  ...pathwaysReference,
];
