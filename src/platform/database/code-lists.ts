import { sql } from "kysely";
import type pg from "pg";
import { type Language, languageNow } from "../../ui/language.ts";
import type { Trx } from "./database.ts";

/** A code's labels in other languages than English: `{ es: "Certificado" }`. */
export type CodeLabels = Partial<Record<Exclude<Language, "en">, string>>;

/** A code list as it lies in reference/: codes in their order, with labels. */
export interface CodeList {
  list_id: string;
  version: number;
  source: string;
  verified: boolean;
  /** First and last day on which it holds (ISO); absent where that is not known, or not yet over. */
  effective_from?: string;
  effective_to?: string;
  codes: [code: string, label: string, labels?: CodeLabels][];
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
  for (const [position, [code, label, labels = {}]] of list.codes.entries()) {
    await client.query(
      "insert into platform.code (list_id, version, code, label, labels, position) values ($1, $2, $3, $4, $5, $6)",
      [list.list_id, list.version, code, label, JSON.stringify(labels), position],
    );
  }
}

/** Code to label in the language of the page, in the list's order; the newest version. */
export async function readCodeList(trx: Trx, listId: string): Promise<Map<string, string>> {
  return (await readCodeLists(trx, [listId])).get(listId) ?? new Map();
}

/** Several lists at once, by their id. */
export async function readCodeLists(
  trx: Trx,
  listIds: readonly string[],
): Promise<Map<string, Map<string, string>>> {
  const rows = await trx
    .selectFrom("platform.code")
    .select(["list_id", "code", sql<string>`coalesce(labels ->> ${languageNow()}, label)`.as("label")])
    .where("list_id", "in", [...listIds])
    .orderBy("version", "desc")
    .orderBy("position")
    .execute();
  const lists = new Map<string, Map<string, string>>(listIds.map((id) => [id, new Map()]));
  for (const row of rows) {
    const labels = lists.get(row.list_id);
    if (labels && !labels.has(row.code)) labels.set(row.code, row.label);
  }
  return lists;
}
