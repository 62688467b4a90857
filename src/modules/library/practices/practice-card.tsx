import type { FC } from "hono/jsx";
import { langOf } from "../../../ui/language.ts";
import { Tag, type TagTone } from "../../../ui/tag.tsx";
import { say } from "./practice.words.ts";
import { practicePath } from "./practice-addresses.ts";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";
import type { PracticeHit } from "./search.store.ts";
import { splitMatches } from "./search-terms.ts";

/** A text in which the words that were searched for are marked. */
export const Marked: FC<{ text: string }> = ({ text }) => (
  <>{splitMatches(text).map((piece, index) => (index % 2 === 0 ? piece : <mark>{piece}</mark>))}</>
);

export const RATING_TONES: Readonly<Record<string, TagTone>> = {
  strong: "good",
  some: "good",
  mixed: "warn",
  insufficient: "warn",
  ineffective: "bad",
};

/** What is known of how well it works: success and failure in the same plain way. */
export const RatingTag: FC<{ rating: string | null; labels: PracticeLabels }> = ({ rating, labels }) => (
  <Tag tone={RATING_TONES[rating ?? ""]}>{labelOf(labels, "rating", rating ?? "not_rated")}</Tag>
);

/** A practice in a list. */
export const PracticeCard: FC<{
  hit: PracticeHit;
  labels: PracticeLabels;
  level?: 2 | 3 | undefined;
  /** It can be chosen for comparing. */
  canCompare?: boolean | undefined;
  /** Why it is here. */
  because?: string | undefined;
}> = ({ hit, labels, level = 2, canCompare, because }) => {
  const Heading = `h${level}` as "h2";
  const title = splitMatches(hit.title).join("");
  return (
    <li class="practice-card">
      <Heading class="practice-card-title">
        <a href={practicePath(hit.slug)} lang={langOf(hit.language)}>
          <Marked text={hit.title} />
        </a>
      </Heading>
      <p lang={langOf(hit.language)}>
        <Marked text={hit.summary} />
      </p>
      {hit.excerpt ? (
        <p class="small soft" lang={langOf(hit.language)}>
          … <Marked text={hit.excerpt} /> …
        </p>
      ) : null}
      <p class="practice-card-facts">
        <span class="strong">{hit.states.map((state) => labelOf(labels, "state", state)).join(", ")}</span>
        <RatingTag rating={hit.rating} labels={labels} />
        {hit.hasObligation ? <span class="soft">{say("obligation_yes")}</span> : null}
      </p>
      {because ? <p class="small soft">{because}</p> : null}
      {canCompare ? (
        <div class="usa-checkbox choice" data-live>
          <input
            class="usa-checkbox__input"
            type="checkbox"
            id={`compare-${hit.slug}`}
            name="practice"
            value={hit.slug}
          />
          <label class="usa-checkbox__label" for={`compare-${hit.slug}`}>
            {say("compare")}
            <span class="usa-sr-only" lang={langOf(hit.language)}>
              {" "}
              {title}
            </span>
          </label>
        </div>
      ) : null}
    </li>
  );
};
