import type { FC } from "hono/jsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { TextField } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { Hidden } from "../../../ui/form.tsx";
import { Icon } from "../../../ui/icon.tsx";
import { localeNow } from "../../../ui/language.ts";
import { Pagination } from "../../../ui/pagination.tsx";
import { type FoundMaterials, MATERIALS_PER_PAGE } from "./find-materials.ts";
import { sayMaterial as say } from "./material.words.ts";
import { languageName, MATERIALS_PATH, type MaterialView, materialViewPath } from "./material-addresses.ts";
import { MaterialCard } from "./material-card.tsx";
import type { MaterialLabels } from "./material-labels.ts";
import { MATERIAL_FACETS, type MaterialFacet } from "./material-search.store.ts";

export type MaterialListProps = { view: MaterialView; found: FoundMaterials; labels: MaterialLabels };

/** The heading says how much there is of what. */
export const materialListHeading = ({ view, found }: Pick<MaterialListProps, "view" | "found">): string =>
  view.q ? say("found_for", { count: found.total, words: view.q }) : say("found", { count: found.total });

/** The materials of the library with search and filters. */
export const MaterialListPage: FC<MaterialListProps> = (props) => {
  const { view, found, labels } = props;
  const hasChosen = MATERIAL_FACETS.some((key) => view[key].length > 0);
  const isEmpty = found.total === 0 && !hasChosen && !view.q;
  return (
    <div class="stack">
      <h1>{materialListHeading(props)}</h1>
      <p class="lead">
        {say("lead")} <span data-live>{say("lead_search")}</span>
      </p>
      <div class="finder-search">
        <FilterForm
          action={MATERIALS_PATH}
          submit={say("search_submit")}
          label={say("search")}
          clearHref={view.q ? materialViewPath({ ...view, q: undefined, page: undefined }) : null}
        >
          <TextField
            name="q"
            label={say("search")}
            hint={say("search_hint")}
            type="search"
            value={view.q}
            maxlength={200}
          />
          {MATERIAL_FACETS.flatMap((key) => view[key].map((code) => <Hidden name={key} value={code} />))}
        </FilterForm>
      </div>
      {found.isAny ? <p>{say("any_words")}</p> : null}
      {found.terms
        .filter(({ meant }) => meant.length > 0)
        .map(({ text, meant }) => (
          <p>{say("meant", { typed: text, meant: meant.join(", ") })}</p>
        ))}
      <div class="finder">
        <nav class="finder-facets" aria-label={say("filters")}>
          <details class="finder-fold" open={hasChosen}>
            <summary>{say("filters")}</summary>
            {MATERIAL_FACETS.map((key) => (
              <FacetGroup {...props} group={key} />
            ))}
          </details>
          {hasChosen ? (
            <a href={materialViewPath({ q: view.q, kind: [], language: [] })}>{say("clear")}</a>
          ) : null}
        </nav>
        <div class="stack">
          {found.hits.length === 0 ? (
            <EmptyState
              icon="search"
              heading={say(isEmpty ? "none_yet" : "none")}
              quiet={isEmpty ? undefined : [{ label: say("all"), href: MATERIALS_PATH }]}
            >
              <p>{say(isEmpty ? "none_yet_next" : "none_next")}</p>
            </EmptyState>
          ) : (
            <>
              <ol class="practice-list">
                {found.hits.map((hit) => (
                  <MaterialCard hit={hit} labels={labels} />
                ))}
              </ol>
              <Pagination
                page={view.page ?? 1}
                size={MATERIALS_PER_PAGE}
                total={found.total}
                href={(page) => materialViewPath({ ...view, page })}
              />
            </>
          )}
        </div>
      </div>
    </div>
  );
};

/** The choices of one group, each with how many materials it leads to. */
const FacetGroup: FC<MaterialListProps & { group: MaterialFacet }> = ({ view, found, labels, group }) => {
  const counts = found.facets.get(group) ?? new Map<string, number>();
  const chosen = view[group];
  const inOrder = group === "kind" ? [...labels.kind.keys()] : [];
  const choices = [...new Set([...inOrder, ...counts.keys(), ...chosen])].filter(
    (code) => (counts.get(code) ?? 0) > 0 || chosen.includes(code),
  );
  if (choices.length === 0) return null;
  return (
    <details class="facet-group" open>
      <summary>{say(group)}</summary>
      <ul>
        {choices.map((code) => {
          const isChosen = chosen.includes(code);
          const next = isChosen ? chosen.filter((one) => one !== code) : [...chosen, code];
          return (
            <li>
              <a
                class="facet"
                href={materialViewPath({ ...view, page: undefined, [group]: next })}
                aria-current={isChosen ? "true" : undefined}
                rel="nofollow"
              >
                <span class="facet-box">{isChosen ? <Icon name="check" /> : null}</span>
                <span>{group === "kind" ? (labels.kind.get(code) ?? code) : languageName(code)}</span>
                <span class="count">{(counts.get(code) ?? 0).toLocaleString(localeNow())}</span>
              </a>
            </li>
          );
        })}
      </ul>
    </details>
  );
};
