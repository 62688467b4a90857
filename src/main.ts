// The hub: read the settings, open the services, listen; on a signal, close in reverse order.
import { createAdaptorServer } from "@hono/node-server";
import { createApp } from "./app/create-app.ts";
import { loadDemoAtStart } from "./app/demo/load-demo.ts";
import { jobs } from "./app/modules.ts";
import { openServices, type Services } from "./app/services.ts";
import { welcome } from "./app/welcome.ts";
import { ConfigError, readConfig } from "./platform/config/config.ts";

/** nginx keeps a connection to a server behind it for a minute, Caddy for two. */
const KEEP_ALIVE_MS = 125_000;
/** A recording of an hour over a slow line takes this long to arrive; Node's own limit is five minutes. */
const LONGEST_REQUEST_MS = 2 * 3_600_000;

async function start(): Promise<void> {
  const config = readConfig(process.env);
  const withDemo = !process.argv.includes("--empty");
  const services = await openServices(config);
  try {
    const note = withDemo ? await loadDemoAtStart(services) : null;
    await services.jobs.work(services, jobs);
    await listen(services, note);
  } catch (error) {
    await services.close();
    throw error;
  }
}

function listen(services: Services, note: string | null): Promise<void> {
  const { config } = services;
  const server = createAdaptorServer({ fetch: createApp(services).fetch });
  // Longer than proxies keep a connection: otherwise one is closed here just as they send the next request on it.
  if ("keepAliveTimeout" in server) server.keepAliveTimeout = KEEP_ALIVE_MS;
  if ("requestTimeout" in server) server.requestTimeout = LONGEST_REQUEST_MS;
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const taken = error.code === "EADDRINUSE";
      reject(
        taken
          ? new ConfigError(
              `Port ${config.port} on ${config.host} is taken. Choose another: PORT=3001 npm start`,
            )
          : error,
      );
    });
    server.listen(config.port, config.host, () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : config.port;
      void welcome(services, port, note).then((lines) => process.stdout.write(`${lines}\n`));
      resolve();
    });
    let closing = false;
    const stop = (): void => {
      if (closing) return;
      closing = true;
      // What is being answered is finished; connections kept open without a request are closed.
      server.close(() => void services.close().then(() => process.exit(0)));
      // Again and again: one that is still answering is idle after that, and would stay open.
      setInterval(() => "closeIdleConnections" in server && server.closeIdleConnections(), 100).unref();
      setTimeout(() => "closeAllConnections" in server && server.closeAllConnections(), 10_000).unref();
    };
    process.on("SIGTERM", stop);
    process.on("SIGINT", stop);
  });
}

start().catch((error: unknown) => {
  // A setting that cannot be used is the person's to mend: its message, without a trace.
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : error instanceof Error ? `Trellis did not start: ${error.message}\n${error.cause instanceof Error ? error.cause.message : (error.stack ?? "")}` : String(error)}\n`,
  );
  process.exit(1);
});
