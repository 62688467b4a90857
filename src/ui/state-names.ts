import { languageNow } from "./language.ts";

/** The states that have another name in Spanish, by their postal codes. */
const spanishStateNames: ReadonlyMap<string, string> = new Map([
  ["DC", "Distrito de Columbia"],
  ["HI", "Hawái"],
  ["LA", "Luisiana"],
  ["MO", "Misuri"],
  ["MS", "Misisipi"],
  ["NC", "Carolina del Norte"],
  ["ND", "Dakota del Norte"],
  ["NH", "Nuevo Hampshire"],
  ["NJ", "Nueva Jersey"],
  ["NM", "Nuevo México"],
  ["NY", "Nueva York"],
  ["OR", "Oregón"],
  ["PA", "Pensilvania"],
  ["SC", "Carolina del Sur"],
  ["SD", "Dakota del Sur"],
  ["WV", "Virginia Occidental"],
]);

/** A state's name in the language of the page. */
export const stateNameOf = (code: string, english: string): string =>
  (languageNow() === "es" ? spanishStateNames.get(code) : undefined) ?? english;
