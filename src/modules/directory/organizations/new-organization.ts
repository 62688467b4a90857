import { readCodeList } from "../../../platform/database/code-lists.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { listStates } from "../places/place.store.ts";
import { findOrganizationByCode } from "./organization.store.ts";

/** What the lists and the other organizations say against a new organization, by field; nothing: it may be made. */
export async function checkNewOrganization(
  trx: Trx,
  organization: { type: string; state: string | null; code: string | null },
): Promise<Record<string, string[]>> {
  const { type, state, code } = organization;
  const types = await readCodeList(trx, "organization_type");
  const states = await listStates(trx);
  return {
    ...(types.has(type) && type !== "hub" ? {} : { type: ["Choose a type of the list."] }),
    ...(state === null || states.some((one) => one.code === state)
      ? {}
      : { state: ["Choose a state of the list."] }),
    ...(code && (await findOrganizationByCode(trx, code))
      ? { code: ["Another organization has this code already."] }
      : {}),
  };
}
