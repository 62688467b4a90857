// How a library travels: as parts, each of lines, each line a thing with everything that belongs to it.
import { z } from "zod";
import type { Trx } from "../../../platform/database/database.ts";
import type { Work } from "../../../platform/events/work.ts";

/** The form of the file. A change that an older Trellis could not read counts it up. */
export const TRANSFER_FORMAT = 1;
export const TRANSFER_KIND = "trellis-library";

/** A library that cannot be written or taken in; the message is for the person: why, and what to do. */
export class TransferProblem extends Error {}

/** What becomes of a line here. */
export type Verdict =
  /** It is not here yet. */
  | { kind: "new" }
  /** It is here, and says the same. */
  | { kind: "same" }
  /** It is here with more than it comes with: it stays. */
  | { kind: "ahead" }
  /** What is here is a beginning of what comes. */
  | { kind: "newer" }
  /** Both went on, each in its own way: what is here stays, and somebody has to look. */
  | { kind: "conflict"; why: string };

/** A stored file that a line needs, and what it must be. */
export interface NeededFile {
  hash: string;
  /** In bytes at most; null: as many as captions may have. */
  bytes: number | null;
  /** The kind of material file; null: captions. */
  ending: string | null;
}

/** The least that a line says. */
export interface TransferLine {
  id: string;
}

/** One kind of thing in a library, with the tables that it lies in. */
export interface TransferPart<Line extends TransferLine = TransferLine> {
  name: string;
  tables: readonly string[];
  /** Every line is checked with it, on the way out as on the way in. */
  line: z.ZodType<Line>;
  /** What travels, in an order that does not depend on the hub: what others of the part refer to comes first where it can. */
  listIds(trx: Trx): Promise<string[]>;
  /** What is here of these, in the form of a line. A thing that may not travel is found as well. */
  find(trx: Trx, ids: readonly string[]): Promise<Map<string, Line>>;
  compare(ours: Line | undefined, theirs: Line): Verdict;
  /** Addresses that are in use here by other things than those that come, by address. */
  findTaken?(trx: Trx, lines: readonly Line[]): Promise<Map<string, string>>;
  /** Things of other parts, or of this one, without which it means nothing. */
  needs(line: Line): readonly { part: string; id: string }[];
  files?(line: Line): readonly NeededFile[];
  /** What the person is told of it: an address, mostly. */
  nameOf(line: Line): string;
  write(
    work: Work,
    lines: readonly { line: Line; kind: "new" | "newer" }[],
    files: TransferFiles,
  ): Promise<void>;
  /** When all lines are written. */
  finish?(work: Work): Promise<void>;
}

/** What writing may need of the files that came along. */
export interface TransferFiles {
  textOf(hash: string): Promise<string>;
}

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

export const transferManifest = z.strictObject({
  kind: z.literal(TRANSFER_KIND),
  format: z.literal(TRANSFER_FORMAT),
  /** Of the lines of each part, as they were written. */
  parts: z.array(z.strictObject({ name: z.string(), lines: count, bytes: count, sha256 })),
  files: z.array(z.strictObject({ hash: sha256, bytes: count })),
});
export type TransferManifest = z.infer<typeof transferManifest>;

export const MANIFEST_NAME = "manifest.json";
export const partName = (name: string): string => `${name}.jsonl`;
export const fileName = (hash: string): string => `files/${hash}`;

/** A moment as it travels. */
export const moment = z.string().refine((written) => {
  const read = new Date(written);
  return !Number.isNaN(read.getTime()) && read.toISOString() === written;
}, "It is no moment.");
export const iso = (date: Date): string => date.toISOString();
export const isoOrNull = (date: Date | null): string | null => date?.toISOString() ?? null;
