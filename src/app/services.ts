import type { Config } from "../platform/config/config.ts";
import { type OpenDatabase, openDatabase, readSecret } from "../platform/database/database.ts";
import { loadReference } from "../platform/database/reference.ts";
import { createPerformWork, type PerformBulk, type PerformWork } from "../platform/events/work.ts";
import type { FileStore } from "../platform/files/files.ts";
import { openFileStore } from "../platform/files/open-file-store.ts";
import { type Jobs, openJobs, type WatchJobs } from "../platform/jobs/jobs.ts";
import { createLog, type Log } from "../platform/log/log.ts";
import { createSignIn, type SignIn } from "../platform/sign-in/sign-in.ts";
import { createSingleSignOn, type SingleSignOn } from "../platform/sign-in/single-sign-on.ts";
import { createFailures, type Failures } from "../platform/watching/failures.ts";
import { createMetrics, type Metrics } from "../platform/watching/metrics.ts";
import { queueWebhooks } from "../platform/webhooks/webhook.actions.ts";
import { loop } from "./loop.ts";
import { events, jobs, reference } from "./modules.ts";

/** Everything the hub runs on, made once per process. */
export interface Services {
  config: Config;
  database: OpenDatabase;
  log: Log;
  clock: () => Date;
  jobs: Jobs;
  signIn: SignIn;
  singleSignOn: SingleSignOn | null;
  perform: PerformWork;
  performBulk: PerformBulk;
  files: FileStore;
  metrics: Metrics;
  failures: Failures;
  close(): Promise<void>;
}

/** Opens the database, brings schema and reference data up to date, and makes the services. */
export async function openServices(
  config: Config,
  options: { log?: Log; clock?: () => Date } = {},
): Promise<Services> {
  const database = await openDatabase(config);
  try {
    await loadReference(database.ownerPool, reference);
    return await createServices(config, database, options);
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** As openServices, over a database that is open and up to date (tests). */
export async function createServices(
  config: Config,
  database: OpenDatabase,
  options: { log?: Log; clock?: () => Date } = {},
): Promise<Services> {
  const log = options.log ?? createLog(config.logLevel);
  const clock = options.clock ?? (() => new Date());
  const watchJobs: WatchJobs = {};
  const openedJobs = await openJobs(database, jobs, log, watchJobs);
  const signIn = createSignIn(config, readSecret(config), database);
  const singleSignOn = createSingleSignOn(config);
  const { perform, performBulk } = createPerformWork({
    db: database.db,
    pool: database.pool,
    clock,
    events,
    subscriptions: loop,
    querySeconds: config.querySeconds,
    enqueue: openedJobs.enqueue,
    afterRecord: queueWebhooks,
  });
  const metrics = createMetrics({ pool: database.pool, perform, jobNames: jobs.map((job) => job.name) });
  const store = openFileStore(config);
  const files: FileStore = {
    ...store,
    put: async (content, acceptance) => {
      const stored = await store.put(content, acceptance);
      metrics.file(stored);
      return stored;
    },
  };
  const failures = createFailures({ perform, clock, log });
  watchJobs.onWorked = (job) => {
    metrics.job(job);
    if (job.failed) failures.note({ kind: "job", place: job.name, error: job.error });
  };
  const close = async (): Promise<void> => {
    await openedJobs.stop();
    await failures.settle();
    await signIn.close();
    await database.close();
  };
  return {
    config,
    database,
    log,
    clock,
    jobs: openedJobs,
    signIn,
    singleSignOn,
    perform,
    performBulk,
    files,
    metrics,
    failures,
    close,
  };
}
