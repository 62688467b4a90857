import type { Work } from "../../../platform/events/work.ts";
import type { WaitingThing } from "../../directory/index.ts";
import { listWaitingRosters, type WaitingRoster } from "./waiting.store.ts";

const days = new Intl.DateTimeFormat("en-US", { month: "long", day: "numeric", timeZone: "UTC" });

/** The file's name stays out: it may say more than mail should. */
function sentenceFor({ organizationName, state, questions, uploadedAt }: WaitingRoster): string {
  const roster = `${organizationName}: the roster of ${days.format(uploadedAt)}`;
  if (state === "ready") return `${roster} is read and waits to be committed.`;
  return questions === 1
    ? `${roster} has one open question.`
    : questions > 1
      ? `${roster} has ${questions} open questions.`
      : `${roster} waits for an answer.`;
}

/** For the digest: rosters that their organization's leads have not finished. */
export async function waitingRosters(work: Work): Promise<WaitingThing[]> {
  const rosters = await listWaitingRosters(work.trx);
  return rosters.map((roster) => ({
    organizationId: roster.organizationId,
    waitsFor: "leads",
    sentence: sentenceFor(roster),
    path: `/pathways/rosters/${roster.id}`,
  }));
}
