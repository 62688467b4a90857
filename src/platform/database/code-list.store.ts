import type { Trx } from "./database.ts";

export interface CodeListRow {
  id: string;
  version: number;
  source: string;
  verified: boolean;
  effective_from: string | null;
  effective_to: string | null;
}

function newest(trx: Trx) {
  return trx
    .selectFrom("platform.code_list")
    .distinctOn("list_id")
    .select(["list_id as id", "version", "source", "verified", "effective_from", "effective_to"])
    .orderBy("list_id")
    .orderBy("version", "desc");
}

/** The newest version of every code list. */
export function listCodeLists(trx: Trx): Promise<CodeListRow[]> {
  return newest(trx).execute();
}

/** The newest version of one list with its codes in their order, or null. */
export async function findCodeList(
  trx: Trx,
  id: string,
): Promise<(CodeListRow & { codes: { code: string; label: string }[] }) | null> {
  const list = await newest(trx).where("list_id", "=", id).executeTakeFirst();
  if (!list) return null;
  const codes = await trx
    .selectFrom("platform.code")
    .select(["code", "label"])
    .where("list_id", "=", id)
    .where("version", "=", list.version)
    .orderBy("position")
    .execute();
  return { ...list, codes };
}
