// What becomes of every line of a library's file, decided before anything is written.
import type { Trx } from "../../../platform/database/database.ts";
import type { LibraryFile } from "./read-library.ts";
import {
  type NeededFile,
  type TransferLine,
  type TransferPart,
  TransferProblem,
  type Verdict,
} from "./transfer.types.ts";

export interface PartPlan {
  part: TransferPart;
  verdicts: Map<string, Verdict["kind"]>;
}

export interface ImportPlan {
  parts: PartPlan[];
  /** What is left alone, and why, for the person. */
  conflicts: string[];
  /** The files that have to come in. */
  files: NeededFile[];
}

const AT_ONCE = 200;

/** The lines of a part, some at a time. */
export async function* inBatches(lines: AsyncIterable<TransferLine>): AsyncGenerator<TransferLine[]> {
  let batch: TransferLine[] = [];
  for await (const line of lines) {
    batch.push(line);
    if (batch.length < AT_ONCE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export const isWritten = (kind: Verdict["kind"] | undefined): kind is "new" | "newer" =>
  kind === "new" || kind === "newer";

/** Reads the whole file, checks it, and compares it with what is here. @throws TransferProblem */
export async function planImport(
  trx: Trx,
  file: LibraryFile,
  parts: readonly TransferPart[],
): Promise<ImportPlan> {
  const plan: ImportPlan = { parts: [], conflicts: [], files: [] };
  const needed = new Map<string, NeededFile>();
  for (const part of parts) {
    const verdicts = new Map<string, Verdict["kind"]>();
    /** Lines that would be written, with what they cannot do without. */
    const wanting: { id: string; name: string; needs: ReturnType<TransferPart["needs"]> }[] = [];
    const taken = new Map<string, string>();
    for await (const lines of inBatches(file.lines(part))) {
      const ours = await part.find(
        trx,
        lines.map(({ id }) => id),
      );
      for (const [address, owner] of (await part.findTaken?.(trx, lines)) ?? []) taken.set(address, owner);
      for (const line of lines) {
        const verdict = judge(part, ours.get(line.id), line, taken);
        verdicts.set(line.id, verdict.kind);
        if (verdict.kind === "conflict") plan.conflicts.push(`${part.nameOf(line)}: ${verdict.why}`);
        const needs = part.needs(line);
        if (isWritten(verdict.kind) && needs.length > 0)
          wanting.push({ id: line.id, name: part.nameOf(line), needs });
        for (const one of part.files?.(line) ?? []) {
          mustBeThere(file, one);
          if (isWritten(verdict.kind)) needed.set(`${one.hash} ${one.ending}`, one);
        }
      }
    }
    plan.parts.push({ part, verdicts });
    await leaveAloneWhatLacks(trx, plan, wanting);
  }
  return { ...plan, files: [...needed.values()] };
}

function judge(
  part: TransferPart,
  ours: TransferLine | undefined,
  line: TransferLine,
  taken: Map<string, string>,
): Verdict {
  const address = "slug" in line ? String(line.slug) : null;
  const owner = address === null ? undefined : taken.get(address);
  if (owner !== undefined && owner !== line.id)
    return { kind: "conflict", why: "another one has its address here, or in the file" };
  if (address !== null) taken.set(address, line.id);
  return part.compare(ours, line);
}

function mustBeThere(file: LibraryFile, { hash, bytes }: NeededFile): void {
  const told = file.manifest.files.find((one) => one.hash === hash);
  if (!told || (bytes !== null && told.bytes !== bytes))
    throw new TransferProblem(
      `The stored file ${hash.slice(0, 12)}… that a material needs is not in the file. Nothing was changed. Have the library exported once more.`,
    );
}

/** What belongs to something that is left alone, or that is nowhere, is left alone as well. */
async function leaveAloneWhatLacks(
  trx: Trx,
  plan: ImportPlan,
  wanting: readonly { id: string; name: string; needs: ReturnType<TransferPart["needs"]> }[],
): Promise<void> {
  const here = await findHere(trx, plan, wanting);
  const own = plan.parts.at(-1);
  // Of one part, one may need another: until nothing changes any more.
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    for (const { id, name, needs } of wanting) {
      if (!isWritten(own?.verdicts.get(id))) continue;
      const lacks = needs.find((need) => {
        const kind = verdictsOf(plan, need.part)?.get(need.id);
        return kind === "conflict" || (kind === undefined && !here.has(`${need.part} ${need.id}`));
      });
      if (!lacks) continue;
      own?.verdicts.set(id, "conflict");
      plan.conflicts.push(`${name}: it belongs to something that is left alone, or is not there`);
      isSettled = false;
    }
  }
}

const verdictsOf = (plan: ImportPlan, name: string) =>
  plan.parts.find(({ part }) => part.name === name)?.verdicts;

/** Which of the needed things that do not come with the file are here already. */
async function findHere(
  trx: Trx,
  plan: ImportPlan,
  wanting: readonly { needs: ReturnType<TransferPart["needs"]> }[],
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const { part, verdicts } of plan.parts) {
    const ids = new Set(
      wanting.flatMap(({ needs }) => needs.flatMap((need) => (need.part === part.name ? [need.id] : []))),
    );
    const missing = [...ids].filter((id) => !verdicts.has(id));
    for (let from = 0; from < missing.length; from += AT_ONCE)
      for (const id of (await part.find(trx, missing.slice(from, from + AT_ONCE))).keys())
        found.add(`${part.name} ${id}`);
  }
  return found;
}
