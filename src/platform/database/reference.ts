import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { projectFolder } from "../config/project-folder.ts";

/** Reference data that one module loads: again only when one of its files, or the loader's version, has changed. */
export interface ReferenceLoader {
  name: string;
  /** Files in reference/ that it reads. */
  files: readonly string[];
  /** Count up when the loading itself changes. */
  version: number;
  load(client: pg.ClientBase): Promise<void>;
}

/** Loads what has changed, each loader in one transaction under a lock. @returns the names loaded now. */
export async function loadReference(
  ownerPool: pg.Pool,
  loaders: readonly ReferenceLoader[],
): Promise<string[]> {
  const loaded: string[] = [];
  const client = await ownerPool.connect();
  try {
    for (const loader of loaders) {
      const hash = hashOf(loader);
      const known = await client.query("select from platform.reference_file where name = $1 and hash = $2", [
        loader.name,
        hash,
      ]);
      if (known.rowCount) continue;
      await client.query("begin");
      try {
        await client.query("select pg_advisory_xact_lock(hashtext('trellis reference'))");
        await loader.load(client);
        await client.query(
          "insert into platform.reference_file (name, hash) values ($1, $2) on conflict (name) do update set hash = excluded.hash, loaded_at = now()",
          [loader.name, hash],
        );
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw error;
      }
      loaded.push(loader.name);
    }
  } finally {
    client.release();
  }
  return loaded;
}

function hashOf(loader: ReferenceLoader): string {
  const hash = createHash("sha256").update(String(loader.version));
  for (const file of loader.files) hash.update(readFileSync(join(projectFolder, "reference", file)));
  return hash.digest("hex");
}
