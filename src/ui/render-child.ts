import type { Child } from "hono/jsx";

const entities: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand in markup and in quoted attributes. */
export const escapeHtml = (text: string): string =>
  /[&<>"']/.test(text) ? text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character) : text;

/**
 * One piece of JSX as a string, escaped. Long tables build their rows with it: a string a cell costs far less than an
 * element a cell. Components inside cells must not be asynchronous.
 */
export const renderChild = (child: Child): string => {
  if (child === null || child === undefined || typeof child === "boolean") return "";
  if (typeof child === "number") return String(child);
  if (typeof child === "string") return escapeHtml(child);
  if (Array.isArray(child)) return child.map(renderChild).join("");
  if (child instanceof Promise) throw new Error("A table cell must not be asynchronous");
  const markup: unknown = child.toString();
  if (markup instanceof Promise) throw new Error("A table cell must not hold an asynchronous component");
  return String(markup);
};
