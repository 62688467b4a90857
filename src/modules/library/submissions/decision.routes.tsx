import { z } from "zod";
import { type RouteDefinition, route } from "../../../platform/web/route.ts";
import { type DownloadColumn, tableDownload } from "../../../platform/web/table-download.ts";
import { deskSection } from "../desk-section.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { DESK_PATH, LIBRARY_PATH } from "../practices/practice-addresses.ts";
import { DECISIONS_LISTED, DecisionsPage } from "./decision.pages.tsx";
import { type ListedDecision, listDecisions } from "./submission.store.ts";
import { DESK_DECISIONS_PATH } from "./submission-addresses.ts";

const MOST_IN_A_FILE = 100_000;

/** A decision as data: nothing of who sent it. */
const decisionData = (one: ListedDecision) => ({
  submission: one.submissionId,
  kind: one.kind,
  about: one.about,
  sent_at: one.sentAt.toISOString(),
  decision: one.decision,
  practice: one.practice?.slug ?? null,
  reason: one.reason,
  decided_by: one.decidedBy,
  decided_at: one.decidedAt.toISOString(),
});
type DecisionData = ReturnType<typeof decisionData>;

const COLUMNS: DownloadColumn<DecisionData>[] = (
  [
    "submission",
    "kind",
    "about",
    "sent_at",
    "decision",
    "practice",
    "reason",
    "decided_by",
    "decided_at",
  ] as const
).map((header) => ({ header, value: (row) => row[header] }));

/** The record of what was decided. */
export const decisionRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: DESK_DECISIONS_PATH,
    who: LIBRARIANS,
    query: z.object({ format: z.enum(["csv", "json"]).optional().catch(undefined) }),
    handle: async (visit) => {
      const { format } = visit.query;
      const decisions = await listDecisions(visit.trx, format ? MOST_IN_A_FILE : DECISIONS_LISTED);
      if (!format)
        return visit.page(
          {
            title: "Decisions",
            breadcrumbs: [
              { label: "Library", href: LIBRARY_PATH },
              { label: "Library desk", href: DESK_PATH },
              { label: "Decisions" },
            ],
            section: await deskSection(visit.trx, DESK_DECISIONS_PATH),
          },
          <DecisionsPage decisions={decisions} />,
        );
      const rows = decisions.map(decisionData);
      return format === "csv"
        ? tableDownload(visit, { name: "decisions", format, columns: COLUMNS, rows })
        : visit.download("decisions.json", "application/json", JSON.stringify({ decisions: rows }, null, 2));
    },
  }),
];
