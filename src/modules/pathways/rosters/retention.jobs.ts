import { z } from "zod";
import { system } from "../../../platform/database/actor.ts";
import type { Work } from "../../../platform/events/work.ts";
import { mayRemoveStoredFiles } from "../../../platform/files/file-lock.store.ts";
import type { FileStore } from "../../../platform/files/files.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { isMaterialFile } from "../../library/index.ts";
import { rosterFileRemoved } from "../events.ts";
import { listRemovableFiles, noteFilesRemoved } from "./retention.store.ts";
import type { RosterServices } from "./roster.jobs.ts";

const DAY = 86_400_000;

/** Removes the files of rosters that were put aside long ago. While a backup copies them they wait for the next day. */
export async function removeDiscardedFiles(work: Work, files: FileStore, keepDays: number): Promise<void> {
  if (!(await mayRemoveStoredFiles(work.trx))) return;
  const removable = await listRemovableFiles(work.trx, new Date(work.now.getTime() - keepDays * DAY));
  await noteFilesRemoved(
    work.trx,
    removable.map(({ id }) => id),
    work.now,
  );
  for (const { organizationId, id } of removable)
    await work.record(rosterFileRemoved, { organizationId, subject: ["roster", id], data: { roster: id } });
  // Last: what is noted as removed and is there still, because this broke off, is removed the next time.
  for (const hash of new Set(removable.map(({ fileHash }) => fileHash)))
    if (!(await isMaterialFile(work.trx, hash))) await files.remove(hash);
}

/** What is not kept for ever. */
export const retentionJobs: JobDefinition<RosterServices>[] = [
  defineJob<RosterServices, z.ZodObject>({
    name: "pathways.remove-discarded-files",
    label: "Removing files that were put aside",
    payload: z.object({}),
    schedule: "41 3 * * *",
    retries: 0,
    handle: (services) =>
      services.perform(system, (work) =>
        removeDiscardedFiles(work, services.files, services.config.keepDiscardedDays),
      ),
  }),
];
