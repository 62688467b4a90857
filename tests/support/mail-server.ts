// A real mail server on this machine, which keeps what it is given and answers as a test tells it to.
import type { AddressInfo, Socket } from "node:net";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

export interface ReceivedMail {
  from: string;
  to: string[];
  /** As it came, header and all. */
  raw: string;
  /** Unfolded, decoded, by lower-case name. */
  headers: Map<string, string>;
  text: string;
  html: string;
}

export interface MailServer {
  received: ReceivedMail[];
  port: number;
  /** What it answers instead of taking a recipient, or a whole mail; null takes it. */
  refuseRecipient: { code: number; text: string } | null;
  refuseMail: { code: number; text: string } | null;
  /** Milliseconds between a mail's last line and its confirmation. */
  delay: number;
  /** Hangs up when it has a whole mail, and confirms nothing. */
  hangsUp: boolean;
  close(): Promise<void>;
}

const answer = (refusal: { code: number; text: string }): Error =>
  Object.assign(new Error(refusal.text), { responseCode: refusal.code });

/** Starts a mail server on 127.0.0.1. @param port 0 takes a free one. */
export async function startMailServer(port = 0, options: SMTPServerOptions = {}): Promise<MailServer> {
  const sockets = new Set<Socket>();
  const smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    ...options,
    onRcptTo: (_address, _session, done) =>
      done(server.refuseRecipient ? answer(server.refuseRecipient) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        if (server.refuseMail) return done(answer(server.refuseMail));
        const { mailFrom, rcptTo } = session.envelope;
        server.received.push({
          from: mailFrom ? mailFrom.address : "",
          to: rcptTo.map(({ address }) => address),
          ...readMail(Buffer.concat(chunks).toString("latin1")),
        });
        if (server.hangsUp) for (const socket of sockets) socket.destroy();
        else setTimeout(() => done(), server.delay);
      });
    },
  });
  // Connections that are cut off by a test are no news.
  smtp.on("error", () => undefined);
  smtp.server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => {
    smtp.listen(port, "127.0.0.1", resolve);
  });
  const server: MailServer = {
    received: [],
    port: (smtp.server.address() as AddressInfo).port,
    refuseRecipient: null,
    refuseMail: null,
    delay: 0,
    hangsUp: false,
    close: () =>
      new Promise((resolve) => {
        smtp.close(resolve);
      }),
  };
  return server;
}

function readMail(raw: string): Omit<ReceivedMail, "from" | "to"> {
  const { headers, body } = readPart(raw);
  const boundary = /boundary="?([^";]+)"?/.exec(headers.get("content-type") ?? "")?.[1];
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1).map(readPart) : [{ headers, body }];
  const bodyOf = (type: string): string => {
    const part = parts.find((one) => one.headers.get("content-type")?.startsWith(type));
    return part ? decodeBody(part.body, part.headers.get("content-transfer-encoding") ?? "") : "";
  };
  return { raw, headers, text: bodyOf("text/plain"), html: bodyOf("text/html") };
}

function readPart(raw: string): { headers: Map<string, string>; body: string } {
  const part = raw.replace(/^\r\n/, "");
  const end = part.indexOf("\r\n\r\n");
  const lines = part
    .slice(0, end)
    .replaceAll(/\r\n[ \t]+/g, " ")
    .split("\r\n");
  const headers = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(":")).toLowerCase(),
      decodeWords(line.slice(line.indexOf(":") + 1).trim()),
    ]),
  );
  return { headers, body: part.slice(end + 4) };
}

const bytesOf = (quoted: string): Buffer =>
  Buffer.from(
    quoted.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16))),
    "latin1",
  );

/** RFC 2047. */
const decodeWords = (text: string): string =>
  text
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, encoding: string, word: string) =>
      encoding.toUpperCase() === "B"
        ? Buffer.from(word, "base64").toString("utf8")
        : bytesOf(word.replaceAll("_", " ")).toString("utf8"),
    );

function decodeBody(body: string, encoding: string): string {
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  const lines = encoding === "quoted-printable" ? bytesOf(body.replaceAll("=\r\n", "")) : Buffer.from(body);
  return lines.toString("utf8").replaceAll("\r\n", "\n").trim();
}
