import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Radios } from "../../../ui/choices.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { Select } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { dayInWords } from "../../../ui/moment.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import type { Practice } from "../practices/practice.types.ts";
import { LIBRARY_PATH, PRACTICES_PATH, practicePath } from "../practices/practice-addresses.ts";
import { seatOf } from "./rating.actions.ts";
import type { Round } from "./rating.types.ts";
import { askPath, HOW_RATED_PATH, roundPath } from "./rating-addresses.ts";
import { levelInWords } from "./rating-standing.tsx";
import { inWords, offeredScales } from "./scales.ts";

export const scaleName = (round: Round): string => round.scale?.name ?? round.scaleId;

/** How a round stands, in words. */
export const StateTag: FC<{ round: Round }> = ({ round }) => {
  if (round.state === "closed")
    return (
      <Tag tone="good">{round.outcome?.hasAgreed ? "Rated, both agreed" : "Rated, a third decided"}</Tag>
    );
  if (round.state === "cancelled") return <Tag>Cancelled</Tag>;
  if (round.state === "open")
    return <Tag>{`${round.reviewers.filter(({ hasAnswered }) => hasAnswered).length} of 2 answered`}</Tag>;
  return <Tag tone="warn">{round.reviewers.length > 2 ? "Disagree, a third decides" : "Disagree"}</Tag>;
};

/** What waits for somebody, what goes on, and what is over. */
export const RatingsPage: FC<{
  personId: string | null;
  going: Round[];
  past: Round[];
  mayRate: boolean;
  mayAsk: boolean;
}> = ({ personId, going, past, mayRate, mayAsk }) => {
  const mine = going.filter((round) => seatOf(round, personId) !== null);
  return (
    <div class="stack">
      <h1>
        {mine.length === 0
          ? "Ratings"
          : mine.length === 1
            ? "One rating waits for you"
            : `${mine.length} ratings wait for you`}
      </h1>
      <p>
        Two people rate a practice without seeing each other's answers. Where they disagree, a third decides.{" "}
        <a href={HOW_RATED_PATH}>How practices are rated</a>
      </p>
      {mine.length > 0 ? (
        <SimpleTable
          caption="Waiting for your answer"
          columns={[{ label: "Practice" }, { label: "Scale" }, { label: "Asked on" }, { label: "To do" }]}
          rows={mine.map((round) => [
            <a href={roundPath(round.id)}>{round.practice.title}</a>,
            scaleName(round),
            dayInWords(round.openedAt),
            round.state === "disagreed" ? "Decide between two" : "Rate the evidence",
          ])}
        />
      ) : mayRate ? (
        <p class="soft">Nothing waits for your answer.</p>
      ) : null}
      {going.length === 0 && past.length === 0 ? (
        <EmptyState
          heading="No ratings yet"
          {...(mayAsk ? { main: { label: "Choose a practice", href: PRACTICES_PATH } } : {})}
        >
          <p>
            {mayAsk
              ? "Add what was found out about a practice on its page, then ask two people for a rating there."
              : "A librarian asks two people for a rating. You find it here when you are one of them."}
          </p>
        </EmptyState>
      ) : null}
      {going.length > 0 ? <RoundTable caption="Going on" rounds={going} /> : null}
      {past.length > 0 ? <RoundTable caption="Over" rounds={past} /> : null}
    </div>
  );
};

const RoundTable: FC<{ caption: string; rounds: Round[] }> = ({ caption, rounds }) => (
  <SimpleTable
    caption={caption}
    columns={[
      { label: "Practice" },
      { label: "Scale" },
      { label: "State" },
      { label: "Level" },
      { label: "Since" },
    ]}
    rows={rounds.map((round) => [
      <a href={roundPath(round.id)}>{round.practice.title}</a>,
      scaleName(round),
      <StateTag round={round} />,
      round.outcome ? levelInWords(round, round.outcome.level) : "",
      dayInWords(round.closedAt ?? round.openedAt),
    ])}
  />
);

export type PossibleReviewer = { personId: string; name: string };

const asOptions = (people: readonly PossibleReviewer[]) =>
  people.map(({ personId, name }) => ({ value: personId, label: name }));

/** Asks two people for a rating of a practice. */
export const AskRatingPage: FC<{
  practice: Practice;
  people: PossibleReviewer[];
  /** Items of evidence in use. */
  items: number;
  sent?: Sent | undefined;
}> = ({ practice, people, items, sent }) => {
  const [onlyScale] = offeredScales();
  return (
    <div class="stack">
      <h1>Ask for a rating of “{practice.content.title}”</h1>
      {people.length < 2 ? (
        <Alert kind="warn" heading="Two people are needed">
          <p>
            A rating needs two people of the hub who are reviewers or librarians, and there{" "}
            {people.length === 1 ? "is one" : "are none"}. An administrator gives the grant under
            Organizations and people.
          </p>
        </Alert>
      ) : (
        <>
          {items === 0 ? (
            <Alert kind="info" heading="There is no evidence on this practice yet">
              <p>
                The two would have nothing to read.{" "}
                <a href={`${practicePath(practice.slug)}/evidence/new`}>Add evidence</a> first, if there is
                any.
              </p>
            </Alert>
          ) : null}
          <ErrorSummary errors={sentErrors(sent)} />
          <Form action={askPath(practice.slug)}>
            <Radios
              name="scale"
              label="Scale"
              options={offeredScales().map((scale) => ({
                value: scale.id,
                label: scale.name,
                hint: `${scale.publisher}. ${inWords(scale.note)}`,
              }))}
              value={sentText(sent, "scale") ?? onlyScale?.id}
              error={sentError(sent, "scale")}
              required
            />
            <Select
              name="first"
              label="First reviewer"
              options={asOptions(people)}
              value={sentText(sent, "first")}
              error={sentError(sent, "first")}
              required
            />
            <Select
              name="second"
              label="Second reviewer"
              hint="Another person. Neither sees the other's answers before both are in."
              options={asOptions(people)}
              value={sentText(sent, "second")}
              error={sentError(sent, "second")}
              required
            />
            <Buttons
              main={{ label: "Ask both" }}
              quiet={[{ label: "Cancel", href: practicePath(practice.slug) }]}
            />
          </Form>
        </>
      )}
      {people.length < 2 ? <Buttons quiet={[{ label: "Back to the library", href: LIBRARY_PATH }]} /> : null}
    </div>
  );
};
