import type { Child, FC } from "hono/jsx";

export type Description = { term: Child; value: Child };

/** A thing's particulars. A missing value is said, not left blank. */
export const DescriptionList: FC<{ items: Description[]; missing?: string | undefined }> = ({
  items,
  missing = "Not recorded",
}) => (
  <dl class="particulars">
    {items.map(({ term, value }) => (
      <div>
        <dt>{term}</dt>
        <dd>
          {value === null || value === undefined || value === "" || value === false ? (
            <span class="soft">{missing}</span>
          ) : (
            value
          )}
        </dd>
      </div>
    ))}
  </dl>
);
