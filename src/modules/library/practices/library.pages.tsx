import type { Child, FC } from "hono/jsx";
import { Buttons } from "../../../ui/form.tsx";
import { localeNow } from "../../../ui/language.ts";
import { type MapClass, StateMap } from "../../../ui/state-map.tsx";
import { SubmitLink } from "../submissions/submission.pages.tsx";
import type { FacetCounts } from "./facets.ts";
import { say } from "./practice.words.ts";
import { categoryPath, PRACTICES_PATH, statePath } from "./practice-addresses.ts";
import { PracticeCard } from "./practice-card.tsx";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";
import { SearchForm } from "./practice-list.pages.tsx";
import type { PracticeHit } from "./search.store.ts";

/** The library's front: search, map, categories, what is new. */
export const LibraryPage: FC<{
  total: number;
  facets: FacetCounts;
  newest: PracticeHit[];
  labels: PracticeLabels;
  /** For those who keep the library, or may add to it. */
  ways?: Child;
  /** The newest materials. */
  materials?: Child;
}> = ({ total, facets, newest, labels, ways, materials }) => (
  <div class="stack">
    <h1>{say("library_heading")}</h1>
    <p class="lead">{say("library_lead")}</p>
    <SearchForm view={{ chosen: {} }} />
    <Buttons
      quiet={[{ label: `${say("all")} (${total.toLocaleString(localeNow())})`, href: PRACTICES_PATH }]}
    />
    {ways}
    <SubmitLink />
    <PracticeMap counts={facets.get("state") ?? new Map()} />
    <section class="stack" aria-labelledby="categories-heading">
      <h2 id="categories-heading">{say("by_category")}</h2>
      <ul class="category-list">
        {[...(labels.get("category") ?? [])].map(([code, label]) => {
          const count = facets.get("category")?.get(code) ?? 0;
          return (
            <li>
              {count > 0 ? <a href={categoryPath(code)}>{label}</a> : <span class="soft">{label}</span>}{" "}
              <span class="count">{count.toLocaleString(localeNow())}</span>
            </li>
          );
        })}
      </ul>
      <p class="small soft">{say("by_category_note")}</p>
    </section>
    {newest.length > 0 ? (
      <section class="stack" aria-labelledby="newest-heading">
        <h2 id="newest-heading">{say("recent")}</h2>
        <ol class="practice-list">
          {newest.map((hit) => (
            <PracticeCard hit={hit} labels={labels} level={3} />
          ))}
        </ol>
      </section>
    ) : null}
    {materials}
  </div>
);

/** Upper bounds of the map's classes; the last one is open. */
const BOUNDS = [1, 2, 5, 20] as const;

const PracticeMap: FC<{ counts: ReadonlyMap<string, number> }> = ({ counts }) => {
  const classOf = (count: number): MapClass => {
    const at = BOUNDS.findIndex((bound) => count <= bound);
    return (at === -1 ? BOUNDS.length : at) as MapClass;
  };
  const words = [1, 2, 5, 20].map((bound, index) =>
    index < 2
      ? say("map", { count: bound })
      : `${(BOUNDS[index - 1] ?? 0) + 1}–${say("map", { count: bound })}`,
  );
  return (
    <StateMap
      heading={say("by_state")}
      level={2}
      sentence={say("by_state_sentence")}
      values={[...counts]
        .filter(([state]) => state !== "US")
        .map(([state, count]) => ({
          state,
          class: classOf(count),
          label: say("map", { count }),
          href: statePath(state),
        }))}
      classes={[...words, `> ${say("map", { count: 20 })}`]}
      none={say("by_state_none")}
    />
  );
};

/** What else a state may use: practices of the whole nation. */
export const NationalPractices: FC<{ hits: PracticeHit[]; total: number; labels: PracticeLabels }> = ({
  hits,
  total,
  labels,
}) =>
  total === 0 ? null : (
    <section class="stack" aria-labelledby="national-heading">
      <h2 id="national-heading">{say("national_heading", { count: total })}</h2>
      <ol class="practice-list">
        {hits.map((hit) => (
          <PracticeCard hit={hit} labels={labels} level={3} />
        ))}
      </ol>
      {total > hits.length ? <a href={statePath("US")}>{labelOf(labels, "state", "US")}</a> : null}
    </section>
  );
