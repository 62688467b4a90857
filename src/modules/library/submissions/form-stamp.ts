// When a form was opened, signed, so that it tells people from programs without asking anybody anything.
import { createHmac, timingSafeEqual } from "node:crypto";

/** Nobody reads and fills the form faster. */
export const LEAST_SECONDS = 3;
const MOST_SECONDS = 24 * 3600;

const sign = (secret: string, time: string): string =>
  createHmac("sha256", secret).update(`library form opened at ${time}`).digest("base64url");

/** The stamp of a form that is opened now. */
export function makeStamp(secret: string, now: Date): string {
  const time = now.getTime().toString(36);
  return `${time}.${sign(secret, time)}`;
}

/** fast: sent at once, as programs do; old: open for longer than a day, or with a stamp that is not ours. */
export type StampAge = "good" | "fast" | "old";

export function readStamp(secret: string, stamp: string, now: Date): StampAge {
  const [time = "", signature = ""] = stamp.split(".");
  const expected = Buffer.from(sign(secret, time));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return "old";
  const seconds = (now.getTime() - Number.parseInt(time, 36)) / 1000;
  return seconds < LEAST_SECONDS ? "fast" : seconds > MOST_SECONDS ? "old" : "good";
}
