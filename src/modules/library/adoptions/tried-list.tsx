import type { FC } from "hono/jsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { DESK_LANGUAGE, langOf } from "../../../ui/language.ts";
import { dayInWords } from "../../../ui/moment.ts";
import { Tag } from "../../../ui/tag.tsx";
import type { ShownAdoption } from "./adoption.types.ts";
import { sayAdoption } from "./adoption.words.ts";

/** Those who told everybody: whether it worked or not, they look the same. */
export const TriedList: FC<{ adoptions: readonly ShownAdoption[]; level?: 3 | 4 }> = ({
  adoptions,
  level = 3,
}) => (
  // Lists of cards have no room of their own above them.
  <div>
    <ul class="practice-list">
      {adoptions.map((adoption) => (
        <Tried adoption={adoption} level={level} />
      ))}
    </ul>
  </div>
);

const Tried: FC<{ adoption: ShownAdoption; level: number }> = ({ adoption, level }) => {
  const Heading = `h${level}` as "h3";
  const { organizationName, organizationState, state, since, endedOn, outcome, adapts, howItWent } = adoption;
  return (
    <li class="practice-card">
      <Heading class="practice-card-title">
        {organizationName}
        {organizationState ? `, ${organizationState}` : ""}
      </Heading>
      <p class="cluster">
        <Tag>{outcome ? sayAdoption(`outcome_${outcome}`) : sayAdoption(`state_${state}`)}</Tag>
        <span class="soft">
          {endedOn
            ? sayAdoption("from_to", { from: dayInWords(since), to: dayInWords(endedOn) })
            : sayAdoption("since", { day: dayInWords(since) })}
        </span>
      </p>
      <DescriptionList
        missing={sayAdoption("adapted_none")}
        items={[
          { term: sayAdoption("adapted"), value: written(adapts) },
          ...(howItWent ? [{ term: sayAdoption("went"), value: written(howItWent) }] : []),
        ]}
      />
    </li>
  );
};

const written = (text: string) =>
  text ? (
    <span class="as-typed" lang={langOf(DESK_LANGUAGE)}>
      {text}
    </span>
  ) : null;
