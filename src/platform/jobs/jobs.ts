import { fromKysely, PgBoss } from "pg-boss";
import type { z } from "zod";
import type { OpenDatabase, Trx } from "../database/database.ts";
import { describeError, type Log } from "../log/log.ts";

/** Work that leaves the request: a name, what it is told, and what it does. It may be run twice, so it must be able to. */
export interface JobDefinition<Services, Payload = unknown> {
  name: string;
  /** What it does, in the words of the page that lists jobs: "Reading a roster". */
  label: string;
  payload: z.ZodType<Payload>;
  /** A cron expression for work that nobody asks for. */
  schedule?: string;
  /** How often a failed run is tried again. */
  retries: number;
  /** Seconds until the first further try, about doubled for each one after it up to `longest`. Without it, at once. */
  backoff?: { first: number; longest: number };
  /** How many of it this process works at a time, where what each waits for is elsewhere. Without it, one. */
  atOnce?: number;
  /** Seconds without a sign of life, from 10, after which a run counts as failed: its process was killed. Without it, an hour. */
  heartbeat?: number;
  handle(services: Services, payload: Payload): Promise<void>;
}

/** Declares a job with the type of its payload. */
export function defineJob<Services, Schema extends z.ZodType>(
  job: Omit<JobDefinition<Services, z.infer<Schema>>, "payload"> & { payload: Schema },
): JobDefinition<Services> {
  return job;
}

export interface Jobs {
  /** Puts a job into the queue as part of `trx`; it is worked at once, or after a moment. */
  enqueue(trx: Trx, name: string, payload: object, startAfter?: Date): Promise<void>;
  /** Begins to work the queues in this process. */
  work<Services>(services: Services, jobs: readonly JobDefinition<Services>[]): Promise<void>;
  stop(): Promise<void>;
}

/** Who is told of a job that this process has worked. */
export interface WatchJobs {
  onWorked?: (job: { name: string; seconds: number; failed: boolean; error?: unknown }) => void;
}

const LONGEST_JOB_SECONDS = 3600;

/** The job queue, in the hub's own database. Queues are made by the owner, since the application may create nothing. */
export async function openJobs(
  database: OpenDatabase,
  definitions: readonly JobDefinition<never>[],
  log: Log,
  watch: WatchJobs = {},
): Promise<Jobs> {
  await createQueues(database, definitions);
  const run = {
    executeSql: async (text: string, values: unknown[] = []) => database.pool.query(text, values),
  };
  const boss = new PgBoss({ db: run, schema: "pgboss", migrate: false, createSchema: false });
  boss.on("error", (error) => log.error({ err: describeError(error) }, "job queue"));
  let started = false;
  return {
    enqueue: async (trx, name, payload, startAfter) => {
      await boss.send(name, payload, { db: fromKysely(trx), ...(startAfter ? { startAfter } : {}) });
    },
    work: async (services, jobs) => {
      started = true;
      await boss.start();
      for (const job of jobs) {
        const options = { batchSize: 1, pollingIntervalSeconds: 0.5, localConcurrency: job.atOnce ?? 1 };
        await boss.work(job.name, options, async ([message]) => {
          if (!message) return;
          const started = performance.now();
          const seconds = (): number => (performance.now() - started) / 1000;
          try {
            await job.handle(services, job.payload.parse(message.data));
            watch.onWorked?.({ name: job.name, seconds: seconds(), failed: false });
          } catch (error) {
            watch.onWorked?.({ name: job.name, seconds: seconds(), failed: true, error });
            log.error({ job: job.name, err: describeError(error) }, "job failed");
            throw error;
          }
        });
        if (job.schedule) await boss.schedule(job.name, job.schedule, {});
      }
    },
    stop: async () => {
      if (started) await boss.stop({ graceful: true, timeout: 10_000 });
    },
  };
}

async function createQueues(
  database: OpenDatabase,
  definitions: readonly JobDefinition<never>[],
): Promise<void> {
  const owner = {
    executeSql: async (text: string, values: unknown[] = []) => database.ownerPool.query(text, values),
  };
  const boss = new PgBoss({
    db: owner,
    schema: "pgboss",
    migrate: false,
    createSchema: false,
    supervise: false,
    schedule: false,
  });
  boss.on("error", () => undefined);
  const { rows: known } = await database.ownerPool.query<{ name: string; heartbeat: number | null }>(
    "select name, heartbeat_seconds as heartbeat from pgboss.queue",
  );
  const queues = new Map(known.map((queue) => [queue.name, queue]));
  const missing = definitions.filter((job) => !queues.has(job.name));
  // Made by an earlier version, which had no heartbeat for it.
  const silent = definitions.filter(
    (job) => job.heartbeat !== undefined && queues.get(job.name)?.heartbeat === null,
  );
  if (missing.length === 0 && silent.length === 0) return;
  await boss.start();
  for (const job of missing)
    await boss.createQueue(job.name, {
      retryLimit: job.retries,
      ...(job.backoff
        ? { retryDelay: job.backoff.first, retryBackoff: true, retryDelayMax: job.backoff.longest }
        : {}),
      expireInSeconds: LONGEST_JOB_SECONDS,
      ...(job.heartbeat ? { heartbeatSeconds: job.heartbeat } : {}),
    });
  for (const job of silent)
    if (job.heartbeat) await boss.updateQueue(job.name, { heartbeatSeconds: job.heartbeat });
  await boss.stop({ graceful: false });
  await database.ownerPool.query(
    "grant select, insert, update, delete on all tables in schema pgboss to trellis_app",
  );
}
