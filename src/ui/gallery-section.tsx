import type { FC, PropsWithChildren } from "hono/jsx";

/** One chapter of the gallery. */
export const Section: FC<PropsWithChildren<{ title: string }>> = ({ title, children }) => (
  <section class="stack gallery-section" aria-label={title}>
    <h2>{title}</h2>
    {children}
  </section>
);
