import { isIP } from "node:net";

/** The server that takes the hub's mail. */
export interface MailServer {
  host: string;
  port: number;
  /** "wrapped": TLS from the first byte; "required": STARTTLS, or nothing is sent; "off": in the clear. */
  tls: "wrapped" | "required" | "off";
  signIn: { user: string; password: string } | null;
  /** The address that mail comes from. */
  from: string;
}

/** What is wrong with a setting; never with its value, which holds a password. */
export class MailSettingProblem extends Error {}

/** Whether a name or address means this machine itself. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  return bare === "localhost" || bare === "::1" || (isIP(bare) === 4 && bare.startsWith("127."));
}

/**
 * Reads TRELLIS_SMTP_URL and TRELLIS_MAIL_FROM. What leaves this machine is encrypted, unless the address ends in
 * ?tls=off, and then no password is sent.
 * @throws MailSettingProblem
 */
export function readMailServer(address: string, from: string | undefined): MailServer {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === "")
    throw new MailSettingProblem(
      "TRELLIS_SMTP_URL must begin with smtp:// or smtps:// and name a server, such as smtps://user:password@mail.example.org",
    );
  if (url.pathname.replace("/", "") !== "" || url.hash !== "")
    throw new MailSettingProblem(
      "TRELLIS_SMTP_URL must end with the server or its port. Write /, ? and # in a password as %2F, %3F and %23",
    );
  if (!from) throw new MailSettingProblem("TRELLIS_MAIL_FROM must name the address that mail comes from");
  const tls = readTls(url);
  const signIn = url.username ? { user: decodePart(url.username), password: decodePart(url.password) } : null;
  if (tls === "off" && signIn && !isLoopback(url.hostname))
    throw new MailSettingProblem(
      "TRELLIS_SMTP_URL must not hold a password together with ?tls=off: it would be sent for everybody to read",
    );
  return {
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port ? Number(url.port) : url.protocol === "smtps:" ? 465 : 587,
    tls,
    signIn,
    from,
  };
}

function readTls(url: URL): MailServer["tls"] {
  const asked = [...url.searchParams].map(([name, value]) => `${name}=${value}`);
  if (asked.some((one) => one !== "tls=off"))
    throw new MailSettingProblem("TRELLIS_SMTP_URL may have ?tls=off at its end, and nothing else");
  if (url.protocol === "smtps:") {
    if (asked.length > 0)
      throw new MailSettingProblem("TRELLIS_SMTP_URL must not say smtps:// and ?tls=off at once");
    return "wrapped";
  }
  // Within one machine there is no network to listen on, and a relay there rarely has a certificate.
  return asked.length > 0 || isLoopback(url.hostname) ? "off" : "required";
}

function decodePart(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new MailSettingProblem("TRELLIS_SMTP_URL has a % in its user or password that must be written %25");
  }
}
