/** The states that have another name in Spanish, by their postal codes. */
export const spanishStateNames: ReadonlyMap<string, string> = new Map([
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
