// Which findings say the same. Pure.
import { isDeepStrictEqual } from "node:util";
import type { EvidenceContent, EvidenceItem } from "./evidence.types.ts";

const contentOf = ({ id: _id, addedAt: _at, addedBy: _by, archived: _not, ...content }: EvidenceItem) =>
  content satisfies EvidenceContent;

/** The items in use that say just what one of the others in use says: together they would count twice. */
export function listRepeated(
  items: readonly EvidenceItem[],
  others: readonly EvidenceItem[],
): EvidenceItem[] {
  const said = others.filter(({ archived }) => archived === null).map(contentOf);
  return items.filter(
    (item) => item.archived === null && said.some((other) => isDeepStrictEqual(other, contentOf(item))),
  );
}
