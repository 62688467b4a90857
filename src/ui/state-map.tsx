import type { Child, FC } from "hono/jsx";
import { chartId, Hatch } from "./chart-figure.tsx";
import { localeNow } from "./language.ts";
import { stateShapes } from "./map-geometry.ts";
import { stateNameOf } from "./state-names.ts";
import { defineWords } from "./words.tsx";

const say = defineWords("state-map", {
  en: {
    none: "No data",
    map: "Map: {{heading}}. The list after it says the same.",
    others: "All other states",
    withheld: "Withheld",
  },
  es: {
    none: "Sin datos",
    map: "Mapa: {{heading}}. La lista que sigue dice lo mismo.",
    others: "Todos los demás estados",
    withheld: "Reservado",
  },
});

/** From few to many; null has no data. */
export type MapClass = 0 | 1 | 2 | 3 | 4 | "withheld" | null;

export type StateValue = {
  /** Postal code: "OH". */
  state: string;
  class: MapClass;
  /** Said after the state's name: "130 trainees". */
  label: string;
  href?: string | undefined;
};

export type StateMapProps = {
  heading: string;
  level?: 2 | 3 | 4 | undefined;
  sentence: Child;
  note?: Child;
  values: StateValue[];
  /** The classes in words, from the lowest: "1 to 10 practices". Only those that are used need one. */
  classes: string[];
  /** What stands for null: "No practices yet". */
  none?: string | undefined;
};

type Group = { key: MapClass; words: string; states: StateValue[] };

/** Few classes on a map, and the same as a list in words beside it: the list is the legend. */
export const StateMap: FC<StateMapProps> = (props) => {
  const { heading, values, classes, none = say("none"), level = 3 } = props;
  const Heading = `h${level}` as "h3";
  const byState = new Map(values.map((value) => [value.state, value]));
  const hatch = `${chartId("map", heading)}-hatch`;
  const groups = groupsOf(values, classes);
  const missing = stateShapes.filter(({ state }) => (byState.get(state)?.class ?? null) === null);
  return (
    <figure class="chart state-map">
      <Heading class="chart-heading">{heading}</Heading>
      <div class="state-map-parts">
        <svg viewBox="0 0 975 610" width="975" height="610" role="img" aria-label={say("map", { heading })}>
          <Hatch id={hatch} />
          {stateShapes.map(({ state, path }) => {
            const value = byState.get(state);
            const kind = value?.class ?? null;
            return (
              <path class={lookOf(kind)} fill={kind === "withheld" ? `url(#${hatch})` : undefined} d={path}>
                <title>{`${stateName(state)}: ${value?.label ?? none}`}</title>
              </path>
            );
          })}
          <CapitalMark value={byState.get("DC")} hatch={hatch} none={none} />
        </svg>
        <dl class="map-list">
          {groups.map(({ key, words, states }) => (
            <div>
              <dt>
                <Swatch kind={key} hatch={hatch} />
                {words} <span class="count">{states.length}</span>
              </dt>
              <dd>
                {states.map((value, index) => (
                  <>
                    {index === 0 ? null : ", "}
                    <StateWord value={value} withLabel={key !== "withheld"} />
                  </>
                ))}
              </dd>
            </div>
          ))}
          {missing.length === 0 ? null : (
            <div>
              <dt>
                <Swatch kind={null} hatch={hatch} />
                {none} <span class="count">{missing.length}</span>
              </dt>
              <dd class="soft">
                {missing.length > 12
                  ? say("others")
                  : missing.map(({ state }) => stateName(state)).join(", ")}
              </dd>
            </div>
          )}
        </dl>
      </div>
      <figcaption>
        <p>{props.sentence}</p>
        {props.note ? <p class="small">{props.note}</p> : null}
      </figcaption>
    </figure>
  );
};

const names = new Map(stateShapes.map(({ state, name }) => [state, name]));

/** A state's name by its postal code, in the language of the page; the code itself where the map has no shape of it. */
export const stateName = (state: string): string => stateNameOf(state, names.get(state) ?? state);

const lookOf = (kind: MapClass): string =>
  kind === null
    ? "state state--none"
    : kind === "withheld"
      ? "state state--withheld"
      : `state state--${kind}`;

/** The fullest class first; withheld before what has no data. */
const groupsOf = (values: StateValue[], classes: string[]): Group[] =>
  ([4, 3, 2, 1, 0, "withheld"] as const).flatMap((key): Group[] => {
    const states = values
      .filter((value) => value.class === key)
      .toSorted((a, b) => stateName(a.state).localeCompare(stateName(b.state), localeNow()));
    return states.length === 0
      ? []
      : [{ key, words: key === "withheld" ? say("withheld") : (classes[key] ?? ""), states }];
  });

const StateWord: FC<{ value: StateValue; withLabel: boolean }> = ({ value, withLabel }) => {
  const name = stateName(value.state);
  return (
    <span class="state-word">
      {value.href ? <a href={value.href}>{name}</a> : name}
      {withLabel && value.label ? <span class="soft"> {value.label}</span> : null}
    </span>
  );
};

const Swatch: FC<{ kind: MapClass; hatch: string }> = ({ kind, hatch }) => (
  <svg class="swatch" width="20" height="14" aria-hidden="true" focusable="false">
    <rect
      class={lookOf(kind)}
      fill={kind === "withheld" ? `url(#${hatch})` : undefined}
      x="1"
      y="1"
      width="18"
      height="12"
      rx="2"
    />
  </svg>
);

/** The District of Columbia is a dot on a map of this size: drawn again, larger, off the coast. */
const CapitalMark: FC<{ value: StateValue | undefined; hatch: string; none: string }> = ({
  value,
  hatch,
  none,
}) => {
  const kind = value?.class ?? null;
  return (
    <g>
      <path class="state-leader" d="M860 272L902 306" />
      <circle
        class={lookOf(kind)}
        fill={kind === "withheld" ? `url(#${hatch})` : undefined}
        cx="911"
        cy="313"
        r="12"
      >
        <title>{`${stateName("DC")}: ${value?.label ?? none}`}</title>
      </circle>
      <text class="state-name" x="928" y="319">
        DC
      </text>
    </g>
  );
};
