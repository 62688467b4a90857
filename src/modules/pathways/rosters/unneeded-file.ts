import { system } from "../../../platform/database/actor.ts";
import type { Work } from "../../../platform/events/work.ts";
import { mayRemoveStoredFiles } from "../../../platform/files/file-lock.store.ts";
import type { FileStore } from "../../../platform/files/files.ts";
import { describeError } from "../../../platform/log/log.ts";
import type { WebPlatform } from "../../../platform/web/route.ts";
import { findHub } from "../../directory/index.ts";
import { isMaterialFile } from "../../library/index.ts";
import { isRosterFile } from "./retention.store.ts";

/**
 * Removes a stored file that nothing names: no roster, no material of the library, and not as the hub's logo. The same content may have come twice,
 * so the file's coming was no proof. While a backup copies the files, or somebody is about to name one, it stays.
 * @param work of an actor who sees every organization.
 */
export async function removeUnneededFile(work: Work, files: FileStore, hash: string): Promise<void> {
  if (!(await mayRemoveStoredFiles(work.trx))) return;
  if ((await isRosterFile(work.trx, hash)) || (await isMaterialFile(work.trx, hash))) return;
  if ((await findHub(work.trx))?.logo?.hash === hash) return;
  await files.remove(hash);
}

/** Removes the file of a form or a call that was refused, in a transaction of its own. */
export async function dropRefusedFile(
  { perform, files, log }: Pick<WebPlatform, "perform" | "files" | "log">,
  hash: string,
): Promise<void> {
  // Whoever sent it is told what to mend, whatever becomes of the file.
  await perform(system, (work) => removeUnneededFile(work, files, hash)).catch((error: unknown) =>
    log.warn({ err: describeError(error) }, "a refused file stayed in the store"),
  );
}
