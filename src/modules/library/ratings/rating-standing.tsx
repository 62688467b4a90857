import type { FC } from "hono/jsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { Details } from "../../../ui/details.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { RatingTag } from "../practices/practice-card.tsx";
import type { PracticeLabels } from "../practices/practice-labels.ts";
import type { Outcome, Rating, Round } from "./rating.types.ts";
import { sayRating } from "./rating.words.ts";
import { HOW_RATED_PATH } from "./rating-addresses.ts";
import { findLevel, inWords } from "./scales.ts";

/** A level of a round's scale in words; its code where no file has the scale any more. */
export function levelInWords(round: Round, code: string): string {
  const level = findLevel(round.scale, code);
  return level ? inWords(level.label) : code;
}

type Answered = { ratings: ReadonlyMap<string, readonly Rating[]>; labels: PracticeLabels };

/** How a practice stands: the newest rating with its reasons, and the earlier ones. Or that there is none. */
export const RatingStanding: FC<
  Answered & {
    /** Closed ones, the newest first. */
    rounds: readonly Round[];
    /** Items of evidence that came after the newest rating. */
    itemsSince: number;
  }
> = ({ rounds, itemsSince, ...answered }) => {
  const [newest, ...earlier] = rounds;
  return (
    <>
      <p>
        {newest ? null : <>{sayRating("not_rated")} </>}
        <a href={HOW_RATED_PATH}>{sayRating("how_link")}</a>
      </p>
      {newest ? (
        <>
          <RoundOutcome round={newest} {...answered} />
          {itemsSince > 0 ? <p>{sayRating("items_since", { count: itemsSince })}</p> : null}
        </>
      ) : null}
      {earlier.length > 0 ? (
        <Details summary={sayRating("earlier", { count: earlier.length })}>
          {earlier.map((round) => (
            <RoundOutcome round={round} {...answered} />
          ))}
        </Details>
      ) : null}
    </>
  );
};

/** What came of one round, with what each reviewer said. */
export const RoundOutcome: FC<Answered & { round: Round }> = ({ round, ratings, labels }) =>
  round.outcome ? (
    <Settled round={round} outcome={round.outcome} ratings={ratings.get(round.id) ?? []} labels={labels} />
  ) : null;

const Settled: FC<{ round: Round; outcome: Outcome; ratings: readonly Rating[]; labels: PracticeLabels }> = ({
  round,
  outcome,
  ratings,
  labels,
}) => {
  const { scale } = round;
  const level = findLevel(scale, outcome.level);
  const saidBy = (seat: number): string =>
    levelInWords(round, ratings.find((one) => one.seat === seat)?.level ?? "");
  return (
    <div class="stack-tight">
      <DescriptionList
        items={[
          { term: sayRating("level"), value: <strong>{levelInWords(round, outcome.level)}</strong> },
          ...(level ? [{ term: sayRating("meaning"), value: inWords(level.criteria) }] : []),
          {
            term: sayRating("scale"),
            value: scale ? (
              <a href={scale.url} rel="external noopener">
                {sayRating("scale_by", { name: scale.name, publisher: scale.publisher })}
              </a>
            ) : (
              sayRating("scale_gone", { scale: round.scaleId, version: round.scaleVersion })
            ),
          },
          { term: sayRating("ladder"), value: <RatingTag rating={outcome.rating} labels={labels} /> },
          { term: sayRating("on_day"), value: round.closedAt ? dayInWords(round.closedAt) : "" },
          { term: sayRating("items_then"), value: sayRating("items", { count: outcome.evidenceItems }) },
          {
            term: sayRating("agreement"),
            value: outcome.hasAgreed
              ? sayRating("agreed")
              : sayRating("disagreed", { first: saidBy(1), second: saidBy(2) }),
          },
        ]}
      />
      <Reasons round={round} ratings={ratings} />
    </div>
  );
};

/** What each reviewer said, in their own words. */
const Reasons: FC<{ round: Round; ratings: readonly Rating[] }> = ({ round, ratings }) => (
  <Details summary={sayRating("reasons")} open>
    <DescriptionList
      items={ratings.map((rating) => ({
        term: sayRating(rating.seat === 3 ? "third" : "reviewer", {
          seat: rating.seat,
          level: levelInWords(round, rating.level),
        }),
        value: <span class="prose">{rating.reason}</span>,
      }))}
    />
  </Details>
);
