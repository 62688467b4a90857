// What a material is: its description, and the versions of its file or link.
import { z } from "zod";
import { webAddress } from "../practices/practice.types.ts";
import type { FileEnding } from "./file-kinds.ts";

const line = (most: number) => z.string().trim().max(most);

/** The languages offered for materials: those that most people in the United States speak (ISO 639). */
export const MATERIAL_LANGUAGES = [
  "en",
  "es",
  "zh",
  "tl",
  "vi",
  "ar",
  "fr",
  "ko",
  "ru",
  "pt",
  "ht",
  "hi",
  "de",
  "pl",
  "nv",
  "hmn",
  "so",
  "ase",
] as const;

export const materialContent = z.object({
  title: line(200).min(1),
  summary: line(1000).min(1),
  /** A code of the list material_kind. */
  kind: z.string().regex(/^[a-z_]{1,40}$/),
  language: z.enum(MATERIAL_LANGUAGES),
  license: z.string().regex(/^[a-z0-9_.-]{1,40}$/i),
  authors: line(500),
  publisher: line(300),
  /** As exactly as it is known: a year, a month or a day; empty where it is not. */
  date: z.string().regex(/^((18|19|20|21)\d\d(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?)?$/),
});
export type MaterialContent = z.infer<typeof materialContent>;

export type MaterialState = "draft" | "published" | "archived";

export interface Material {
  id: string;
  slug: string;
  state: MaterialState;
  archivedBecause: string | null;
  /** Counts the edits of the description. */
  edition: number;
  content: MaterialContent;
  publishedAt: Date | null;
  changedAt: Date;
}

export interface StoredMaterialFile {
  hash: string;
  name: string;
  ending: FileEnding;
  bytes: number;
}

/** One file or link of a material. */
export interface MaterialVersion {
  version: number;
  reason: string;
  addedAt: Date;
  /** Known to those who work in the hub. */
  addedBy: string | null;
  /** Either a link or a file. */
  url: string | null;
  file: StoredMaterialFile | null;
  /** Whether a job has read what is in the file. */
  reading: "none" | "waiting" | "done" | "failed";
  pages: number | null;
  picture: { hash: string; width: number; height: number } | null;
  /** How often it was taken along. */
  downloads: number;
}

/** An address that a version may lead to. */
export const materialUrl = webAddress;

/** A practice that a material belongs to. */
export interface AttachedPractice {
  slug: string;
  title: string;
  language: string;
}
