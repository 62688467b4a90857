import type { Work } from "../../platform/events/work.ts";
import { getHubOrganization, type WaitingThing } from "../directory/index.ts";
import { countDeskWork } from "./desk-section.ts";
import { DESK_LINKS_PATH } from "./links/link-addresses.ts";
import { countDueForReview } from "./practices/practice.store.ts";
import { DESK_PATH } from "./practices/practice-addresses.ts";
import { DESK_SUBMISSIONS_PATH } from "./submissions/submission-addresses.ts";

/** A count with its word: "1 practice is", "3 practices are". */
const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** For the digest: what the librarians of the hub should look at. */
export async function waitingLibrarianWork(work: Work): Promise<WaitingThing[]> {
  const { submissions, deadLinks } = await countDeskWork(work.trx);
  const due = await countDueForReview(work.trx, work.now.toISOString().slice(0, 10));
  const { id: organizationId } = await getHubOrganization(work.trx);
  const things = [
    {
      count: submissions,
      sentence: `Library: ${counted(submissions, "submission waits", "submissions wait")} for a decision.`,
      path: DESK_SUBMISSIONS_PATH,
    },
    {
      count: due,
      sentence: `Library: ${counted(due, "practice is", "practices are")} due to be looked at again.`,
      path: DESK_PATH,
    },
    {
      count: deadLinks,
      sentence: `Library: ${counted(deadLinks, "link is", "links are")} dead.`,
      path: DESK_LINKS_PATH,
    },
  ];
  return things
    .filter(({ count }) => count > 0)
    .map(({ sentence, path }) => ({ organizationId, waitsFor: "librarians", sentence, path }));
}
