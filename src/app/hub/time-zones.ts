import type { OptionGroup } from "../../ui/fields.tsx";

/** What people of the United States call their zones; the others go by their city. */
const OWN_NAMES: readonly [zone: string, label: string][] = [
  ["America/New_York", "Eastern (New York)"],
  ["America/Chicago", "Central (Chicago)"],
  ["America/Denver", "Mountain (Denver)"],
  ["America/Phoenix", "Mountain without summer time (Phoenix)"],
  ["America/Los_Angeles", "Pacific (Los Angeles)"],
  ["America/Anchorage", "Alaska (Anchorage)"],
  ["America/Adak", "Aleutian Islands (Adak)"],
  ["Pacific/Honolulu", "Hawaii (Honolulu)"],
  ["America/Puerto_Rico", "Atlantic (Puerto Rico)"],
  ["Pacific/Guam", "Chamorro (Guam)"],
  ["Pacific/Pago_Pago", "Samoa (Pago Pago)"],
];

const ownZones = new Map(OWN_NAMES);

/** Every zone that dates can be written in here. */
export const TIME_ZONES: readonly string[] = [
  ...new Set([...ownZones.keys(), "UTC", ...Intl.supportedValuesOf("timeZone")]),
];

/** The zones by continent, those of the United States first. */
export const timeZoneChoices: readonly OptionGroup[] = makeChoices();

function makeChoices(): OptionGroup[] {
  const groups = new Map<string, OptionGroup>();
  const add = (label: string, value: string, words: string): void => {
    const group = groups.get(label) ?? { label, options: [] };
    group.options.push({ value, label: words });
    groups.set(label, group);
  };
  for (const [zone, label] of OWN_NAMES) add("United States", zone, label);
  for (const zone of TIME_ZONES.toSorted()) {
    if (ownZones.has(zone)) continue;
    const [region = "", ...place] = zone.split("/");
    if (place.length === 0) add("Other", zone, zone);
    else add(region, zone, place.join(", ").replaceAll("_", " "));
  }
  return [...groups.values()];
}
