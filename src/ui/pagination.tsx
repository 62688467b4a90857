import type { FC } from "hono/jsx";
import { Icon } from "./icon.tsx";
import { localeNow } from "./language.ts";
import { defineWords } from "./words.tsx";

const say = defineWords("pagination", {
  en: {
    pages: "Pages",
    pagesOf: "{{pages}} of {{things}}",
    page: "Page {{number}}",
    range: "{{first}}–{{last}} of {{total}}",
    previous: "Previous",
    next: "Next",
  },
  es: {
    pages: "Páginas",
    pagesOf: "{{pages}} de {{things}}",
    page: "Página {{number}}",
    range: "{{first}}–{{last}} de {{total}}",
    previous: "Anterior",
    next: "Siguiente",
  },
});

export type PaginationProps = {
  /** From 1. */
  page: number;
  size: number;
  total: number;
  href: (page: number) => string;
  /** Plural, said after the count: "trainees". */
  things?: string | undefined;
  label?: string | undefined;
};

const count = (value: number): string => value.toLocaleString(localeNow());

/** "1–50 of 3,107": which part of the whole is on the page. */
export const rangeText = ({
  page,
  size,
  total,
}: Pick<PaginationProps, "page" | "size" | "total">): string => {
  if (total === 0) return "0";
  const first = (page - 1) * size + 1;
  const last = Math.min(page * size, total);
  return first === 1 && last === total
    ? count(total)
    : say("range", { first: count(first), last: count(last), total: count(total) });
};

/** The first, the last, and the neighbors of this page; null stands for the gap between. At most seven slots. */
export const pageSlots = (page: number, pages: number): (number | null)[] => {
  if (pages <= 7) return Array.from({ length: pages }, (_, index) => index + 1);
  if (page <= 4) return [1, 2, 3, 4, 5, null, pages];
  if (page >= pages - 3) return [1, null, pages - 4, pages - 3, pages - 2, pages - 1, pages];
  return [1, null, page - 1, page, page + 1, null, pages];
};

/** The way through a long list. Nothing where one page holds it all. */
export const Pagination: FC<PaginationProps> = ({
  page,
  size,
  total,
  href,
  things,
  label = say("pages"),
}) => {
  const pages = Math.max(1, Math.ceil(total / size));
  if (pages === 1) return null;
  return (
    <nav class="usa-pagination" aria-label={things ? say("pagesOf", { pages: label, things }) : label}>
      <ul class="usa-pagination__list">
        {page > 1 ? (
          <li class="usa-pagination__item usa-pagination__arrow">
            <a class="usa-pagination__link usa-pagination__previous-page" href={href(page - 1)} rel="prev">
              <Icon name="previous" />
              {say("previous")}
            </a>
          </li>
        ) : null}
        {pageSlots(page, pages).map((slot) =>
          slot === null ? (
            <li class="usa-pagination__item usa-pagination__overflow" aria-hidden="true">
              <span>…</span>
            </li>
          ) : (
            <li class="usa-pagination__item usa-pagination__page-no">
              <a
                class={`usa-pagination__button${slot === page ? " usa-current" : ""}`}
                href={href(slot)}
                aria-label={say("page", { number: slot })}
                aria-current={slot === page ? "page" : undefined}
              >
                {count(slot)}
              </a>
            </li>
          ),
        )}
        {page < pages ? (
          <li class="usa-pagination__item usa-pagination__arrow">
            <a class="usa-pagination__link usa-pagination__next-page" href={href(page + 1)} rel="next">
              {say("next")}
              <Icon name="next" />
            </a>
          </li>
        ) : null}
      </ul>
    </nav>
  );
};
