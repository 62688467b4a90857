import { z } from "zod";
import { getHubOrganization } from "../../modules/directory/index.ts";
import { jobRetried } from "../../platform/jobs/events.ts";
import { countJobs, listJobs, retryJob } from "../../platform/jobs/jobs.store.ts";
import type { JobDefinition } from "../../platform/jobs/jobs.ts";
import { conflict } from "../../platform/web/problems.ts";
import { type RouteDefinition, route } from "../../platform/web/route.ts";
import type { Services } from "../services.ts";

import { JOBS_LISTED, JOBS_PATH, JobsPage, STATE_FILTERS } from "./jobs.pages.tsx";

/** The queue, for administrators. */
export function jobsRoutes(jobs: readonly JobDefinition<Services>[]): RouteDefinition[] {
  const labels = new Map(jobs.map((job) => [job.name, job.label]));
  const asked = jobs.filter((job) => !job.schedule).map((job) => job.name);
  return [
    route({
      method: "GET",
      path: JOBS_PATH,
      who: ["administrator"],
      menu: { label: "Jobs", order: 90 },
      query: z.object({
        state: z.enum(["running", "waiting", "failed", "done"]).optional().catch(undefined),
      }),
      handle: async (visit) => {
        const { state } = visit.query;
        const states = state ? (STATE_FILTERS[state] ?? []) : [];
        return visit.page(
          { title: "Jobs", wide: true },
          <JobsPage
            jobs={await listJobs(visit.trx, states, asked, JOBS_LISTED)}
            counts={await countJobs(visit.trx, asked)}
            labels={labels}
            shown={state}
          />,
        );
      },
    }),
    route({
      method: "POST",
      path: `${JOBS_PATH}/:id/retry`,
      who: ["administrator"],
      params: z.object({ id: z.uuid() }),
      events: [jobRetried],
      handle: async (visit) => {
        const name = await retryJob(visit.trx, visit.params.id);
        if (!name) throw conflict("This job has not failed, or it is being tried again already.");
        await visit.record(jobRetried, {
          organizationId: (await getHubOrganization(visit.trx)).id,
          subject: ["job", visit.params.id],
          data: { job: visit.params.id, name },
        });
        return visit.redirect(JOBS_PATH, { kind: "good", text: "The job is tried again." });
      },
    }),
  ];
}
