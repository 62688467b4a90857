const moments = new Intl.DateTimeFormat("en-US", {
  weekday: "short",
  month: "short",
  day: "numeric",
  year: "numeric",
  hour: "numeric",
  minute: "2-digit",
  timeZone: "UTC",
  timeZoneName: "short",
});

/** A moment in words; the hub's clock is UTC until a hub sets its own zone. */
export const momentInWords = (moment: Date | string): string => moments.format(new Date(moment));
