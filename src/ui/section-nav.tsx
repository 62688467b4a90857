import type { FC } from "hono/jsx";
import { localeNow } from "./language.ts";

export type SectionLink = {
  label: string;
  href: string;
  current?: boolean | undefined;
  /** How many wait there, shown after the word. */
  count?: number | undefined;
};

export type SectionNavProps = { label: string; links: SectionLink[] };

/** The pages of one section: beside the page on a wide screen, a wrapping row above it on a phone. */
export const SectionNav: FC<SectionNavProps> = ({ label, links }) => (
  <nav class="section-nav" aria-label={label}>
    <ul class="usa-sidenav">
      {links.map((link) => (
        <li class="usa-sidenav__item">
          <a
            href={link.href}
            class={link.current ? "usa-current" : undefined}
            aria-current={link.current ? "page" : undefined}
          >
            {link.label}
            {link.count === undefined ? null : (
              <span class="count">{link.count.toLocaleString(localeNow())}</span>
            )}
          </a>
        </li>
      ))}
    </ul>
  </nav>
);
