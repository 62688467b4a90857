import type { Trx } from "../../../platform/database/database.ts";
import type { Cue } from "./captions.rules.ts";

/** The captions of one version in one language. */
export interface CaptionTrack {
  language: string;
  addedAt: Date;
}

/** The languages in which a version has captions. */
export async function listCaptionTracks(
  trx: Trx,
  materialId: string,
  version: number,
): Promise<CaptionTrack[]> {
  const rows = await trx
    .selectFrom("library.material_captions")
    .select(["language", "added_at"])
    .where("material_id", "=", materialId)
    .where("version", "=", version)
    .orderBy("language")
    .execute();
  return rows.map(({ language, added_at }) => ({ language, addedAt: added_at }));
}

/** What is said, in its order. */
export async function listCues(
  trx: Trx,
  materialId: string,
  version: number,
  language: string,
): Promise<Cue[]> {
  const rows = await trx
    .selectFrom("library.material_cue")
    .select(["starts_ms", "ends_ms", "text"])
    .where("material_id", "=", materialId)
    .where("version", "=", version)
    .where("language", "=", language)
    .orderBy("position")
    .execute();
  return rows.map(({ starts_ms, ends_ms, text }) => ({ startsMs: starts_ms, endsMs: ends_ms, text }));
}

/** So many cues go in one statement: each has seven values, and a statement takes 65,535. */
const AT_ONCE = 5000;

/** Puts captions in the place of those that were there in this language. */
export async function replaceCaptions(
  trx: Trx,
  captions: {
    materialId: string;
    version: number;
    language: string;
    fileHash: string;
    cues: readonly Cue[];
    addedBy: string | null;
    at: Date;
  },
): Promise<void> {
  const { materialId, version, language, cues } = captions;
  await deleteCaptions(trx, materialId, version, language);
  await trx
    .insertInto("library.material_captions")
    .values({
      material_id: materialId,
      version,
      language,
      file_hash: captions.fileHash,
      added_by: captions.addedBy,
      added_at: captions.at,
    })
    .execute();
  for (let from = 0; from < cues.length; from += AT_ONCE)
    await trx
      .insertInto("library.material_cue")
      .values(
        cues.slice(from, from + AT_ONCE).map((cue, index) => ({
          material_id: materialId,
          version,
          language,
          position: from + index,
          starts_ms: cue.startsMs,
          ends_ms: cue.endsMs,
          text: cue.text,
        })),
      )
      .execute();
}

/** Takes captions away. @returns the hash of their file, or null where there were none. */
export async function deleteCaptions(
  trx: Trx,
  materialId: string,
  version: number,
  language: string,
): Promise<string | null> {
  await trx
    .deleteFrom("library.material_cue")
    .where("material_id", "=", materialId)
    .where("version", "=", version)
    .where("language", "=", language)
    .execute();
  const row = await trx
    .deleteFrom("library.material_captions")
    .where("material_id", "=", materialId)
    .where("version", "=", version)
    .where("language", "=", language)
    .returning("file_hash")
    .executeTakeFirst();
  return row?.file_hash ?? null;
}
