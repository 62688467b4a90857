// A site of this machine that links lead to in a test: each path answers in its own way.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Answer = (request: IncomingMessage, answer: ServerResponse) => void;

const status =
  (code: number, location?: string): Answer =>
  (_, answer) => {
    answer.writeHead(code, location ? { location } : {});
    answer.end();
  };

export interface LinkServer {
  /** What each path answers; one that is not here is a 404. */
  pages: Record<string, Answer>;
  status: (code: number, location?: string) => Answer;
  /** Method and path of each request, in their order. */
  seen: string[];
  /** How many requests were answered at a time since this was asked last, at most. */
  mostAtOnce(): number;
  /** @returns its address. */
  open(): Promise<string>;
  close(): Promise<void>;
}

export function openLinkServer(): LinkServer {
  const pages: LinkServer["pages"] = {
    "/fine": status(200),
    "/gone": status(404),
    "/fault": status(503),
    "/closed": status(403),
    "/moved": status(301, "/moved-again"),
    "/moved-again": status(308, "/fine"),
    "/passing": status(302, "/fine"),
    "/moved-then-passing": status(301, "/passing"),
    "/1": status(302, "/2"),
    "/2": status(302, "/3"),
    "/3": status(302, "/4"),
    "/4": status(302, "/fine"),
    "/loop": status(302, "/loop"),
    "/inwards": status(302, "http://169.254.169.254/latest/meta-data/"),
    "/file": status(302, "file:///etc/passwd"),
    "/broken": status(302, "http://["),
    "/only-get": (request, answer) => status(request.method === "HEAD" ? 405 : 200)(request, answer),
    "/hangs-up": (request, answer) =>
      request.method === "HEAD" ? request.socket.destroy() : status(200)(request, answer),
    // Without end: whoever reads it never comes back.
    "/endless": (request, answer) => {
      if (request.method === "HEAD") return status(500)(request, answer);
      answer.writeHead(200);
      const more = setInterval(() => answer.write("x".repeat(65_536)), 1);
      answer.on("close", () => clearInterval(more));
    },
  };
  const seen: string[] = [];
  let atOnce = 0;
  let most = 0;
  const server = createServer((request, answer) => {
    seen.push(`${request.method} ${request.url}`);
    atOnce += 1;
    most = Math.max(most, atOnce);
    setTimeout(() => {
      atOnce -= 1;
      (pages[request.url ?? ""] ?? status(404))(request, answer);
    }, 2);
  });
  return {
    pages,
    status,
    seen,
    mostAtOnce: () => {
      const was = most;
      most = 0;
      return was;
    },
    open: async () => {
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
