import type { Child, FC, PropsWithChildren } from "hono/jsx";

/** One thing that can be opened. */
export const Details: FC<
  PropsWithChildren<{ summary: Child; open?: boolean | undefined; id?: string | undefined }>
> = ({ summary, open, id, children }) => (
  <details class="details" open={open} id={id}>
    <summary>{summary}</summary>
    <div class="details-body">{children}</div>
  </details>
);

export type AccordionItem = {
  heading: Child;
  content: Child;
  open?: boolean | undefined;
  id?: string | undefined;
};

/** Several of them in a stack. Items with the same `group` close each other. */
export const Accordion: FC<{ items: AccordionItem[]; group?: string | undefined }> = ({ items, group }) => (
  <div class="usa-accordion">
    {items.map(({ heading, content, open, id }) => (
      <details class="usa-accordion__item" open={open} id={id} {...(group ? { name: group } : {})}>
        <summary class="usa-accordion__button">{heading}</summary>
        <div class="usa-accordion__content stack-tight">{content}</div>
      </details>
    ))}
  </div>
);
