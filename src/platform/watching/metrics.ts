import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { system } from "../database/actor.ts";
import type { OpenDatabase } from "../database/database.ts";
import type { PerformWork } from "../events/work.ts";
import { countMails } from "../mail/mail.store.ts";
import { countJobsByName } from "./counts.store.ts";

/** What the hub counts of itself, in the form that Prometheus reads. No label names a person, an organization or a thing. */
export interface Metrics {
  request(seen: { method: string; route: string; status: number; seconds: number }): void;
  job(seen: { name: string; seconds: number; failed: boolean }): void;
  file(seen: { bytes: number }): void;
  /** The text of /metrics, and its content type. */
  read(): Promise<{ text: string; type: string }>;
}

const METHODS = new Set(["GET", "HEAD", "POST"]);
const REQUEST_SECONDS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const JOB_SECONDS = [0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600];

export function createMetrics(hub: {
  pool: OpenDatabase["pool"];
  perform: PerformWork;
  jobNames: readonly string[];
}): Metrics {
  // A registry of its own: nothing that a package counts for itself, and several hubs in one process do not meet.
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "trellis_request_seconds",
    help: "Requests by route pattern, method and status, in seconds.",
    labelNames: ["method", "route", "status"],
    buckets: REQUEST_SECONDS,
    registers,
  });
  const worked = new Histogram({
    name: "trellis_job_seconds",
    help: "Jobs worked by this process, in seconds.",
    labelNames: ["job", "result"],
    buckets: JOB_SECONDS,
    registers,
  });
  const files = new Counter({
    name: "trellis_uploads_total",
    help: "Files received by this process.",
    registers,
  });
  const bytes = new Counter({
    name: "trellis_upload_bytes_total",
    help: "Bytes of files received by this process.",
    registers,
  });
  registry.registerMetric(gaugePool(hub.pool));
  registry.registerMetric(gaugeJobs(hub));
  registry.registerMetric(gaugeMails(hub));
  return {
    request: ({ method, route, status, seconds }) =>
      requests.observe(
        { method: METHODS.has(method) ? method : "other", route, status: String(status) },
        seconds,
      ),
    job: ({ name, seconds, failed }) =>
      worked.observe({ job: name, result: failed ? "failed" : "done" }, seconds),
    file: (file) => {
      files.inc();
      bytes.inc(file.bytes);
    },
    read: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}

function gaugePool(pool: OpenDatabase["pool"]): Gauge {
  return new Gauge({
    name: "trellis_database_connections",
    help: "Connections of this process's pool to the database, by what they do; waiting: requests without one.",
    labelNames: ["state"],
    registers: [],
    collect() {
      this.set({ state: "busy" }, pool.totalCount - pool.idleCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
}

/** Counted in the database at the moment of asking; where it does not answer, there are none. */
function gaugeJobs(hub: { perform: PerformWork; jobNames: readonly string[] }): Gauge {
  return new Gauge({
    name: "trellis_jobs",
    help: "Jobs in the queue by name and state; finished ones are kept for some days.",
    labelNames: ["job", "state"],
    registers: [],
    async collect() {
      const counts = await hub.perform(system, (work) => countJobsByName(work.trx)).catch(() => []);
      this.reset();
      const known = counts.filter(({ name }) => hub.jobNames.includes(name));
      for (const { name, state, count } of known) this.set({ job: name, state }, count);
    },
  });
}

function gaugeMails(hub: { perform: PerformWork }): Gauge {
  return new Gauge({
    name: "trellis_mails",
    help: "Mails in the outbox by state.",
    labelNames: ["state"],
    registers: [],
    async collect() {
      const counts = await hub.perform(system, (work) => countMails(work.trx)).catch(() => null);
      this.reset();
      for (const [state, count] of counts ?? []) this.set({ state }, count);
    },
  });
}
