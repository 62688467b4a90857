import type { Child, FC, PropsWithChildren } from "hono/jsx";

export type CardProps = PropsWithChildren<{
  heading?: Child;
  level?: 2 | 3 | 4 | undefined;
  /** Makes the heading a link. */
  href?: string | undefined;
  /** Tags beside the heading. */
  tags?: Child;
  /** A quiet line at the end: who, when. */
  foot?: Child;
  /** What to watch, what is wrong: an edge. Its reason must stand in words. */
  tone?: "warn" | "bad" | undefined;
}>;

/** A thing of its own on the page's paper. */
export const Card: FC<CardProps> = ({ heading, level = 2, href, tags, foot, tone, children }) => {
  const Heading = `h${level}` as "h2";
  return (
    <div class={`card${tone ? ` card--${tone}` : ""}`}>
      {heading ? (
        <div class="card-head">
          <Heading class="card-heading">{href ? <a href={href}>{heading}</a> : heading}</Heading>
          {tags ? <div class="cluster">{tags}</div> : null}
        </div>
      ) : null}
      {children}
      {foot ? <p class="card-foot">{foot}</p> : null}
    </div>
  );
};

/** Cards or figures side by side, as many as fit. */
export const Grid: FC<PropsWithChildren> = ({ children }) => <div class="grid">{children}</div>;
