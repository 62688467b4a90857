import type pg from "pg";
import type { Trx } from "./database.ts";

/** A code list as it lies in reference/: codes in their order, with labels. */
export interface CodeList {
  list_id: string;
  version: number;
  source: string;
  verified: boolean;
  /** First and last day on which it holds (ISO); absent where that is not known, or not yet over. */
  effective_from?: string;
  effective_to?: string;
  codes: [code: string, label: string][];
}

/** Loads a version of a list; an older version stays, since rows refer to it. */
export async function loadCodeList(client: pg.ClientBase, list: CodeList): Promise<void> {
  await client.query("delete from platform.code_list where list_id = $1 and version = $2", [
    list.list_id,
    list.version,
  ]);
  await client.query(
    "insert into platform.code_list (list_id, version, source, verified, effective_from, effective_to) values ($1, $2, $3, $4, $5, $6)",
    [
      list.list_id,
      list.version,
      list.source,
      list.verified,
      list.effective_from ?? null,
      list.effective_to ?? null,
    ],
  );
  for (const [position, [code, label]] of list.codes.entries()) {
    await client.query(
      "insert into platform.code (list_id, version, code, label, position) values ($1, $2, $3, $4, $5)",
      [list.list_id, list.version, code, label, position],
    );
  }
}

/** Code to label, in the list's order; the newest version. */
export async function readCodeList(trx: Trx, listId: string): Promise<Map<string, string>> {
  const rows = await trx
    .selectFrom("platform.code")
    .select(["code", "label"])
    .where("list_id", "=", listId)
    .orderBy("version", "desc")
    .orderBy("position")
    .execute();
  const labels = new Map<string, string>();
  for (const row of rows) if (!labels.has(row.code)) labels.set(row.code, row.label);
  return labels;
}
