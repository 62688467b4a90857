import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { SimpleTable, type SimpleTableProps } from "./simple-table.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("chart-figure", {
  en: { table: "The same as a table" },
  es: { table: "Lo mismo en una tabla" },
});

export type ChartFigureProps = PropsWithChildren<{
  heading: Child;
  level?: 2 | 3 | 4 | undefined;
  /** What the chart shows, as a sentence one could say aloud. */
  sentence: Child;
  /** Source, method, a link. */
  note?: Child;
  table: SimpleTableProps;
}>;

/** The frame of every chart: heading, drawing, the sentence it says, and its table one step away. */
export const ChartFigure: FC<ChartFigureProps> = ({
  heading,
  level = 3,
  sentence,
  note,
  table,
  children,
}) => {
  const Heading = `h${level}` as "h3";
  return (
    <figure class="chart">
      <Heading class="chart-heading">{heading}</Heading>
      {children}
      <figcaption>
        <p>{sentence}</p>
        {note ? <p class="small">{note}</p> : null}
      </figcaption>
      <details class="details">
        <summary>{say("table")}</summary>
        <div class="details-body">
          <SimpleTable {...table} captionHidden compact />
        </div>
      </details>
    </figure>
  );
};

/** A position on a drawing that has no view box, so that its text is never scaled. */
export const percent = (share: number): string =>
  `${Number((Math.min(1, Math.max(0, share)) * 100).toFixed(2))}%`;

/** Slanting lines: withheld. The id must be unique on the page. */
export const Hatch: FC<{ id: string }> = ({ id }) => (
  <defs>
    <pattern id={id} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
      <rect class="hatch-ground" width="6" height="6" />
      <rect class="hatch-line" width="2" height="6" />
    </pattern>
  </defs>
);

/** An id from a heading, for patterns. */
export const chartId = (kind: string, text: string): string =>
  `${kind}-${text.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`;
