// What an item of evidence may say to whom. Pure.
import type { EvidenceContent } from "./evidence.types.ts";

/** Counts of people up to this one are not published. */
const LARGEST_WITHHELD = 10;

/** What one place told of itself is said of that place; what was studied is said as a finding. */
export const isToldByPlace = (kind: string): boolean => kind === "field_report" || kind === "local_result";

/** A published study's number is known anyway; one place's own people could be recognized. */
export const isWithheld = ({ kind, participants }: Pick<EvidenceContent, "kind" | "participants">): boolean =>
  isToldByPlace(kind) && participants !== null && participants > 0 && participants <= LARGEST_WITHHELD;
