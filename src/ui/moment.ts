import { AsyncLocalStorage } from "node:async_hooks";
import { localeNow } from "./language.ts";

/** The zone of the hub whose page is being written; each request has its own. */
const zones = new AsyncLocalStorage<string>();

/** Writes moments in a time zone for as long as `write` and everything it waits for take. */
export const inTimeZone = <T>(zone: string, write: () => T): T => zones.run(zone, write);

/** The zone that moments are written in now. */
export const timeZoneNow = (): string => zones.getStore() ?? "UTC";

interface Writers {
  moment: Intl.DateTimeFormat;
  day: Intl.DateTimeFormat;
}

/** Made once a zone and language: making one takes longer than a page's worth of moments. */
const known = new Map<string, Writers>();

function writersFor(timeZone: string): Writers {
  const locale = localeNow();
  const key = `${locale} ${timeZone}`;
  const found = known.get(key);
  if (found) return found;
  const made: Writers = {
    moment: new Intl.DateTimeFormat(locale, {
      weekday: "short",
      month: "short",
      day: "numeric",
      year: "numeric",
      hour: "numeric",
      minute: "2-digit",
      timeZone,
      timeZoneName: "short",
    }),
    day: new Intl.DateTimeFormat(locale, { month: "short", day: "numeric", year: "numeric", timeZone }),
  };
  known.set(key, made);
  return made;
}

const isDate = (moment: Date | string): moment is string =>
  typeof moment === "string" && /^\d{4}-\d{2}-\d{2}$/.test(moment);

/** The day of a moment in words, as the hub's zone has it; a date (2026-12-15) is the same day everywhere. */
export const dayInWords = (moment: Date | string): string =>
  writersFor(isDate(moment) ? "UTC" : timeZoneNow()).day.format(new Date(moment));

/** The hour, its half of the day and its zone stay on one line. */
const keepTimeTogether = (words: string): string =>
  words.replaceAll(/ (?=[AP]M\b|[ap]\.m\.|\S+$)/g, "\u00A0");

/** A moment in words, in the hub's zone; UTC outside its pages. */
export const momentInWords = (moment: Date | string): string =>
  keepTimeTogether(writersFor(timeZoneNow()).moment.format(new Date(moment)));
