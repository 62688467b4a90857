// A hub of its own for a test file: a database cloned from the template, the services, the app.
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Hono } from "hono";
import { afterAll, inject } from "vitest";
import { createApp } from "../../src/app/create-app.ts";
import { demoPassword } from "../../src/app/demo/demo-people.ts";
import { loadDemo } from "../../src/app/demo/load-demo.ts";
import { jobs } from "../../src/app/modules.ts";
import { createServices, type Services } from "../../src/app/services.ts";
import { type Config, readConfig } from "../../src/platform/config/config.ts";
import { connect, type OpenDatabase } from "../../src/platform/database/database.ts";
import type { Log } from "../../src/platform/log/log.ts";
import { forgetAllAttempts } from "../../src/platform/web/rate-limit.ts";
import { query, TEST_SECRET, testSettings, withDatabase } from "./global-setup.ts";

export interface TestHub {
  services: Services;
  app: Hono;
  config: Config;
  /** Signs in through the front door. @returns the cookie header. */
  signIn(email: string, password?: string): Promise<string>;
  get(path: string, cookie?: string, headers?: Record<string, string>): Promise<Response>;
  /** Sends a form as a page of the hub would. */
  post(path: string, form: Record<string, string | string[]>, cookie?: string): Promise<Response>;
  /** Works what is waiting in the job queue until nothing waits. */
  workJobs(): Promise<void>;
}

let count = 0;

export interface TestHubOptions {
  demo?: boolean;
  config?: Record<string, string>;
  clock?: () => Date;
  log?: Log;
}

/** Makes the hub, and removes it after the test file. */
export async function createTestHub(options: TestHubOptions = {}): Promise<TestHub> {
  const { owner, template, demoTemplate, folder: ofRun } = inject("server");
  forgetAllAttempts();
  count += 1;
  const name = `trellis_test_${process.pid}_${process.env["VITEST_POOL_ID"] ?? "0"}_${count}_${Date.now().toString(36)}`;
  // The demonstration was loaded once for all, but for hubs where it would come out otherwise.
  const isOwnDemo = Boolean(options.clock ?? options.config?.["TRELLIS_WITHHOLD_BELOW"]);
  const isCloned = options.demo && !isOwnDemo;
  await query(owner, `create database ${name} template ${isCloned ? demoTemplate : template}`);
  const folder = mkdtempSync(join(ofRun, "hub-"));
  const config = readConfig({ ...testSettings(folder), ...options.config });
  const connected = await connect(withDatabase(owner, name), TEST_SECRET);
  const database: OpenDatabase = { ...connected, place: name, note: null };
  const services = await createServices(config, database, {
    ...(options.clock ? { clock: options.clock } : {}),
    ...(options.log ? { log: options.log } : {}),
  });
  if (options.demo && !isCloned) await loadDemo(services, { onlyIfNew: false });
  const app = createApp(services);
  afterAll(async () => {
    await services.close();
    await query(owner, `drop database if exists ${name} with (force)`).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });
  return { services, app, config, ...frontDoor(app), workJobs: () => workJobs(services) };
}

function frontDoor(app: Hono): Pick<TestHub, "signIn" | "get" | "post"> {
  const origin = "http://localhost";
  const get: TestHub["get"] = async (path, cookie, headers = {}) =>
    app.request(`${origin}${path}`, { headers: { ...(cookie ? { cookie } : {}), ...headers } });
  const post: TestHub["post"] = async (path, form, cookie) => {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(form))
      for (const one of Array.isArray(value) ? value : [value]) body.append(name, one);
    return app.request(`${origin}${path}`, {
      method: "POST",
      body,
      headers: {
        origin,
        "content-type": "application/x-www-form-urlencoded",
        "sec-fetch-site": "same-origin",
        ...(cookie ? { cookie } : {}),
      },
    });
  };
  const signIn: TestHub["signIn"] = async (email, password = demoPassword) => {
    const answer = await post("/sign-in", { email, password });
    if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`);
    return answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(";")[0])
      .join("; ");
  };
  return { get, post, signIn };
}

/** Jobs are done here, one after another, in the test's own time. */
async function workJobs(services: Services): Promise<void> {
  for (;;) {
    const { rows } = await services.database.ownerPool.query<{ id: string; name: string; data: unknown }>(
      "update pgboss.job set state = 'completed', completed_on = now() where id = (select id from pgboss.job where state in ('created', 'retry') order by created_on, id limit 1) returning id, name, data",
    );
    const [message] = rows;
    if (!message) return;
    const job = jobs.find((one) => one.name === message.name);
    if (job) await job.handle(services, job.payload.parse(message.data));
  }
}
