import type { FC, PropsWithChildren } from "hono/jsx";

/**
 * A drawing as wide and as tall as its place, without a view box: positions are percentages, so that bars grow with the
 * page while lines and words keep their size.
 */
export const Plot: FC<PropsWithChildren> = ({ children }) => (
  <div class="bar-plot">
    <svg focusable="false">{children}</svg>
  </div>
);

/** What stands in here has its zero at half the row's height. */
export const Middle: FC<PropsWithChildren> = ({ children }) => (
  <svg y="50%" overflow="visible">
    {children}
  </svg>
);

/** An interval, with its ends, edged so that it can be seen on a bar as on the paper. */
export const Whisker: FC<{ from: string; to: string }> = ({ from, to }) => (
  <g class="interval">
    <rect
      x={from}
      y="-1"
      width={`${Number((Number.parseFloat(to) - Number.parseFloat(from)).toFixed(2))}%`}
      height="2"
    />
    <rect x={from} y="-5" width="2" height="10" />
    <rect x={to} y="-5" width="2" height="10" />
  </g>
);

/** The scale's words, the outer ones turned inward so that they stay on the drawing. */
export const Axis: FC<{ ticks: { at: string; text: string; strong?: boolean }[] }> = ({ ticks }) => (
  <div class="bar bar--axis">
    <span class="bar-label" />
    <Plot>
      {ticks.map(({ at, text, strong }) => (
        <text
          class={strong ? "axis-text axis-text--one" : "axis-text"}
          x={at}
          y="14"
          text-anchor={at === "0%" ? "start" : at === "100%" ? "end" : "middle"}
        >
          {text}
        </text>
      ))}
    </Plot>
    <span class="bar-value" />
  </div>
);
