import type { Sent } from "./route.ts";

/** What is wrong with a sent form, one line per field, for its error summary. */
export function sentErrors(sent: Sent | undefined): { name: string; message: string }[] {
  return Object.entries(sent?.errors ?? {}).flatMap(([name, messages]) =>
    messages?.[0] ? [{ name, message: messages[0] }] : [],
  );
}

/** What was typed into a field; undefined where nothing was, or several values. */
export function sentText(sent: Sent | undefined, name: string): string | undefined {
  const value = sent?.values[name];
  return typeof value === "string" ? value : undefined;
}

/** What is wrong with one field. */
export function sentError(sent: Sent | undefined, name: string): string | undefined {
  return sent?.errors[name]?.[0];
}
