import type { Trx } from "../../../platform/database/database.ts";
import { foldCode, foldHeader } from "../roster-reading/cell-text.rules.ts";
import type { Answer } from "../roster-reading/roster-reading.types.ts";

export interface RememberedMapping {
  columns: Record<string, string | null>;
  values: Record<string, Record<string, string>>;
}

const SEPARATOR = "=";

/** What this organization answered for earlier files: headers to columns, spellings to codes. */
export async function readMemory(trx: Trx, organizationId: string): Promise<RememberedMapping> {
  const rows = await trx
    .selectFrom("pathways.remembered_mapping")
    .select(["kind", "spelling", "meaning"])
    .where("organization_id", "=", organizationId)
    .execute();
  const memory: RememberedMapping = { columns: {}, values: {} };
  for (const row of rows) {
    if (row.kind === "column") memory.columns[row.spelling] = row.meaning;
    else {
      const cut = row.spelling.indexOf(SEPARATOR);
      const column = row.spelling.slice(0, cut);
      if (row.meaning !== null) (memory.values[column] ??= {})[row.spelling.slice(cut + 1)] = row.meaning;
    }
  }
  return memory;
}

/** Remembers the answers that say what a header or a spelling means; the others hold for one file only. */
export async function rememberAnswers(
  trx: Trx,
  organizationId: string,
  answers: readonly Answer[],
): Promise<void> {
  for (const answer of answers) {
    const meaning = typeof answer.answer === "string" ? answer.answer : null;
    if (answer.question === "Q_COLUMN" && answer.header !== undefined)
      await remember(trx, organizationId, "column", foldHeader(answer.header), meaning);
    if (answer.question === "Q_VALUE" && answer.value !== undefined && meaning !== null)
      await remember(
        trx,
        organizationId,
        "value",
        `${answer.column}${SEPARATOR}${foldCode(answer.value)}`,
        meaning,
      );
  }
}

async function remember(
  trx: Trx,
  organizationId: string,
  kind: "column" | "value",
  spelling: string,
  meaning: string | null,
): Promise<void> {
  await trx
    .insertInto("pathways.remembered_mapping")
    .values({ organization_id: organizationId, kind, spelling, meaning })
    .onConflict((conflict) =>
      conflict
        .columns(["organization_id", "kind", "spelling"])
        .doUpdateSet({ meaning, remembered_at: new Date() }),
    )
    .execute();
}
