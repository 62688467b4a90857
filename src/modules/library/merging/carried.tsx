// What goes along when a practice is merged into another one, told before it is done.
import type { Child, FC } from "hono/jsx";
import type { Trx } from "../../../platform/database/database.ts";
import { Alert } from "../../../ui/alert.tsx";
import { listEvidence } from "../evidence/evidence.store.ts";
import { listRepeated } from "../evidence/repeated-evidence.rules.ts";
import type { Practice } from "../practices/practice.types.ts";
import { roundPath } from "../ratings/rating-addresses.ts";
import { type CountedForMerge, countForMerge } from "./carried.store.ts";
import { notWhileRated } from "./merge.rules.ts";

export interface Carried extends CountedForMerge {
  evidence: number;
  /** Of these, those that are archived. */
  archived: number;
  /** Items in use that say the same as one of the practice that stays. */
  repeated: number;
}

export async function readCarried(trx: Trx, loser: Practice, survivor: Practice): Promise<Carried> {
  const items = await listEvidence(trx, loser.id);
  const there = await listEvidence(trx, survivor.id);
  return {
    ...(await countForMerge(trx, loser.id, survivor.id)),
    evidence: items.length,
    archived: items.filter(({ archived }) => archived !== null).length,
    repeated: listRepeated(items, there).length,
  };
}

/** "1 material", "2 materials" */
const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;

/** The sentences about what there is any of. */
function linesOf(carried: Carried, stays: string): string[] {
  const { evidence, archived, repeated, materials, materialsOfBoth, adoptions, adoptersOfBoth } = carried;
  const { waiting, decided, drafted, mergedEarlier, ratings } = carried;
  const lines: [count: number, ...sentences: (string | false)[]][] = [
    [
      evidence,
      `${counted(evidence, "item", "items")} of evidence${archived === 0 ? "" : archived === evidence ? ", archived" : `, ${archived} of them archived`}.`,
      repeated > 0 &&
        (repeated === 1
          ? "1 says the same as one that is there: it is archived."
          : `${repeated} say the same as some that are there: they are archived.`),
    ],
    [
      materials,
      `${counted(materials, "material", "materials")}.`,
      materialsOfBoth > 0 &&
        (materialsOfBoth === 1
          ? `1 is with “${stays}” already: it stays there once.`
          : `${materialsOfBoth} are with “${stays}” already: they stay there once.`),
    ],
    [waiting, `${counted(waiting, "correction that waits", "corrections that wait")} for a decision.`],
    [decided, `${counted(decided, "submission that is decided", "submissions that are decided")}.`],
    [
      drafted,
      drafted === 1
        ? "1 submission that it is the draft of: it is closed as a duplicate, and its sender is told."
        : `${drafted} submissions that it is the draft of: they are closed as duplicates, and their senders are told.`,
    ],
    [
      adoptions,
      adoptions === 1
        ? `1 entry of an organization that uses it. It goes on telling of the version that was taken up, and is shown and counted with “${stays}”.`
        : `${adoptions} entries of organizations that use it. They go on telling of the versions that were taken up, and are shown and counted with “${stays}”.`,
      adoptersOfBoth > 0 &&
        `${counted(adoptersOfBoth, "organization has", "organizations have")} an entry for both: both stay.`,
    ],
    [
      mergedEarlier,
      `${counted(mergedEarlier, "practice that was merged into it earlier: its address leads", "practices that were merged into it earlier: their addresses lead")} to “${stays}” at once.`,
    ],
    [
      ratings,
      `Not carried over: ${counted(ratings, "rating", "ratings")}. What was rated is what was read then. “${stays}” keeps its own.`,
    ],
  ];
  return lines
    .filter(([count]) => count > 0)
    .map(([, ...sentences]) => sentences.filter((sentence) => sentence !== false).join(" "));
}

/** What goes along, with counts. */
export const CarriedList: FC<{ carried: Carried; survivor: Practice }> = ({ carried, survivor }) => {
  const lines = linesOf(carried, survivor.content.title);
  return (
    <section class="stack-tight" aria-labelledby="carried-heading">
      <h2 id="carried-heading">What goes along</h2>
      {lines.length === 0 ? (
        <p>Nothing else belongs to it.</p>
      ) : (
        <ul class="carried">
          {lines.map((line) => (
            <li>{line}</li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** What stands in the place of the form while it cannot be merged. */
export const BeingRated: FC<{ title: string; round: string }> = ({ title, round }): Child => (
  <Alert kind="warn" heading="Not now">
    <p>
      {notWhileRated(title)} <a href={roundPath(round)}>Open the rating</a>
    </p>
  </Alert>
);
