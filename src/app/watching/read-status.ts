import { readFileSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { join } from "node:path";
import { getHubOrganization } from "../../modules/directory/index.ts";
import { projectFolder } from "../../platform/config/project-folder.ts";
import type { Trx } from "../../platform/database/database.ts";
import { listKnownMigrations } from "../../platform/database/migrate.ts";
import { countFailuresSince } from "../../platform/watching/failure.store.ts";
import {
  findLastBackup,
  readDatabaseState,
  readQueueState,
  readSealState,
} from "../../platform/watching/hub-state.store.ts";
import type { WebPlatform } from "../../platform/web/route.ts";
import {
  backupLine,
  databaseLine,
  diskLine,
  failureLine,
  filesLine,
  mailLine,
  programLine,
  queueLine,
  type StatusLine,
  sealLine,
} from "./status-lines.ts";

const DAY = 86_400_000;

/** Looks at everything the hub stands on. */
export async function readStatus(
  trx: Trx,
  { config, files }: Pick<WebPlatform, "config" | "files">,
  now: Date,
  isAdministrator: boolean,
): Promise<StatusLine[]> {
  const isReachable = await files.check().then(
    () => true,
    () => false,
  );
  const database = await readDatabaseState(trx);
  const about = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { version: string };
  const lines = [
    programLine({
      version: about.version,
      known: listKnownMigrations(),
      applied: database.migrations,
      startedAt: new Date(now.getTime() - process.uptime() * 1000),
      now,
    }),
    databaseLine(database),
    diskLine(await readDisk(config.dataFolder)),
    filesLine(files.place, isReachable),
    backupLine(await findLastBackup(trx, (await getHubOrganization(trx)).id), now),
    sealLine(await readSealState(trx), now),
    queueLine(await readQueueState(trx), isAdministrator),
    mailLine(config.mail?.host ?? null),
  ];
  // Administrators alone see what failed.
  if (isAdministrator) lines.push(failureLine(await countFailuresSince(trx, new Date(now.getTime() - DAY))));
  return lines;
}

async function readDisk(folder: string): Promise<{ free: number; size: number } | null> {
  try {
    const disk = await statfs(folder);
    return { free: disk.bavail * disk.bsize, size: disk.blocks * disk.bsize };
  } catch {
    return null;
  }
}
