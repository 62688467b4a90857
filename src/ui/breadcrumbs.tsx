import type { FC } from "hono/jsx";
import { defineWords } from "./words.tsx";

const say = defineWords("breadcrumbs", {
  en: { label: "Breadcrumbs" },
  es: { label: "Ruta de navegación" },
});

export type Crumb = { label: string; href?: string | undefined };

/** Where one is: the way down from the section to this page. The last one is the page itself. */
export const Breadcrumbs: FC<{ crumbs: Crumb[] }> = ({ crumbs }) =>
  crumbs.length === 0 ? null : (
    <nav class="usa-breadcrumb usa-breadcrumb--wrap" aria-label={say("label")}>
      <ol class="usa-breadcrumb__list">
        {crumbs.map((crumb, index) => {
          const here = index === crumbs.length - 1;
          return (
            <li
              class={`usa-breadcrumb__list-item${here ? " usa-current" : ""}`}
              aria-current={here ? "page" : undefined}
            >
              {crumb.href && !here ? (
                <a class="usa-breadcrumb__link" href={crumb.href}>
                  {crumb.label}
                </a>
              ) : (
                <span>{crumb.label}</span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
