import type { Work } from "../../../platform/events/work.ts";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import { rosterUndone } from "../events.ts";
import { findRoster, lockOrganizationRecords, lockRoster, updateRoster } from "./roster.store.ts";
import { restoreBefore, whyNotUndo } from "./undo.store.ts";

/** Undoes a committed roster: changed and archived rows get their earlier values back, new ones go. */
export async function undoRoster(work: Work, id: string): Promise<void> {
  const found = await findRoster(work.trx, id);
  if (!found) throw notFound("This roster");
  await lockOrganizationRecords(work.trx, found.organizationId);
  const roster = (await lockRoster(work.trx, id)) ?? found;
  const reason = await whyNotUndo(work.trx, roster);
  if (reason) throw conflict(reason);
  await restoreBefore(work.trx, roster);
  await updateRoster(work.trx, id, { state: "undone", undoneAt: work.now });
  await work.record(rosterUndone, {
    organizationId: roster.organizationId,
    subject: ["roster", id],
    data: { roster: id },
  });
}
