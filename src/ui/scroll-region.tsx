import type { FC, PropsWithChildren } from "hono/jsx";

export type ScrollRegionProps = PropsWithChildren<{ label?: string; labelledBy?: string; look?: string }>;

/** What may be wider than the screen scrolls in here; it takes the focus so that the arrow keys can scroll it. */
export const ScrollRegion: FC<ScrollRegionProps> = ({ label, labelledBy, look, children }) => (
  <section
    class={`usa-table-container--scrollable${look ? ` ${look}` : ""}`}
    aria-label={label}
    aria-labelledby={labelledBy}
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- without it, a keyboard cannot scroll the region
    tabindex={0}
  >
    {children}
  </section>
);
