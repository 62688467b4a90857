import { scaleLog } from "d3-scale";
import type { Child, FC } from "hono/jsx";
import { ChartFigure, percent } from "./chart-figure.tsx";
import { shortText } from "./number-text.ts";
import { Axis, Middle, Plot, Whisker } from "./plot.tsx";
import { Withheld } from "./withheld.tsx";

export type Representation = {
  label: string;
  /** The group's share among trainees divided by its share of the population, with its interval. */
  ratio: { value: number; low: number; high: number } | "withheld" | null;
  /** Both shares, 0 to 1, for the table. */
  share?: number | undefined;
  population?: number | undefined;
  /** To the records behind it. */
  href?: string | undefined;
};

export type ShareChartProps = {
  heading: string;
  level?: 2 | 3 | 4 | undefined;
  sentence: Child;
  note?: Child;
  groups: Representation[];
  labelHeading?: string | undefined;
  shareLabel?: string | undefined;
  populationLabel?: string | undefined;
};

/**
 * Who is represented: each group's share as a multiple of its share of the population, on an axis where half as many
 * and twice as many are equally far from "the same".
 */
export const ShareChart: FC<ShareChartProps> = (props) => {
  const { groups, heading } = props;
  const limits = groups.flatMap(({ ratio }) =>
    typeof ratio === "object" && ratio !== null ? [ratio.high, 1 / Math.max(ratio.low, 0.01)] : [],
  );
  // One scale to both sides of 1, in doublings, so that the eye is not misled; never wider than a sixteenth to sixteen.
  const doublings = Math.min(4, Math.max(1, Math.ceil(Math.log2(Math.max(2, ...limits)) - 0.001)));
  const scale = scaleLog()
    .base(2)
    .domain([2 ** -doublings, 2 ** doublings]);
  const at = (value: number): string => percent(scale(Math.max(value, 0.001)));
  const ticks = Array.from({ length: doublings * 2 + 1 }, (_, index) => 2 ** (index - doublings));
  return (
    <ChartFigure
      heading={heading}
      level={props.level}
      sentence={props.sentence}
      note={props.note}
      table={{
        caption: heading,
        columns: [
          { label: props.labelHeading ?? "Group" },
          { label: props.shareLabel ?? "Share of trainees", numeric: true },
          { label: props.populationLabel ?? "Share of population", numeric: true },
          { label: "Ratio", numeric: true },
          { label: "Interval (95 %)", numeric: true },
        ],
        rows: groups.map(({ label, href, ratio, share, population }) => [
          href ? <a href={href}>{label}</a> : label,
          ratio === "withheld" ? <Withheld /> : sayShare(share),
          sayShare(population),
          ratio === "withheld" ? <Withheld /> : ratio === null ? "not known" : sayRatio(ratio.value),
          ratio === "withheld" || ratio === null ? "–" : `${sayRatio(ratio.low)} to ${sayRatio(ratio.high)}`,
        ]),
      }}
    >
      <p class="chart-key">
        <span>
          <svg width="26" height="12" aria-hidden="true" focusable="false">
            <path class="whisker" d="M1 6h24M1 2v8M25 2v8" />
            <circle class="mark--good" cx="13" cy="6" r="5" />
          </svg>
          ratio and 95 % interval
        </span>
        <span>
          <svg width="12" height="12" aria-hidden="true" focusable="false">
            <circle class="mark--open" cx="6" cy="6" r="4.5" />
          </svg>
          no clear difference
        </span>
      </p>
      <div class="bars" aria-hidden="true">
        <Axis
          ticks={[
            { at: "0%", text: "‹ fewer" },
            { at: "50%", text: "the same", strong: true },
            { at: "100%", text: "more ›" },
          ]}
        />
        {groups.map(({ label, ratio }) => (
          <div class="bar">
            <span class="bar-label">{label}</span>
            <Plot>
              {ticks.map((tick) => (
                <line
                  class={tick === 1 ? "one-line" : "grid-line"}
                  x1={at(tick)}
                  x2={at(tick)}
                  y1="0"
                  y2="100%"
                />
              ))}
              {ratio === null || ratio === "withheld" ? null : (
                <Middle>
                  <Whisker from={at(ratio.low)} to={at(ratio.high)} />
                  <circle
                    class={
                      ratio.low <= 1 && ratio.high >= 1
                        ? "mark--open"
                        : ratio.value < 1
                          ? "mark--warn"
                          : "mark--good"
                    }
                    cx={at(ratio.value)}
                    cy="0"
                    r="6"
                  />
                </Middle>
              )}
            </Plot>
            <span class="bar-value">
              {ratio === "withheld" ? (
                <Withheld />
              ) : ratio === null ? (
                "not known"
              ) : (
                `${sayRatio(ratio.value)} ×`
              )}
            </span>
          </div>
        ))}
        <Axis
          ticks={ticks.map((tick) => ({ at: at(tick), text: tick < 1 ? `1/${1 / tick}` : `${tick} ×` }))}
        />
      </div>
    </ChartFigure>
  );
};

// Below 1, one decimal would make an interval look like a point.
const sayRatio = (value: number): string => value.toFixed(value < 1 ? 2 : 1);

const sayShare = (value: number | undefined): string =>
  value === undefined ? "–" : `${shortText(value * 100)} %`;
