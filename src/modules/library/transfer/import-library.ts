// A library comes into this hub: by id, without loss, all of it or nothing.
import { readFile } from "node:fs/promises";
import { system } from "../../../platform/database/actor.ts";
import type { PerformWork, Work } from "../../../platform/events/work.ts";
import { holdStoredFiles } from "../../../platform/files/file-lock.store.ts";
import type { FileStore } from "../../../platform/files/files.ts";
import { findHub, getHubOrganization } from "../../directory/index.ts";
import { libraryImported } from "../events.ts";
import { captionText } from "../materials/captions.rules.ts";
import { examineFile, type FileLimits } from "../materials/examine-file.ts";
import { transferParts } from "./parts.ts";
import { type ImportPlan, inBatches, isWritten, planImport } from "./plan-import.ts";
import { isWholeFile, type LibraryFile, openLibraryFile } from "./read-library.ts";
import { type NeededFile, TransferProblem } from "./transfer.types.ts";

export interface ImportTarget {
  perform: PerformWork;
  files: FileStore;
  limits: FileLimits;
  /** Takes away a stored file that nothing names. */
  dropFile(hash: string): Promise<void>;
}

export interface PartOutcome {
  name: string;
  added: number;
  changed: number;
  same: number;
  /** More is known of them here. */
  ahead: number;
  leftAlone: number;
}

export interface ImportOutcome {
  parts: PartOutcome[];
  files: number;
  conflicts: string[];
}

const LARGEST_CAPTIONS = 2 * 1024 * 1024;

/**
 * Reads and checks the whole file, then writes what is new.
 * @param isDryRun nothing is written, and it is told what would be.
 * @throws TransferProblem where the file cannot be used; nothing is written then.
 */
export async function importLibrary(
  target: ImportTarget,
  path: string,
  { isDryRun }: { isDryRun: boolean },
): Promise<ImportOutcome> {
  const file = await openLibraryFile(path, transferParts());
  const stored: string[] = [];
  try {
    const first = await target.perform(system, async (work) => {
      if (!(await findHub(work.trx)))
        throw new TransferProblem(
          "This hub has not been set up yet. Start it once (npm start) and open it in the browser; then import again.",
        );
      return planImport(work.trx, file, transferParts());
    });
    // Files lie outside of transactions: they are checked and stored first, and go again if the rest fails.
    for (const needed of first.files) await bringInFile(target, file, needed, { stored, isDryRun });
    if (isDryRun) return outcomeOf(first);
    return await target.perform(system, (work) => write(work, target, file));
  } catch (error) {
    for (const hash of stored) await target.dropFile(hash);
    throw error;
  } finally {
    await file.close();
  }
}

async function write(work: Work, target: ImportTarget, file: LibraryFile): Promise<ImportOutcome> {
  await holdStoredFiles(work.trx);
  // Again, in the transaction that writes: somebody may have written here meanwhile.
  const parts = transferParts();
  const plan = await planImport(work.trx, file, parts);
  for (const { hash } of plan.files)
    if (!(await target.files.has(hash)))
      throw new TransferProblem(
        "Somebody has changed the library meanwhile. Nothing was changed; import again.",
      );
  const files = {
    textOf: async (hash: string) => captionText(await readFile(await target.files.pathOf(hash))),
  };
  for (const { part, verdicts } of plan.parts) {
    for await (const lines of inBatches(file.lines(part))) {
      const changes = lines.flatMap((line) => {
        const kind = verdicts.get(line.id);
        return isWritten(kind) ? [{ line, kind }] : [];
      });
      if (changes.length > 0) await part.write(work, changes, files);
    }
    await part.finish?.(work);
  }
  const outcome = outcomeOf(plan);
  const { id } = await getHubOrganization(work.trx);
  const count = (of: (one: PartOutcome) => number): number =>
    outcome.parts.reduce((sum, one) => sum + of(one), 0);
  const [added, changed] = [count((one) => one.added), count((one) => one.changed)];
  if (added + changed > 0)
    await work.record(libraryImported, {
      organizationId: id,
      subject: ["hub", id],
      data: { added, changed, leftAlone: outcome.conflicts.length },
    });
  return outcome;
}

function outcomeOf(plan: ImportPlan): ImportOutcome {
  return {
    parts: plan.parts.map(({ part, verdicts }) => {
      const count = (kind: string): number => [...verdicts.values()].filter((one) => one === kind).length;
      return {
        name: part.name,
        added: count("new"),
        changed: count("newer"),
        same: count("same"),
        ahead: count("ahead"),
        leftAlone: count("conflict"),
      };
    }),
    files: new Set(plan.files.map(({ hash }) => hash)).size,
    conflicts: plan.conflicts,
  };
}

/** Stores a file if its content is what the file says, and what the library would take by its form. */
async function bringInFile(
  { files, limits }: ImportTarget,
  library: LibraryFile,
  { hash, bytes, ending }: NeededFile,
  { stored, isDryRun }: { stored: string[]; isDryRun: boolean },
): Promise<void> {
  const told = library.manifest.files.find((one) => one.hash === hash);
  const limit = bytes ?? LARGEST_CAPTIONS;
  if (!told || told.bytes > limit || !(await isWholeFile(library, told)))
    throw new TransferProblem(
      `The stored file ${hash.slice(0, 12)}… is damaged, or larger than it says. Nothing was changed.`,
    );
  if (isDryRun) return;
  const isHere = await files.has(hash);
  const examine = async (path: string): Promise<string | null> => {
    if (ending === null) return null;
    const found = await examineFile(path, limits);
    if (found.refusal !== undefined) return found.refusal;
    return found.ending === ending ? null : "It is not what it is said to be.";
  };
  const problem = isHere
    ? await examine(await files.pathOf(hash))
    : await putFile(files, await library.open(hash), limit, examine);
  if (problem)
    throw new TransferProblem(
      `The stored file ${hash.slice(0, 12)}… is not taken: ${problem} Nothing was changed.`,
    );
  if (!isHere) stored.push(hash);
}

async function putFile(
  files: FileStore,
  content: Parameters<FileStore["put"]>[0],
  limit: number,
  examine: (path: string) => Promise<string | null>,
): Promise<string | null> {
  let refusal: string | null = null;
  await files
    .put(content, {
      limit,
      refuse: async (path) => {
        refusal = await examine(path);
        return refusal;
      },
    })
    .catch((error: unknown) => {
      if (refusal === null) throw error;
    });
  return refusal;
}
