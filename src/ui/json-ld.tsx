import { raw } from "hono/html";
import type { FC } from "hono/jsx";

const ESCAPES: Readonly<Record<string, string>> = {
  "<": "\\u003c",
  ">": "\\u003e",
  "&": "\\u0026",
  "\u2028": "\\u2028",
  "\u2029": "\\u2029",
};

/**
 * What a page is about, for programs (schema.org as JSON-LD). A block of data, which no browser runs: the policy against
 * scripts within pages lets it be. Nothing in it can end it.
 */
export const JsonLd: FC<{ data: object }> = ({ data }) => {
  const text = JSON.stringify({ "@context": "https://schema.org", ...data });
  return raw(
    `<script type="application/ld+json">${text.replaceAll(/[<>&\u2028\u2029]/g, (one) => ESCAPES[one] ?? one)}</script>`,
  );
};
