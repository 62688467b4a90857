import type { FC } from "hono/jsx";

/** Codes to keep, such as recovery codes: on a plate of their own, as one prints or copies them. */
export const CodeList: FC<{ codes: readonly string[] }> = ({ codes }) => (
  <ul class="codes">
    {codes.map((code) => (
      <li>
        <code>{code}</code>
      </li>
    ))}
  </ul>
);
