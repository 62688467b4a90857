// A hub as a program of its own, for benchmarks that ask it over the network of this machine or kill it.
import { type ChildProcess, spawn } from "node:child_process";
import { type Agent, request } from "node:http";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { demoPassword } from "../src/app/demo/demo-people.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";

export interface Answer {
  status: number;
  body: string;
  cookies: string[];
  location: string;
}

export interface Sending {
  method?: string;
  cookie?: string;
  /** A form's fields. */
  form?: Record<string, string> | string;
  /** A body that is ready, with its type. */
  body?: Buffer;
  type?: string;
}

/** One request to the hub on this machine. Rejects where the connection breaks off. */
export function send(agent: Agent, port: number, path: string, options: Sending = {}): Promise<Answer> {
  const form = typeof options.form === "object" ? new URLSearchParams(options.form).toString() : options.form;
  const body = options.body ?? (form === undefined ? undefined : Buffer.from(form));
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        agent,
        host: "127.0.0.1",
        port,
        path,
        method: options.method ?? (body ? "POST" : "GET"),
        headers: {
          ...(options.cookie ? { cookie: options.cookie } : {}),
          ...(body
            ? {
                "content-type": options.type ?? "application/x-www-form-urlencoded",
                "content-length": body.length,
                origin: `http://127.0.0.1:${port}`,
              }
            : {}),
        },
      },
      (answer) => {
        const parts: Buffer[] = [];
        answer.on("data", (part: Buffer) => parts.push(part));
        answer.on("error", reject);
        answer.on("end", () =>
          answer.complete
            ? resolve({
                status: answer.statusCode ?? 0,
                body: Buffer.concat(parts).toString(),
                cookies: answer.headers["set-cookie"] ?? [],
                location: answer.headers.location ?? "",
              })
            : reject(new Error("the answer broke off")),
        );
      },
    );
    sent.setTimeout(20_000, () => sent.destroy(new Error("no answer")));
    sent.on("error", reject);
    sent.end(body);
  });
}

/** A port of this machine that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Starts the built hub. */
export function startHub(data: string, port: number, settings: Record<string, string> = {}): ChildProcess {
  const { DATABASE_URL: _, TRELLIS_SECRET: __, ...environment } = process.env;
  return spawn(process.execPath, [join(projectFolder, "dist/server/main.js")], {
    env: {
      ...environment,
      TRELLIS_DATA: data,
      PORT: String(port),
      LOG_LEVEL: "silent",
      TRELLIS_REQUESTS_PER_MINUTE: "10000000",
      ...settings,
    },
    stdio: "ignore",
  });
}

/** Waits until the hub answers and its database does too. @returns milliseconds. */
export async function untilReady(agent: Agent, port: number, seconds = 60): Promise<number> {
  const begun = performance.now();
  while (performance.now() - begun < seconds * 1000) {
    const answer = await send(agent, port, "/readyz").catch(() => null);
    if (answer?.status === 200) return performance.now() - begun;
    await wait(25);
  }
  throw new Error(`the hub was not ready after ${seconds} seconds`);
}

/** Signs in as somebody of the demonstration. @returns the cookie. */
export async function signIn(agent: Agent, port: number, email: string): Promise<string> {
  const answer = await send(agent, port, "/sign-in", { form: { email, password: demoPassword } });
  if (answer.status !== 303) throw new Error(`${email} could not sign in: ${answer.status}`);
  return answer.cookies.map((one) => one.split(";")[0]).join("; ");
}

/** Ends a program and waits for it. */
export function stop(child: ChildProcess, signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill(signal);
  });
}
