import type { FC } from "hono/jsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import { practicePath } from "../practices/practice-addresses.ts";
import type { ListedDecision } from "./submission.store.ts";
import { DESK_DECISIONS_PATH, submissionPath } from "./submission-addresses.ts";
import { decisionInWords, KIND_LABELS } from "./submission-labels.ts";

/** So many the page lists; the files have them all. */
export const DECISIONS_LISTED = 100;

/** Who decided what, when and why. */
export const DecisionsPage: FC<{ decisions: readonly ListedDecision[] }> = ({ decisions }) => (
  <div class="stack">
    <h1>Decisions</h1>
    <p>
      What was decided of what people sent, and why: the newest {DECISIONS_LISTED}. The files hold all of
      them, without the senders.
    </p>
    <DataTable
      caption="Decisions"
      rows={decisions}
      downloads={["csv", "json"].map((format) => ({
        label: format.toUpperCase(),
        href: `${DESK_DECISIONS_PATH}?format=${format}`,
      }))}
      empty={<EmptyState heading="Nothing was decided yet" />}
      columns={[
        {
          key: "about",
          label: "About",
          wrap: true,
          cell: (one) => <a href={submissionPath(one.submissionId)}>{one.about}</a>,
        },
        { key: "kind", label: "Kind", cell: (one) => KIND_LABELS[one.kind] },
        {
          key: "decision",
          label: "Decision",
          wrap: true,
          cell: (one) => (
            <>
              {one.decidedBy ?? "The library"} {decisionInWords(one.decision)}
              {one.practice ? (
                <>
                  : <a href={practicePath(one.practice.slug)}>{one.practice.title}</a>
                </>
              ) : null}
            </>
          ),
        },
        { key: "reason", label: "Reason", wrap: true, cell: (one) => one.reason ?? "-" },
        { key: "decided", label: "On", oneLine: true, cell: (one) => dayInWords(one.decidedAt) },
      ]}
    />
  </div>
);
