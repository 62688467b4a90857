import type { Child, FC } from "hono/jsx";
import type { Actor } from "../../../platform/database/actor.ts";
import { worksForHub } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { Buttons } from "../../../ui/form.tsx";
import { mayEditLibrary } from "../library.policy.ts";
import type { DeadLinks } from "../links/dead-link.tsx";
import { listDeadLinks } from "../links/link.store.ts";
import type { Practice } from "../practices/practice.types.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import type { PracticeLabels } from "../practices/practice-labels.ts";
import { listRatings, listRoundsOfPractice } from "../ratings/rating.store.ts";
import type { Rating, Round } from "../ratings/rating.types.ts";
import { askPath, roundPath } from "../ratings/rating-addresses.ts";
import { RatingStanding } from "../ratings/rating-standing.tsx";
import { listEvidence } from "./evidence.store.ts";
import type { EvidenceItem } from "./evidence.types.ts";
import { sayEvidence } from "./evidence.words.ts";
import { type EvidenceLabels, readEvidenceLabels } from "./evidence-labels.ts";
import { EvidenceList } from "./evidence-list.tsx";

/** Reads what is known of how well a practice works, and shows it as a part of the practice's page. */
export async function evidencePart(
  trx: Trx,
  actor: Actor,
  practice: Practice,
  labels: PracticeLabels,
): Promise<Child> {
  const rounds = await listRoundsOfPractice(trx, practice.id);
  const items = await listEvidence(trx, practice.id);
  return (
    <EvidenceSection
      practice={practice}
      labels={labels}
      items={items}
      dead={
        await listDeadLinks(
          trx,
          items.map(({ sourceUrl }) => sourceUrl),
        )
      }
      evidenceLabels={await readEvidenceLabels(trx)}
      rounds={rounds}
      ratings={
        await listRatings(
          trx,
          rounds.map(({ id }) => id),
        )
      }
      isOfHub={worksForHub(actor)}
      mayEdit={mayEditLibrary(actor)}
    />
  );
}

const EvidenceSection: FC<{
  practice: Practice;
  labels: PracticeLabels;
  items: EvidenceItem[];
  dead: DeadLinks;
  evidenceLabels: EvidenceLabels;
  rounds: Round[];
  ratings: ReadonlyMap<string, readonly Rating[]>;
  isOfHub: boolean;
  mayEdit: boolean;
}> = ({ practice, labels, items, dead, evidenceLabels, rounds, ratings, isOfHub, mayEdit }) => {
  const closed = rounds.filter(({ state }) => state === "closed");
  const going = rounds.find(({ state }) => state === "open" || state === "disagreed");
  const ratedAt = closed[0]?.closedAt;
  const place = practicePath(practice.slug);
  return (
    // The practice may be written in another language than the page.
    <section class="stack" aria-labelledby="evidence-heading">
      <h2 id="evidence-heading">{sayEvidence("heading")}</h2>
      <div class="stack-tight">
        <RatingStanding
          rounds={closed}
          ratings={ratings}
          labels={labels}
          itemsSince={
            ratedAt ? items.filter((item) => item.addedAt > ratedAt && item.archived === null).length : 0
          }
        />
        {isOfHub && going ? (
          <p class="no-print">
            <a href={roundPath(going.id)}>A rating of this practice is under way</a>
          </p>
        ) : null}
      </div>
      <EvidenceList
        items={items}
        labels={evidenceLabels}
        language={practice.content.language}
        isOfHub={isOfHub}
        dead={dead}
        {...(mayEdit ? { waysOf: (item: EvidenceItem) => <ItemWays item={item} place={place} /> } : {})}
      />
      {mayEdit ? (
        <Buttons
          quiet={[
            { label: "Add evidence", href: `${place}/evidence/new` },
            ...(going ? [] : [{ label: "Ask for a rating", href: askPath(practice.slug) }]),
          ]}
        />
      ) : null}
    </section>
  );
};

const ItemWays: FC<{ item: EvidenceItem; place: string }> = ({ item, place }) => (
  <p class="cluster no-print">
    <a href={`${place}/evidence/new?corrects=${item.id}`}>
      Correct<span class="usa-sr-only">: {item.outcome}</span>
    </a>
    <a href={`${place}/evidence/${item.id}/archive`}>
      Archive<span class="usa-sr-only">: {item.outcome}</span>
    </a>
  </p>
);
