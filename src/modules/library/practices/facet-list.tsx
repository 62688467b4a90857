import type { FC } from "hono/jsx";
import { Icon } from "../../../ui/icon.tsx";
import { localeNow } from "../../../ui/language.ts";
import { CHOICE_KEYS, type FacetCounts, type FacetKey } from "./facets.ts";
import { say } from "./practice.words.ts";
import { type ListView, viewPath, withChoice } from "./practice-addresses.ts";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";

/** How many choices of a group stand open; the others are one press away. */
const IN_SIGHT = 8;

type FacetListProps = { view: ListView; facets: FacetCounts; labels: PracticeLabels };

/** What is chosen, each choice a link that takes it away. */
export const ChosenList: FC<{ view: ListView; labels: PracticeLabels }> = ({ view, labels }) => {
  const chosen = CHOICE_KEYS.flatMap((key) => (view.chosen[key] ?? []).map((code) => ({ key, code })));
  if (chosen.length === 0) return null;
  return (
    <ul class="chosen">
      {chosen.map(({ key, code }) => {
        const label = labelOf(labels, key, code);
        return (
          <li>
            <a href={viewPath(withChoice(view, key, code))} aria-label={say("remove", { label })}>
              {label} <span aria-hidden="true">×</span>
            </a>
          </li>
        );
      })}
      <li>
        <a class="chosen-clear" href={viewPath({ q: view.q, sort: view.sort, chosen: {} })}>
          {say("clear")}
        </a>
      </li>
    </ul>
  );
};

/** The filters: every choice says how many practices it leads to, and none leads to an empty page. */
export const FacetList: FC<FacetListProps> = (props) => (
  <>
    {CHOICE_KEYS.map((key, index) => (
      <FacetGroupList
        {...props}
        group={key}
        isOpen={index < 3 || (props.view.chosen[key] ?? []).length > 0}
      />
    ))}
  </>
);

const FacetGroupList: FC<FacetListProps & { group: FacetKey; isOpen: boolean }> = ({
  view,
  facets,
  labels,
  group,
  isOpen,
}) => {
  const chosen = view.chosen[group] ?? [];
  const counts = facets.get(group) ?? new Map<string, number>();
  const inOrder = [...(labels.get(group)?.keys() ?? [])];
  const choices = [...new Set([...inOrder, ...counts.keys()])]
    .filter((code) => (counts.get(code) ?? 0) > 0 || chosen.includes(code))
    .map((code) => ({ code, count: counts.get(code) ?? 0, isChosen: chosen.includes(code) }));
  if (choices.length === 0) return null;
  const line = ({ code, count, isChosen }: (typeof choices)[number]) => (
    <li>
      <a
        class="facet"
        href={viewPath(withChoice(view, group, code))}
        aria-current={isChosen ? "true" : undefined}
        rel="nofollow"
      >
        <span class="facet-box">{isChosen ? <Icon name="check" /> : null}</span>
        <span>{labelOf(labels, group, code)}</span>
        <span class="count">{count.toLocaleString(localeNow())}</span>
      </a>
    </li>
  );
  const [first, rest] = [choices.slice(0, IN_SIGHT), choices.slice(IN_SIGHT)];
  return (
    <details class="facet-group" open={isOpen}>
      <summary>{say(`group_${group}`)}</summary>
      <ul>{first.map(line)}</ul>
      {rest.length > 0 ? (
        <details open={rest.some(({ isChosen }) => isChosen)}>
          <summary>{say("more")}</summary>
          <ul>{rest.map(line)}</ul>
        </details>
      ) : null}
    </details>
  );
};
