import type { FC } from "hono/jsx";
import type { JobRow, JobState } from "../../platform/jobs/jobs.store.ts";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Select } from "../../ui/fields.tsx";
import { Figure, Figures } from "../../ui/figure.tsx";
import { FilterForm } from "../../ui/filter-form.tsx";
import { ActionButton } from "../../ui/form.tsx";
import { momentInWords } from "../../ui/moment.ts";
import { numberText } from "../../ui/number-text.ts";
import { DataTable } from "../../ui/table.tsx";
import { Tag, type TagTone } from "../../ui/tag.tsx";

export const JOBS_PATH = "/jobs";
/** How many jobs the page lists. */
export const JOBS_LISTED = 100;

/** What a person asks for: states under the words of the page. */
export const STATE_FILTERS: Readonly<Record<string, readonly JobState[]>> = {
  waiting: ["created", "retry"],
  running: ["active"],
  failed: ["failed"],
  done: ["completed", "cancelled"],
};

const STATES: Record<JobState, [TagTone, string]> = {
  created: ["neutral", "Waiting"],
  retry: ["warn", "Waiting for another try"],
  active: ["neutral", "Running"],
  completed: ["good", "Done"],
  cancelled: ["neutral", "Cancelled"],
  failed: ["bad", "Failed"],
};

export interface JobsPageProps {
  jobs: readonly JobRow[];
  counts: ReadonlyMap<JobState, number>;
  /** What a job does, by its name. */
  labels: ReadonlyMap<string, string>;
  shown: string | undefined;
}

/** Work in the background: what runs, waits and failed, and why. */
export const JobsPage: FC<JobsPageProps> = ({ jobs, counts, labels, shown }) => {
  const count = (filter: string): string =>
    numberText((STATE_FILTERS[filter] ?? []).reduce((sum, state) => sum + (counts.get(state) ?? 0), 0));
  return (
    <div class="stack">
      <h1>Work in the background</h1>
      <Figures>
        <Figure value={count("running")} label="running" />
        <Figure value={count("waiting")} label="waiting" />
        <Figure value={count("failed")} label="failed" />
      </Figures>
      <DataTable
        caption="Jobs"
        rows={jobs}
        things="jobs"
        filters={
          <FilterForm action={JOBS_PATH} clearHref={shown ? JOBS_PATH : null}>
            <Select
              name="state"
              label="State"
              empty="All"
              value={shown}
              options={[
                { value: "running", label: "Running" },
                { value: "waiting", label: "Waiting" },
                { value: "failed", label: "Failed" },
                { value: "done", label: "Done" },
              ]}
            />
          </FilterForm>
        }
        empty={
          <EmptyState heading={shown ? "No job is in this state" : "Nothing has been asked for yet"}>
            <p>
              Reading and committing rosters and publishing results go on here, while people do something
              else. The newest {JOBS_LISTED} are listed; what runs every minute is listed only when it fails.
            </p>
          </EmptyState>
        }
        columns={[
          {
            key: "job",
            label: "Job",
            wrap: true,
            cell: (job) => labels.get(job.name) ?? "The queue's own clock",
          },
          {
            key: "state",
            label: "State",
            cell: (job) => <Tag tone={STATES[job.state][0]}>{STATES[job.state][1]}</Tag>,
          },
          { key: "asked", label: "Asked for", cell: (job) => momentInWords(job.createdAt) },
          {
            key: "ended",
            label: "Ended",
            cell: (job) => (job.completedAt ? momentInWords(job.completedAt) : "-"),
          },
          { key: "tries", label: "Tries", numeric: true, cell: (job) => numberText(job.tries) },
          { key: "reason", label: "Reason", wrap: true, cell: (job) => job.reason ?? "-" },
        ]}
        actions={(job) =>
          job.state === "failed" ? (
            <ActionButton action={`${JOBS_PATH}/${job.id}/retry`} label="Try again" />
          ) : null
        }
        rowTone={(job) => (job.state === "failed" ? "bad" : null)}
      />
    </div>
  );
};
