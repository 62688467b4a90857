// Sending something to the library as a visitor does: opening the form, taking time, pressing the button.
import { expect } from "vitest";
import type { TestHub } from "./test-hub.ts";

/** A clock that a test moves. */
export interface MovedClock {
  now: Date;
}

export const later = (clock: MovedClock, seconds: number): void => {
  clock.now = new Date(clock.now.getTime() + seconds * 1000);
};

export const stampOf = (page: string): string => /name="opened" value="([^"]+)"/.exec(page)?.[1] ?? "";

/** A practice as somebody types it. */
export const told = (change: Record<string, string | string[]> = {}): Record<string, string | string[]> => ({
  title: "Front porch listening hours",
  what: "Neighbors who were trained sit on porches on Saturdays and listen.\n\nIt began in 2021.",
  states: ["NE"],
  sponsor: "Elm Street Association",
  links: "https://porch.example.org/hours",
  known: "I am one of them.",
  language: "en",
  name: "Quillon Marsh",
  email: "quillon@example.org",
  ...change,
});

/** Sends a form of the library, ten minutes after the last one. */
export async function send(
  hub: TestHub,
  clock: MovedClock,
  path: string,
  form: Record<string, string | string[]>,
): Promise<Response> {
  later(clock, 600);
  const opened = stampOf(await (await hub.get(path)).text());
  later(clock, 5);
  return hub.post(path, { ...form, opened });
}

/** Sends a practice that is received. @returns the sender's own address. */
export async function tell(
  hub: TestHub,
  clock: MovedClock,
  change: Record<string, string | string[]> = {},
  path = "/library/submit",
): Promise<string> {
  const form = path === "/library/submit" ? told(change) : change;
  const answer = await send(hub, clock, path, form);
  expect(answer.status).toBe(303);
  return answer.headers.get("location") ?? "";
}

/** The id of the newest submission. */
export async function newestId(hub: TestHub): Promise<string> {
  const { rows } = await hub.services.database.ownerPool.query<{ id: string }>(
    "select id from library.submission order by sent_at desc limit 1",
  );
  return rows[0]?.id ?? "";
}
