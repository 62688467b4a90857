import type { Trx } from "../../../platform/database/database.ts";
import { findHub } from "../hub/hub.store.ts";
import type { DemoPerson } from "./sign-in.pages.tsx";

/** The people of the demonstration, told by the app, which alone knows the demo. */
export interface DemoDirectory {
  people: readonly DemoPerson[];
  password: string;
}

/** What somebody reads who would change an account that others use as well. */
export const SHARED_ACCOUNT =
  "All people of the demonstration sign in with one password and nothing else, so that this cannot be changed.";

/** Whether everybody who tries the demonstration signs in with this account. */
export async function isSharedAccount(demo: DemoDirectory, trx: Trx, email: string): Promise<boolean> {
  if (!demo.people.some((person) => person.email === email)) return false;
  return (await findHub(trx))?.isDemo ?? false;
}
