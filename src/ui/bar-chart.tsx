import { scaleLinear } from "d3-scale";
import type { Child, FC } from "hono/jsx";
import { ChartFigure, chartId, Hatch, percent } from "./chart-figure.tsx";
import { shortText, wholeText } from "./number-text.ts";
import { Axis, Middle, Plot, Whisker } from "./plot.tsx";
import { Withheld } from "./withheld.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("bar-chart", {
  en: {
    group: "Group",
    interval: "Interval (95 %)",
    intervalKey: "95 % interval",
    unknown: "not known",
    from: "{{low}} to {{high}}",
  },
  es: {
    group: "Grupo",
    interval: "Intervalo (95 %)",
    intervalKey: "intervalo del 95 %",
    unknown: "no se sabe",
    from: "de {{low}} a {{high}}",
  },
});

export type Bar = {
  label: string;
  /** Shares as 0 to 1. Null: not known. */
  value: number | "withheld" | null;
  /** A second mark on the same scale: the population's share, a target. */
  mark?: number | null | undefined;
  /** The interval around the value. */
  low?: number | undefined;
  high?: number | undefined;
  href?: string | undefined;
};

export type BarChartProps = {
  heading: string;
  level?: 2 | 3 | 4 | undefined;
  sentence: Child;
  note?: Child;
  bars: Bar[];
  unit: "share" | "count";
  /** What the bars are: "Trainees". */
  valueLabel: string;
  /** What the marks are: "People in the counties served". */
  markLabel?: string | undefined;
  /** First column of the table: "Race or ethnicity". */
  labelHeading?: string | undefined;
  /** The end of the scale, where charts are compared. */
  max?: number | undefined;
};

/** Horizontal bars with their values in words, a second mark and intervals where they are given. */
export const BarChart: FC<BarChartProps> = (props) => {
  const { bars, unit, valueLabel, markLabel, heading } = props;
  const inWords = unit === "share" ? sayShare : sayCount;
  const numbers = bars.flatMap(({ value, mark, high }) => [
    typeof value === "number" ? value : 0,
    mark ?? 0,
    high ?? 0,
  ]);
  const scale = scaleLinear().domain([0, props.max ?? (Math.max(...numbers, 0) || 1)]);
  if (props.max === undefined) scale.nice(4);
  const ticks = scale.ticks(4);
  const at = (value: number): string => percent(scale(value));
  const hatch = chartId("bars", heading);
  const intervals = bars.some((bar) => bar.low !== undefined);
  return (
    <ChartFigure
      heading={heading}
      level={props.level}
      sentence={props.sentence}
      note={props.note}
      table={{
        caption: heading,
        columns: [
          { label: props.labelHeading ?? say("group") },
          { label: valueLabel, numeric: true },
          ...(intervals ? [{ label: say("interval"), numeric: true }] : []),
          ...(markLabel ? [{ label: markLabel, numeric: true }] : []),
        ],
        rows: bars.map((bar) => [
          bar.href ? <a href={bar.href}>{bar.label}</a> : bar.label,
          sayValue(bar.value, inWords),
          ...(intervals ? [sayInterval(bar, inWords)] : []),
          ...(markLabel ? [bar.mark === undefined || bar.mark === null ? "–" : inWords(bar.mark)] : []),
        ]),
      }}
    >
      <p class="chart-key">
        <span>
          <svg width="16" height="12" aria-hidden="true" focusable="false">
            <Hatch id={`${hatch}-hatch`} />
            <rect class="mark--good" y="1" width="16" height="10" />
          </svg>
          {valueLabel}
        </span>
        {markLabel ? (
          <span>
            <svg width="6" height="16" aria-hidden="true" focusable="false">
              <rect class="mark--second" x="1" width="4" height="16" />
            </svg>
            {markLabel}
          </span>
        ) : null}
        {intervals ? (
          <span>
            <svg width="22" height="12" aria-hidden="true" focusable="false">
              <path class="whisker" d="M1 6h20M1 2v8M21 2v8" />
            </svg>
            {say("intervalKey")}
          </span>
        ) : null}
      </p>
      <div class="bars" aria-hidden="true">
        {bars.map((bar) => (
          <div class="bar">
            <span class="bar-label">{bar.label}</span>
            <Plot>
              {ticks.map((tick) => (
                <line class="grid-line" x1={at(tick)} x2={at(tick)} y1="0" y2="100%" />
              ))}
              <Middle>
                {bar.value === "withheld" ? (
                  <rect class="withheld-bar" fill={`url(#${hatch}-hatch)`} y="-8" width="30%" height="16" />
                ) : (
                  <rect class="mark--good" y="-8" width={at(bar.value ?? 0)} height="16" />
                )}
                {bar.low !== undefined && bar.high !== undefined && typeof bar.value === "number" ? (
                  <Whisker from={at(bar.low)} to={at(bar.high)} />
                ) : null}
                {bar.mark === undefined || bar.mark === null ? null : (
                  <svg x={at(bar.mark)} overflow="visible">
                    <rect class="mark--second" x="-2" y="-12" width="4" height="24" />
                  </svg>
                )}
              </Middle>
            </Plot>
            <span class="bar-value">{sayValue(bar.value, inWords)}</span>
          </div>
        ))}
        <Axis ticks={ticks.map((tick) => ({ at: at(tick), text: inWords(tick) }))} />
      </div>
    </ChartFigure>
  );
};

const sayCount = (value: number): string => shortText(value);

const sayShare = (value: number): string => `${(value < 0.1 ? shortText : wholeText)(value * 100)} %`;

const sayValue = (value: Bar["value"], inWords: (value: number) => string): Child =>
  value === "withheld" ? <Withheld /> : value === null ? say("unknown") : inWords(value);

const sayInterval = ({ low, high }: Bar, inWords: (value: number) => string): string =>
  low === undefined || high === undefined ? "–" : say("from", { low: inWords(low), high: inWords(high) });
