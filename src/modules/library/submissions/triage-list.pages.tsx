import type { FC } from "hono/jsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import type { Submission } from "./submission.types.ts";
import { DESK_SUBMISSIONS_PATH, submissionPath } from "./submission-addresses.ts";
import { KIND_LABELS } from "./submission-labels.ts";
import { StateTag, titleOf } from "./triage.pages.tsx";
import { TRIAGE_VIEWS, type TriageView } from "./triage-views.ts";

export interface TriageListProps {
  submissions: readonly Submission[];
  view: TriageView;
  kind: Submission["kind"] | undefined;
  counts: ReadonlyMap<TriageView, number>;
  page: { number: number; size: number; total: number };
  href: (change: { page?: number }) => string;
}

/** What was sent, and waits or is settled. */
export const TriageListPage: FC<TriageListProps> = ({ submissions, view, kind, counts, page, href }) => (
  <div class="stack">
    <h1>Submissions</h1>
    <p>What people without an account told the library, and what became of it.</p>
    <DataTable
      caption="Submissions"
      rows={submissions}
      things="submissions"
      page={page}
      href={href}
      filters={
        <FilterForm
          action={DESK_SUBMISSIONS_PATH}
          clearHref={view === "waiting" && !kind ? null : DESK_SUBMISSIONS_PATH}
        >
          <Select
            name="view"
            label="State"
            empty={null}
            value={view}
            options={TRIAGE_VIEWS.map(({ key, label }) => ({
              value: key,
              label: `${label} (${counts.get(key) ?? 0})`,
            }))}
          />
          <Select
            name="kind"
            label="Kind"
            empty="All"
            value={kind}
            options={Object.entries(KIND_LABELS).map(([value, label]) => ({ value, label }))}
          />
        </FilterForm>
      }
      empty={
        <EmptyState heading={view === "waiting" ? "Nothing waits" : "Nothing is here"}>
          <p>What people send through “Tell us of a practice” and “Say what is right” arrives here.</p>
        </EmptyState>
      }
      columns={[
        {
          key: "title",
          label: "About",
          wrap: true,
          cell: (one) => <a href={submissionPath(one.id)}>{titleOf(one)}</a>,
        },
        { key: "kind", label: "Kind", cell: (one) => KIND_LABELS[one.kind] },
        { key: "state", label: "State", cell: (one) => <StateTag state={one.state} /> },
        { key: "sent", label: "Sent", oneLine: true, cell: (one) => dayInWords(one.sentAt) },
      ]}
    />
  </div>
);
