import type { Hono } from "hono";
import { sql } from "kysely";
import type { Services } from "./services.ts";

/** For supervisors of processes: /healthz says that the process answers, /readyz that its database does too. */
export function mountStatus(app: Hono, services: Services): void {
  app.get("/healthz", (c) => c.json({ status: "ok" }));
  app.get("/readyz", async (c) => {
    try {
      await sql`select 1`.execute(services.database.db);
      return c.json({ status: "ready" });
    } catch {
      return c.json({ status: "the database does not answer" }, 503);
    }
  });
}
