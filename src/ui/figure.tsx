import type { Child, FC, PropsWithChildren } from "hono/jsx";
import { localeNow } from "./language.ts";
import { Withheld } from "./withheld.tsx";
import { defineWords } from "./words.tsx";

const say = defineWords("figure", { en: { unknown: "Not known" }, es: { unknown: "No se sabe" } });

export type FigureProps = {
  /** The word "withheld" is shown with its reason; null is said as "not known". */
  value: string | number | null;
  label: Child;
  /** What it is a part of: "of 1,124 completers". */
  of?: Child;
  /** What is not known: "206 unknown". */
  unknown?: Child;
  /** To the records behind it. */
  href?: string | undefined;
};

/** A big number with what it counts, what it is a part of, and what is unknown. */
export const Figure: FC<FigureProps> = ({ value, label, of, unknown, href }) => {
  const shown =
    value === "withheld" ? (
      <Withheld />
    ) : value === null ? (
      say("unknown")
    ) : typeof value === "number" ? (
      value.toLocaleString(localeNow())
    ) : (
      value
    );
  return (
    <div class="fig">
      <dt class="fig-label">
        {label}
        {of ? <span> {of}</span> : null}
        {unknown ? <span class="fig-unknown">{unknown}</span> : null}
      </dt>
      <dd class={value === null || value === "withheld" ? "fig-value fig-value--words" : "fig-value"}>
        {href ? <a href={href}>{shown}</a> : shown}
      </dd>
    </div>
  );
};

/** Figures in a row. */
export const Figures: FC<PropsWithChildren> = ({ children }) => <dl class="figs">{children}</dl>;
