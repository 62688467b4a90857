import { z } from "zod";
import { defineEvent } from "../events/event.ts";

const size = { tables: z.number(), rows: z.number(), files: z.number(), encrypted: z.boolean() };

export const backupWritten = defineEvent("platform.backup-written", z.object({ ...size, bytes: z.number() }));
export const backupRestored = defineEvent(
  "platform.backup-restored",
  z.object({ ...size, takenAt: z.string(), trellis: z.string() }),
);

/** What is recorded of backups. */
export const backupEvents = [backupWritten, backupRestored] as const;
