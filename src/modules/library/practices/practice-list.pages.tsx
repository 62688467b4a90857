import type { Child, FC } from "hono/jsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { TextField } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { Button, Hidden } from "../../../ui/form.tsx";
import { Pagination } from "../../../ui/pagination.tsx";
import { ChosenList, FacetList } from "./facet-list.tsx";
import { CHOICE_KEYS } from "./facets.ts";
import type { Found } from "./find-practices.ts";
import { type FORMATS, HITS_PER_PAGE, ORDERS, orderOfView } from "./list-view.ts";
import { say } from "./practice.words.ts";
import { COMPARE_PATH, type ListView, PRACTICES_PATH, viewPath } from "./practice-addresses.ts";
import { PracticeCard } from "./practice-card.tsx";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";

export type PracticeListProps = {
  view: ListView;
  found: Found;
  labels: PracticeLabels;
  /** The files that it is offered as. */
  formats: readonly (typeof FORMATS)[number][];
  /** Below the list: national practices on a state's page, and how the list is followed. */
  after?: Child;
};

/** The heading says what is shown and how much of it there is. */
export function listHeading({ view, found, labels }: Omit<PracticeListProps, "after" | "formats">): string {
  const count = found.total;
  if (view.q) return say("found_for", { count, words: view.q });
  const chosen = CHOICE_KEYS.flatMap((key) =>
    (view.chosen[key] ?? []).map((code) => labelOf(labels, key, code)),
  );
  return chosen.length === 1 ? say("found_in", { count, place: chosen[0] ?? "" }) : say("found", { count });
}

/** A list of practices with its search, its filters and its order. */
export const PracticeListPage: FC<PracticeListProps> = (props) => {
  const { view, found, labels } = props;
  const count = CHOICE_KEYS.reduce((sum, key) => sum + (view.chosen[key]?.length ?? 0), 0);
  return (
    <div class="stack">
      <h1>{listHeading(props)}</h1>
      <SearchForm view={view} />
      <MeantNote found={found} />
      <ChosenList view={view} labels={labels} />
      <div class="finder">
        <nav class="finder-facets" aria-label={say("filters")}>
          <details class="finder-fold">
            <summary>{count > 0 ? say("filters_chosen", { count }) : say("filters")}</summary>
            <FacetList view={view} facets={found.facets} labels={labels} />
          </details>
        </nav>
        <div class="stack">
          {found.hits.length === 0 ? (
            <EmptyState
              icon="search"
              heading={say(found.total === 0 && count === 0 && !view.q ? "none_yet" : "none")}
              quiet={[{ label: say("all"), href: PRACTICES_PATH }]}
            >
              <p>{say(found.total === 0 && count === 0 && !view.q ? "none_yet_next" : "none_next")}</p>
            </EmptyState>
          ) : (
            <Hits {...props} />
          )}
          {props.after}
        </div>
      </div>
    </div>
  );
};

const Hits: FC<PracticeListProps> = ({ view, found, labels, formats }) => (
  <>
    <div class="row">
      <OrderForm view={view} />
      <p class="small">
        {say("downloads")}{" "}
        {formats.map((format, index) => (
          <>
            {index > 0 ? ", " : ""}
            <a href={viewPath({ ...view, page: undefined }, format)}>{format.toUpperCase()}</a>
          </>
        ))}
      </p>
    </div>
    <form class="stack" method="get" action={COMPARE_PATH}>
      <ol class="practice-list">
        {found.hits.map((hit) => (
          <PracticeCard hit={hit} labels={labels} canCompare />
        ))}
      </ol>
      {found.hits.length > 1 ? (
        <div class="row" data-live>
          <Button quiet label={say("compare_chosen")} />
          <span class="soft small">{say("compare_hint")}</span>
        </div>
      ) : null}
    </form>
    <Pagination
      page={view.page ?? 1}
      size={HITS_PER_PAGE}
      total={found.total}
      href={(page) => viewPath({ ...view, page })}
    />
  </>
);

/** The field that searches; the filters stay as they are chosen. */
export const SearchForm: FC<{ view: ListView }> = ({ view }) => (
  <div class="finder-search">
    <FilterForm
      action={PRACTICES_PATH}
      submit={say("search_submit")}
      label={say("search")}
      clearHref={view.q ? viewPath({ ...view, q: undefined, page: undefined }) : null}
    >
      <TextField
        name="q"
        label={say("search")}
        hint={say("search_hint")}
        type="search"
        value={view.q}
        maxlength={200}
      />
      <ChosenFields view={view} />
      {view.sort ? <Hidden name="sort" value={view.sort} /> : null}
    </FilterForm>
  </div>
);

const ChosenFields: FC<{ view: ListView }> = ({ view }) => (
  <>
    {CHOICE_KEYS.flatMap((key) => (view.chosen[key] ?? []).map((code) => <Hidden name={key} value={code} />))}
  </>
);

const OrderForm: FC<{ view: ListView }> = ({ view }) => (
  <p class="small">
    {say("order")}:{" "}
    {ORDERS.filter((order) => order !== "relevance" || view.q).map((order, index) => (
      <>
        {index > 0 ? ", " : ""}
        {order === orderOfView(view) ? (
          <strong>{say(`order_${order}`)}</strong>
        ) : (
          <a href={viewPath({ ...view, sort: order, page: undefined })} rel="nofollow">
            {say(`order_${order}`)}
          </a>
        )}
      </>
    ))}
  </p>
);

const MeantNote: FC<{ found: Found }> = ({ found }) => (
  <>
    {found.isAny ? <p>{say("any_words")}</p> : null}
    {found.terms
      .filter(({ meant }) => meant.length > 0)
      .map(({ text, meant }) => (
        <p>{say("meant", { typed: text, meant: meant.join(", ") })}</p>
      ))}
  </>
);
