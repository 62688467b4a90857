import { findHub, listOrganizations } from "../modules/directory/index.ts";
import type { Trx } from "../platform/database/database.ts";

/** Whether nothing of its own is in the hub: it has no name and no organizations. As the system. */
export async function isHubEmpty(trx: Trx): Promise<boolean> {
  return (await findHub(trx)) === null && (await listOrganizations(trx)).length === 0;
}
