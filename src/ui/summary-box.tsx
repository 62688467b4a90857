import type { Child, FC, PropsWithChildren } from "hono/jsx";

/** What matters on this page, in a few lines. */
export const SummaryBox: FC<PropsWithChildren<{ heading: Child; level?: 2 | 3 | undefined }>> = ({
  heading,
  level = 2,
  children,
}) => {
  const Heading = `h${level}` as "h2";
  return (
    <div class="usa-summary-box">
      <div class="usa-summary-box__body">
        <Heading class="usa-summary-box__heading">{heading}</Heading>
        <div class="usa-summary-box__text">{children}</div>
      </div>
    </div>
  );
};

/** What will happen, in order. */
export const ProcessList: FC<{
  items: { heading: Child; text?: Child }[];
  level?: 2 | 3 | 4 | undefined;
}> = ({ items, level = 3 }) => {
  const Heading = `h${level}` as "h3";
  return (
    <ol class="usa-process-list">
      {items.map(({ heading, text }) => (
        <li class="usa-process-list__item">
          <Heading class="usa-process-list__heading">{heading}</Heading>
          {text ? <p>{text}</p> : null}
        </li>
      ))}
    </ol>
  );
};
