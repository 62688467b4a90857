import { createHash, timingSafeEqual } from "node:crypto";
import type { Hono } from "hono";
import type { Services } from "../services.ts";

/** For a Prometheus server: /metrics, where a token is configured, for whoever shows it. No session is looked up. */
export function mountMetrics(app: Hono, { config, metrics }: Services): void {
  const { metricsToken } = config;
  if (metricsToken === null) return;
  const wanted = digest(`Bearer ${metricsToken}`);
  app.get("/metrics", async (c) => {
    // Digests have one length, and comparing them takes one time.
    if (!timingSafeEqual(digest(c.req.header("authorization") ?? ""), wanted)) {
      c.header("WWW-Authenticate", "Bearer");
      return c.text("Send the token of TRELLIS_METRICS_TOKEN as a bearer token.\n", 401);
    }
    const { text, type } = await metrics.read();
    return c.body(text, 200, { "Content-Type": type, "Cache-Control": "no-store" });
  });
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
