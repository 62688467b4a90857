/** A foreign key between two tables, by their names. */
export interface Reference {
  from: string;
  to: string;
}

/**
 * The tables in an order in which each comes after those it refers to.
 * @throws Error where they refer to each other in a circle.
 */
export function loadOrder(tables: readonly string[], references: readonly Reference[]): string[] {
  const ordered = new Set<string>();
  const begun = new Set<string>();
  const place = (table: string): void => {
    if (ordered.has(table)) return;
    if (begun.has(table)) throw new Error(`${table} refers to itself through other tables`);
    begun.add(table);
    for (const { from, to } of references)
      if (from === table && to !== table && tables.includes(to)) place(to);
    ordered.add(table);
  };
  for (const table of tables) place(table);
  return [...ordered];
}
