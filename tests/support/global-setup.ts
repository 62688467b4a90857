// Once per run: a PostgreSQL for all test files, a template that is migrated and has the reference data, and one with the
// demonstration besides.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { loadDemo } from "../../src/app/demo/load-demo.ts";
import { reference } from "../../src/app/modules.ts";
import { createServices } from "../../src/app/services.ts";
import { readConfig } from "../../src/platform/config/config.ts";
import { connect } from "../../src/platform/database/database.ts";
import { startEmbeddedServer } from "../../src/platform/database/embedded-server.ts";
import { loadReference } from "../../src/platform/database/reference.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server's owner, the databases to clone, and a folder that is removed after the run. */
    server: { owner: pg.ClientConfig; template: string; demoTemplate: string; folder: string };
  }
}

export const TEST_SECRET = "a secret for tests only, nothing real";

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "trellis-test-"));
  const external = process.env["TEST_DATABASE_URL"];
  const server = external ? null : await startEmbeddedServer(folder, { max_connections: "300" });
  const owner: pg.ClientConfig = server ? server.owner : { connectionString: external };
  const template = `trellis_template_${process.pid}`;
  await query(owner, `create database ${template}`);
  const database = await connect(withDatabase(owner, template), TEST_SECRET);
  await loadReference(database.ownerPool, reference);
  await database.close();
  const demoTemplate = `${template}_demo`;
  await query(owner, `create database ${demoTemplate} template ${template}`);
  await loadDemoInto(withDatabase(owner, demoTemplate), folder);
  project.provide("server", { owner, template, demoTemplate, folder });
  return async () => {
    for (const name of [demoTemplate, template])
      await query(owner, `drop database if exists ${name} with (force)`).catch(() => undefined);
    await server?.leave();
    // As root the server's folder lies elsewhere.
    if (server) rmSync(server.folder, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
}

/** The settings of hubs in tests. */
export const testSettings = (folder: string): Record<string, string> => ({
  TRELLIS_DATA: folder,
  TRELLIS_SECRET: TEST_SECRET,
  LOG_LEVEL: process.env["TEST_LOG"] ?? "silent",
  PORT: "0",
  TRELLIS_REQUESTS_PER_MINUTE: "1000000",
  TRELLIS_PASSWORD_COST: "14",
});

async function loadDemoInto(owner: pg.ClientConfig, folder: string): Promise<void> {
  const connected = await connect(owner, TEST_SECRET);
  const config = readConfig(testSettings(folder));
  const services = await createServices(config, { ...connected, place: "demo", note: null });
  await loadDemo(services, { onlyIfNew: false });
  await services.close();
}

/** The same server, another database. */
export function withDatabase(owner: pg.ClientConfig, database: string): pg.ClientConfig {
  if (!owner.connectionString) return { ...owner, database };
  const url = new URL(owner.connectionString);
  url.pathname = `/${database}`;
  return { connectionString: url.href };
}

export async function query(owner: pg.ClientConfig, text: string): Promise<void> {
  const client = new pg.Client(owner);
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
