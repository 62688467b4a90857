import type { Trx } from "../../../platform/database/database.ts";

/** States and territories by name. */
export function listStates(trx: Trx): Promise<{ code: string; name: string }[]> {
  return trx.selectFrom("directory.state").select(["code", "name"]).orderBy("name").execute();
}
