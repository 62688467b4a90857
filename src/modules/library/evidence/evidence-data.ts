// What was found out about a practice, as data for others.

import { isWithheld } from "./evidence.rules.ts";
import type { EvidenceItem } from "./evidence.types.ts";
import { findingInWords } from "./evidence-labels.ts";

/** An item as its codes and words are. A file is passed on: how few took part in one place it tells nobody, not those of the hub either. */
export const evidenceJson = (item: EvidenceItem) => ({
  kind: item.kind,
  design: item.design,
  setting: item.setting,
  participants: isWithheld(item) ? ("withheld" as const) : item.participants,
  outcome: item.outcome,
  direction: item.direction,
  source: {
    title: item.sourceTitle,
    publisher: item.sourcePublisher,
    year: item.sourceYear,
    url: item.sourceUrl,
  },
  note: item.note,
});

/** All findings in one line: "Did not work here: Staff who stay (A trial, 2024); …". */
export const findingsInWords = (items: readonly EvidenceItem[]): string =>
  items
    .map((item) => {
      const source = [item.sourceTitle, item.sourceYear].filter((part) => part !== null).join(", ");
      return `${findingInWords(item)}: ${item.outcome} (${source})`;
    })
    .join("; ");
