import { z } from "zod";

/** The kind of file that this Trellis writes. A change that an older Trellis could not read counts it up. */
export const BACKUP_FORMAT = 1;

export const MANIFEST_PART = "manifest.json";

const count = z.number().int().nonnegative();
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const name = z.string().min(1);

const manifestSchema = z.object({
  format: z.literal(BACKUP_FORMAT),
  /** The version of Trellis that wrote it, and of the server that it came from. */
  trellis: name,
  postgresql: name,
  takenAt: z.iso.datetime(),
  /** In their order. */
  migrations: z.array(name).min(1),
  /** Of their COPY text, rows in the order of the primary key. */
  tables: z.array(
    z.object({ schema: name, name, columns: z.array(name).min(1), rows: count, bytes: count, sha256 }),
  ),
  sequences: z.array(
    z.object({ schema: name, name, value: z.string().regex(/^-?\d+$/), called: z.boolean() }),
  ),
  /** Uploaded files. Where the hash of the content differs from the name the file was damaged in the store already. */
  files: z.array(z.object({ hash: sha256, bytes: count, sha256 })),
});

/** What lies in a backup, written as its last part. */
export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestTable = Manifest["tables"][number];

/** A backup that cannot be written or used; the message is for the person: why, and what to do. */
export class BackupProblem extends Error {}

/** @throws BackupProblem where it is none, or one of a kind that this Trellis does not know. */
export function parseManifest(text: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw new BackupProblem(DAMAGED);
  }
  const format = z.object({ format: z.number() }).safeParse(content);
  if (format.success && format.data.format > BACKUP_FORMAT)
    throw new BackupProblem(
      "The backup was written by a newer Trellis, in a form that this one does not know. Update Trellis, then restore.",
    );
  const parsed = manifestSchema.safeParse(content);
  if (!parsed.success) throw new BackupProblem(DAMAGED);
  return parsed.data;
}

export const DAMAGED =
  "The backup is damaged or incomplete. Nothing was changed. Fetch the file again from where it is kept, or use another backup.";

/** Where a table's rows lie. */
export function tablePart(table: { schema: string; name: string }): string {
  return `tables/${table.schema}.${table.name}`;
}

/** Where an uploaded file lies. */
export function filePart(file: { hash: string }): string {
  return `files/${file.hash}`;
}
