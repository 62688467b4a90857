// Once per run: a PostgreSQL for all test files, and a template that is migrated and has the reference data.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { TestProject } from "vitest/node";
import { reference } from "../../src/app/modules.ts";
import { connect } from "../../src/platform/database/database.ts";
import { startEmbeddedServer } from "../../src/platform/database/embedded-server.ts";
import { loadReference } from "../../src/platform/database/reference.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The server's owner, and the database to clone. */
    server: { owner: pg.ClientConfig; template: string };
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
  project.provide("server", { owner, template });
  return async () => {
    await query(owner, `drop database if exists ${template} with (force)`).catch(() => undefined);
    await server?.leave();
    // As root the server's folder lies elsewhere.
    if (server) rmSync(server.folder, { recursive: true, force: true });
    rmSync(folder, { recursive: true, force: true });
  };
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
