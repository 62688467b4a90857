import { readCodeLists } from "../../../platform/database/code-lists.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { isToldByPlace } from "./evidence.rules.ts";
import type { EvidenceContent } from "./evidence.types.ts";
import { sayEvidence } from "./evidence.words.ts";

/** The words for kinds and designs, in the language of the page. */
export interface EvidenceLabels {
  kinds: ReadonlyMap<string, string>;
  designs: ReadonlyMap<string, string>;
}

export async function readEvidenceLabels(trx: Trx): Promise<EvidenceLabels> {
  const lists = await readCodeLists(trx, ["evidence_kind", "evidence_design"]);
  return {
    kinds: lists.get("evidence_kind") ?? new Map(),
    designs: lists.get("evidence_design") ?? new Map(),
  };
}

/** What an item found, in a few words. */
export const findingInWords = ({ kind, direction }: Pick<EvidenceContent, "kind" | "direction">): string =>
  sayEvidence(`${isToldByPlace(kind) ? "here" : "found"}_${direction}`);
