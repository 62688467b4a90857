import type { Work } from "../../../platform/events/work.ts";
import { getHubOrganization, type WaitingThing } from "../../directory/index.ts";
import { listOpenRounds } from "./rating.store.ts";
import type { Round } from "./rating.types.ts";
import { roundPath } from "./rating-addresses.ts";

/** More than this no digest looks at. */
const MOST = 500;

/** For the digest: ratings that wait for somebody's answer, or for a librarian to ask a third. */
export async function waitingRatings(work: Work): Promise<WaitingThing[]> {
  const rounds = await listOpenRounds(work.trx, MOST);
  if (rounds.length === 0) return [];
  const { id: organizationId } = await getHubOrganization(work.trx);
  return rounds.map((round) => ({ organizationId, path: roundPath(round.id), ...whatWaits(round) }));
}

function whatWaits(round: Round): Pick<WaitingThing, "waitsFor" | "sentence"> {
  const named = `“${round.practice.title}”`;
  const missing = round.reviewers.filter(({ hasAnswered }) => !hasAnswered).map(({ personId }) => personId);
  if (round.state === "open")
    return { waitsFor: missing, sentence: `You are asked to rate the evidence on ${named}.` };
  return missing.length > 0
    ? { waitsFor: missing, sentence: `Two reviewers disagree on ${named}: you are asked to decide.` }
    : {
        waitsFor: round.openedBy === null ? "reviewers" : [round.openedBy],
        sentence: `Two reviewers disagree on ${named}: ask a third person to decide.`,
      };
}
