import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Work } from "../../../platform/events/work.ts";
import { readCaptions } from "../materials/captions.rules.ts";
import { deleteCaptions, replaceCaptions } from "../materials/captions.store.ts";
import { FILE_KINDS, kindOf } from "../materials/file-kinds.ts";
import { READ_MATERIAL_JOB } from "../materials/material.actions.ts";
import { materialContent, materialUrl } from "../materials/material.types.ts";
import { kindWordsOf } from "../materials/material-labels.ts";
import {
  findMaterialRows,
  indexBroughtMaterials,
  insertBroughtMaterials,
  insertBroughtMaterialVersions,
  listMaterialIds,
  replaceAttachments,
  updateBroughtMaterials,
} from "./material-transfer.store.ts";
import { findSlugOwners } from "./practice-transfer.store.ts";
import { slug } from "./practices.part.ts";
import {
  iso,
  isoOrNull,
  moment,
  type NeededFile,
  type TransferFiles,
  type TransferPart,
  TransferProblem,
  type Verdict,
} from "./transfer.types.ts";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const endings = FILE_KINDS.map(({ ending }) => ending);

const version = z
  .strictObject({
    version: z.number().int().positive(),
    reason: z.string().min(1).max(1000),
    addedAt: moment,
    url: materialUrl.nullable(),
    file: z
      .strictObject({
        hash,
        // As it is given out: no folders, nothing that turns the direction of writing.
        name: z
          .string()
          .min(1)
          .max(200)
          .refine((name) => !/[/\\]|[\p{Cc}\p{Cf}]/u.test(name)),
        kind: z.enum(endings),
        bytes: z.number().int().positive(),
      })
      .nullable(),
    captions: z.array(z.strictObject({ language: z.string().regex(/^[a-z]{2,3}$/), hash, addedAt: moment })),
  })
  .refine(({ url, file }) => (url === null) !== (file === null), { error: "A version is a link or a file." })
  .refine(({ file, captions }) => captions.length === 0 || file !== null, {
    error: "Only files have captions.",
  });

const materialLine = z
  .strictObject({
    id: z.uuid(),
    slug,
    state: z.enum(["draft", "published", "archived"]),
    archivedBecause: z.string().min(1).max(2000).nullable(),
    edition: z.number().int().positive().max(2_147_483_647),
    content: materialContent,
    createdAt: moment,
    publishedAt: moment.nullable(),
    changedAt: moment,
    practices: z.array(z.uuid()),
    versions: z.array(version).max(10_000),
  })
  .refine(({ versions }) => versions.every((one, place) => one.version === place + 1), {
    error: "The versions are not numbered one after another.",
  })
  .refine(
    ({ state, archivedBecause, publishedAt }) =>
      (state === "archived") === (archivedBecause !== null) && (state === "draft" || publishedAt !== null),
    { error: "The state does not fit what else is said of it." },
  );
export type MaterialLine = z.infer<typeof materialLine>;

const files = ({ versions }: MaterialLine, count: number) =>
  versions.slice(0, count).map(({ url, file, reason }) => ({ url, file, reason }));
const standing = ({ versions, changedAt: _changedAt, ...line }: MaterialLine) => ({
  ...line,
  captions: versions.map(({ captions }) => captions),
});

/** The longer row of files wins where it begins as the shorter one; a description, where it was edited further. */
export function compareMaterials(ours: MaterialLine | undefined, theirs: MaterialLine): Verdict {
  if (!ours) return { kind: "new" };
  if (isDeepStrictEqual(ours, theirs)) return { kind: "same" };
  if (ours.slug !== theirs.slug) return { kind: "conflict", why: `it has the address ${ours.slug} here` };
  const [here, there] = [ours.versions.length, theirs.versions.length];
  const common = Math.min(here, there);
  const isPrefix = isDeepStrictEqual(files(ours, common), files(theirs, common));
  const isSameEdition = ours.edition !== theirs.edition || isDeepStrictEqual(ours.content, theirs.content);
  if (!isPrefix || !isSameEdition)
    return { kind: "conflict", why: "it was changed here and there, each in its own way" };
  const isLater = there >= here && theirs.edition >= ours.edition && theirs.changedAt >= ours.changedAt;
  if (
    isLater &&
    !(
      here === there &&
      isDeepStrictEqual(standing(ours), standing(theirs)) &&
      ours.changedAt === theirs.changedAt
    )
  )
    return { kind: "newer" };
  const isEarlier = there <= here && theirs.edition <= ours.edition && theirs.changedAt <= ours.changedAt;
  return isEarlier
    ? { kind: "ahead" }
    : { kind: "conflict", why: "it was changed here and there, each in its own way" };
}

const isRead = (kind: string): boolean => ["document", "picture"].includes(kindOf(kind).group);

async function writeCaptions({ trx }: Work, line: MaterialLine, given: TransferFiles): Promise<void> {
  for (const { version: number, captions } of line.versions)
    for (const { language, hash: fileHash, addedAt } of captions) {
      const { cues } = readCaptions(await given.textOf(fileHash));
      if (!cues)
        throw new TransferProblem(`The captions of ${line.slug} cannot be read. Nothing was changed.`);
      await replaceCaptions(trx, {
        materialId: line.id,
        version: number,
        language,
        fileHash,
        cues,
        addedBy: null,
        at: new Date(addedAt),
      });
    }
}

type Change = { line: MaterialLine; kind: "new" | "newer" };

async function dropCaptions({ trx }: Work, lines: readonly Change[]): Promise<void> {
  const { captions } = await findMaterialRows(
    trx,
    lines.filter(({ kind }) => kind === "newer").map(({ line }) => line.id),
  );
  for (const one of captions) await deleteCaptions(trx, one.material_id, one.version, one.language);
}

async function writeMaterials(work: Work, lines: readonly Change[], given: TransferFiles): Promise<void> {
  const { trx } = work;
  const keywords = new Map<string, string>();
  for (const kind of new Set(lines.map(({ line }) => line.content.kind)))
    keywords.set(kind, await kindWordsOf(trx, kind));
  const rows = lines.map(({ line, kind }) => ({
    kind,
    row: {
      id: line.id,
      slug: line.slug,
      state: line.state,
      archived_because: line.archivedBecause,
      edition: line.edition,
      content: JSON.stringify(line.content),
      keywords: keywords.get(line.content.kind) ?? "",
      created_at: line.createdAt,
      published_at: line.publishedAt,
      changed_at: line.changedAt,
    },
  }));
  const known = await findMaterialRows(
    trx,
    lines.map(({ line }) => line.id),
  );
  const there = new Set(known.versions.map((one) => `${one.material_id} ${one.version}`));
  const added = lines.flatMap(({ line }) =>
    line.versions
      .filter((one) => !there.has(`${line.id} ${one.version}`))
      .map((one) => ({ material: line.id, ...one })),
  );
  await insertBroughtMaterials(
    trx,
    rows.filter(({ kind }) => kind === "new").map(({ row }) => row),
  );
  await updateBroughtMaterials(
    trx,
    rows.filter(({ kind }) => kind === "newer").map(({ row }) => row),
  );
  await insertBroughtMaterialVersions(
    trx,
    added.map((one) => ({
      material_id: one.material,
      version: one.version,
      reason: one.reason,
      added_at: one.addedAt,
      url: one.url,
      file_hash: one.file?.hash ?? null,
      file_name: one.file?.name ?? null,
      file_kind: one.file?.kind ?? null,
      file_bytes: one.file?.bytes ?? null,
      reading: one.file && isRead(one.file.kind) ? "waiting" : "none",
    })),
  );
  await replaceAttachments(
    trx,
    lines.map(({ line }) => line.id),
    lines.flatMap(({ line }) =>
      line.practices.map((practice) => ({ material_id: line.id, practice_id: practice })),
    ),
  );
  await dropCaptions(work, lines);
  for (const { line } of lines) await writeCaptions(work, line, given);
  await indexBroughtMaterials(
    trx,
    lines.map(({ line }) => line.id),
  );
  // What is in them is read again, by the job that reads what comes in by the form.
  for (const one of added)
    if (one.file && isRead(one.file.kind))
      await work.enqueue(READ_MATERIAL_JOB, { material: one.material, version: one.version });
}

function filesOf(line: MaterialLine): NeededFile[] {
  return line.versions.flatMap(({ file, captions }) => [
    ...(file ? [{ hash: file.hash, bytes: file.bytes, ending: file.kind }] : []),
    ...captions.map((one) => ({ hash: one.hash, bytes: null, ending: null })),
  ]);
}

/** Materials with their files, links and captions. What was read out of files is read again. */
export const materialsPart = (): TransferPart<MaterialLine> => ({
  name: "materials",
  tables: [
    "library.material",
    "library.material_version",
    "library.material_practice",
    "library.material_captions",
    "library.material_cue",
  ],
  line: materialLine,
  listIds: listMaterialIds,
  find: async (trx, ids) => {
    const { materials, versions, captions } = await findMaterialRows(trx, ids);
    const ofMaterial = Map.groupBy(versions, ({ material_id }) => material_id);
    const ofVersion = Map.groupBy(captions, (one) => `${one.material_id} ${one.version}`);
    return new Map(
      materials.map((row): [string, MaterialLine] => [
        row.id,
        {
          id: row.id,
          slug: row.slug,
          state: row.state as MaterialLine["state"],
          archivedBecause: row.archived_because,
          edition: row.edition,
          content: row.content,
          createdAt: iso(row.created_at),
          publishedAt: isoOrNull(row.published_at),
          changedAt: iso(row.changed_at),
          practices: row.practices,
          versions: (ofMaterial.get(row.id) ?? []).map((one) => ({
            version: one.version,
            reason: one.reason,
            addedAt: iso(one.added_at),
            url: one.url,
            file: one.file_hash
              ? {
                  hash: one.file_hash,
                  name: one.file_name ?? "",
                  kind: kindOf(one.file_kind ?? "").ending as (typeof endings)[number],
                  bytes: Number(one.file_bytes),
                }
              : null,
            captions: (ofVersion.get(`${row.id} ${one.version}`) ?? []).map((track) => ({
              language: track.language,
              hash: track.file_hash,
              addedAt: iso(track.added_at),
            })),
          })),
        },
      ]),
    );
  },
  compare: compareMaterials,
  findTaken: (trx, lines) =>
    findSlugOwners(
      trx,
      "material",
      lines.map((line) => line.slug),
    ),
  needs: ({ practices }) => practices.map((id) => ({ part: "practices", id })),
  files: filesOf,
  nameOf: (line) => `material ${line.slug}`,
  write: writeMaterials,
});
