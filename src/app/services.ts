import type { Config } from "../platform/config/config.ts";
import { type OpenDatabase, openDatabase, readSecret } from "../platform/database/database.ts";
import { loadReference } from "../platform/database/reference.ts";
import { createPerformWork, type PerformBulk, type PerformWork } from "../platform/events/work.ts";
import { type Jobs, openJobs } from "../platform/jobs/jobs.ts";
import { createLog, type Log } from "../platform/log/log.ts";
import { createSignIn, type SignIn } from "../platform/sign-in/sign-in.ts";
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
  perform: PerformWork;
  performBulk: PerformBulk;
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
  const openedJobs = await openJobs(database, jobs, log);
  const signIn = createSignIn(config, readSecret(config), database);
  const { perform, performBulk } = createPerformWork({
    db: database.db,
    pool: database.pool,
    clock,
    events,
    subscriptions: loop,
    enqueue: openedJobs.enqueue,
  });
  const close = async (): Promise<void> => {
    await openedJobs.stop();
    await signIn.close();
    await database.close();
  };
  return { config, database, log, clock, jobs: openedJobs, signIn, perform, performBulk, close };
}
