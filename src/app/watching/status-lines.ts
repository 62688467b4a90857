import type { Child } from "hono/jsx";
import type {
  DatabaseState,
  LastBackup,
  QueueState,
  SealState,
} from "../../platform/watching/hub-state.store.ts";
import { momentInWords } from "../../ui/moment.ts";
import { numberText } from "../../ui/number-text.ts";

export type Verdict = "good" | "look" | "wrong";

/** One thing that is looked at: how it is, and what to do where it is not well. */
export interface StatusLine {
  label: string;
  verdict: Verdict;
  says: Child;
  todo?: string;
  link?: { label: string; href: string };
}

const GIGABYTE = 1024 ** 3;
const DAY = 86_400_000;
const MINUTE = 60_000;

/** "1.5 GB", "12 MB". */
export function bytesText(bytes: number): string {
  const units = ["KB", "MB", "GB", "TB"];
  let size = bytes / 1024;
  let place = 0;
  while (size >= 1000 && place < units.length - 1) {
    size /= 1024;
    place += 1;
  }
  return `${numberText(size >= 10 ? Math.round(size) : Math.round(size * 10) / 10)} ${units[place]}`;
}

/** "3 days", "5 hours", "2 minutes". */
export function durationText(milliseconds: number): string {
  const minutes = Math.floor(milliseconds / MINUTE);
  const [count, unit] =
    minutes >= 2880
      ? [Math.floor(minutes / 1440), "day"]
      : minutes >= 120
        ? [Math.floor(minutes / 60), "hour"]
        : [minutes, "minute"];
  return count === 0 ? "less than a minute" : `${numberText(count)} ${unit}${count === 1 ? "" : "s"}`;
}

/** The program: its version, and whether the database is of the same one. */
export function programLine(about: {
  version: string;
  known: readonly string[];
  applied: readonly string[];
  startedAt: Date;
  now: Date;
}): StatusLine {
  const says = `Version ${about.version}, running for ${durationText(about.now.getTime() - about.startedAt.getTime())} on Node.js ${process.versions.node}. ${about.applied.length} migrations, the newest is ${about.applied.at(-1) ?? "none"}.`;
  const isAhead = about.applied.some((name) => !about.known.includes(name));
  const isBehind = about.known.some((name) => !about.applied.includes(name));
  if (isAhead || isBehind)
    return {
      label: "Trellis",
      verdict: "wrong",
      says,
      todo: isAhead
        ? "The database belongs to a newer version. Stop this process and start the newer one."
        : "A migration has not run. Restart the hub.",
    };
  return { label: "Trellis", verdict: "good", says };
}

/** The database server. */
export function databaseLine(database: DatabaseState): StatusLine {
  const { version, bytes, connections, mostConnections, oldestTransaction } = database;
  const oldest = oldestTransaction * 1000;
  const isFull = connections > mostConnections * 0.8;
  const says = `PostgreSQL ${version}, ${bytesText(bytes)}. ${connections} of ${mostConnections} connections are in use. ${oldest < MINUTE ? "No transaction lasts longer than a minute." : `The oldest transaction has lasted ${durationText(oldest)}.`}`;
  if (isFull)
    return {
      label: "Database",
      verdict: "look",
      says,
      todo: "Nearly all connections are taken. Find out what else uses this server, or raise its max_connections.",
    };
  if (oldest > 60 * MINUTE)
    return {
      label: "Database",
      verdict: "look",
      says,
      todo: "A transaction this old keeps the database from tidying up. If no large import or backup is running, restart the hub.",
    };
  return { label: "Database", verdict: "good", says };
}

/** The disk that the data folder lies on. */
export function diskLine(disk: { free: number; size: number } | null): StatusLine {
  const label = "Disk of the data folder";
  if (!disk)
    return {
      label,
      verdict: "look",
      says: "How much is free could not be found out.",
      todo: "Look on the machine itself.",
    };
  const share = disk.size > 0 ? disk.free / disk.size : 1;
  const says = `${bytesText(disk.free)} of ${bytesText(disk.size)} are free.`;
  const todo = "Make room or enlarge the disk: a full one stops uploads, backups and the embedded database.";
  if (disk.free < GIGABYTE / 2 || share < 0.02) return { label, verdict: "wrong", says, todo };
  if (disk.free < 5 * GIGABYTE || share < 0.1) return { label, verdict: "look", says, todo };
  return { label, verdict: "good", says };
}

/** Where uploaded files are kept. */
export function filesLine(place: string, isReachable: boolean): StatusLine {
  return isReachable
    ? { label: "Uploaded files", verdict: "good", says: `Kept in ${place}.` }
    : {
        label: "Uploaded files",
        verdict: "wrong",
        says: `Kept in ${place}, which cannot be reached.`,
        todo: "Until it answers nothing can be uploaded or read. Look at the disk, or at the store's settings (TRELLIS_S3_…).",
      };
}

/** When the hub was last backed up. */
export function backupLine(backup: LastBackup | null, now: Date): StatusLine {
  const label = "Last backup";
  const todo =
    "Make one with “npm run trellis -- backup FILE”, and let a timer do it daily (see docs/deployment.md).";
  if (!backup) return { label, verdict: "look", says: "No backup of this hub has been made yet.", todo };
  const age = now.getTime() - backup.at.getTime();
  const says =
    backup.event === "platform.backup-restored"
      ? `This hub was restored from a backup on ${momentInWords(backup.at)}, and none was made since.`
      : `${momentInWords(backup.at)}, ${backup.encrypted ? "encrypted" : "not encrypted"}${backup.bytes === null ? "" : `, ${bytesText(backup.bytes)}`}.`;
  if (age > 14 * DAY) return { label, verdict: "wrong", says, todo };
  if (age > 2 * DAY || backup.event === "platform.backup-restored")
    return { label, verdict: "look", says, todo };
  return { label, verdict: "good", says };
}

/** Up to when the audit is sealed. */
export function sealLine(seal: SealState, now: Date): StatusLine {
  const label = "Audit";
  const says = `${seal.sealedAt ? `Sealed up to ${momentInWords(seal.sealedAt)}` : "Nothing is sealed yet"}. ${seal.waiting === 0 ? "No entry waits." : seal.waiting === 1 ? "One entry waits." : `${numberText(seal.waiting)} entries wait.`}`;
  const late = seal.oldestWaiting && now.getTime() - seal.oldestWaiting.getTime() > 15 * MINUTE;
  if (late)
    return {
      label,
      verdict: "wrong",
      says,
      todo: "Sealing runs every minute and has not for a quarter of an hour. Look at the jobs; a transaction that lasts that long holds it up, too.",
    };
  return { label, verdict: "good", says };
}

/** The queue. */
export function queueLine(queue: QueueState, maySeeJobs: boolean): StatusLine {
  const label = "Work in the background";
  const says = `${queue.waiting === 0 ? "Nothing waits" : queue.waiting === 1 ? "One job waits" : `${numberText(queue.waiting)} jobs wait`}, ${queue.failed === 0 ? "none has failed" : `${numberText(queue.failed)} failed`}.`;
  const link = maySeeJobs
    ? {
        label: queue.failed > 0 ? "See what failed" : "See the jobs",
        href: queue.failed > 0 ? "/jobs?state=failed" : "/jobs",
      }
    : undefined;
  const more = link ? { link } : {};
  if (queue.overdue > 15 * 60)
    return {
      label,
      verdict: "wrong",
      says,
      todo: `A job has been due for ${durationText(queue.overdue * 1000)}. Restart the hub; if that does not help, look at the log.`,
      ...more,
    };
  if (queue.failed > 0)
    return { label, verdict: "look", says, todo: "Read why, mend it, and try again.", ...more };
  return { label, verdict: "good", says, ...more };
}

/** Whether mail leaves the hub. */
export function mailLine(host: string | null): StatusLine {
  return host === null
    ? {
        label: "Mail",
        verdict: "look",
        says: "No mail server is set: mail stays in the hub.",
        todo: "Set TRELLIS_SMTP_URL and TRELLIS_MAIL_FROM.",
      }
    : { label: "Mail", verdict: "good", says: `Sent through ${host}.` };
}

/** What failed of late. */
export function failureLine(kinds: number): StatusLine {
  const link = { label: "See the errors", href: "/status/errors" };
  return kinds === 0
    ? { label: "Errors", verdict: "good", says: "Nothing has failed in the last 24 hours.", link }
    : {
        label: "Errors",
        verdict: "look",
        says: `${kinds === 1 ? "One kind of request or job" : `${numberText(kinds)} kinds of requests or jobs`} failed in the last 24 hours.`,
        todo: "Read where and how often; send the list to whoever maintains your Trellis.",
        link,
      };
}
