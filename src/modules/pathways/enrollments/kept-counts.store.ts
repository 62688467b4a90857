import { sql } from "kysely";
import { type CountOnce, keepCounts } from "../../../platform/database/kept-counts.ts";

/** Counts over enrollments. Readers who reach the same organizations see the same ones. */
export const keepEnrollmentCounts = (most: number): CountOnce =>
  keepCounts(
    {
      over: "pathways.enrollment",
      seenBy: sql<string>`case when (select directory.sees_every_organization()) then 'all'
        else coalesce((select directory.actor_organization())::text, 'none') end`,
    },
    most,
  );

/** For small results: thousands are kept. */
export const countOnce: CountOnce = keepEnrollmentCounts(5000);
