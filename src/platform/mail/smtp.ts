import { PassThrough } from "node:stream";
import { createTransport, type NodemailerError } from "nodemailer";
import type { Language } from "../../ui/language.ts";
import type { MailServer } from "../config/mail-server.ts";
import { letterAsHtml } from "./letter.ts";

/** A mail as it is handed to the server. */
export interface Letter {
  id: string;
  to: string;
  /** The name beside the hub's address. */
  fromName: string;
  subject: string;
  text: string;
  language: Language;
  /** Where one leaves this kind of mail, for mail programs that offer it. */
  leaveAddress: string | null;
}

/** How a try went. "waiting": not now, it is worth another try. */
export interface Delivery {
  state: "sent" | "bounced" | "waiting" | "perhaps_sent";
  code: number | null;
  reason: string | null;
}

const SECOND = 1000;
const CONNECT_TIMEOUT = 30 * SECOND;
/** The answer to a mail's last line may take long; giving up early would send it twice (RFC 5321, 4.5.3.2.6). */
const SILENCE_TIMEOUT = 300 * SECOND;
/** Longer than this no try lasts, whatever the server does. */
export const LONGEST_TRY = 720 * SECOND;

/** One plain address: nothing that a mail program would read as a name, as a second address or as the end of a line. */
const ONE_ADDRESS = /^[^\s\p{Cc}<>(),;:"\\[\]@]+@[^\s\p{Cc}<>(),;:"\\[\]@]+$/u;
const NO_ADDRESS: Delivery = {
  state: "bounced",
  code: null,
  reason: "This is not an address that mail can be sent to.",
};

/** Hands one mail to the server. It never throws: what the server, the network or the address did not allow is in the answer. */
export async function sendLetter(server: MailServer, letter: Letter): Promise<Delivery> {
  if (!ONE_ADDRESS.test(letter.to)) return NO_ADDRESS;
  const transport = createTransport({
    host: server.host,
    port: server.port,
    secure: server.tls === "wrapped",
    requireTLS: server.tls === "required",
    ignoreTLS: server.tls === "off",
    ...(server.signIn ? { auth: { user: server.signIn.user, pass: server.signIn.password } } : {}),
    connectionTimeout: CONNECT_TIMEOUT,
    greetingTimeout: CONNECT_TIMEOUT,
    socketTimeout: SILENCE_TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  // Whether the server has had the whole mail: then nobody knows what a broken connection means.
  let isHandedOver = false;
  transport.use("stream", (mail, done) => {
    mail.message.transform(() => new PassThrough().once("end", () => (isHandedOver = true)));
    done();
  });
  try {
    await transport.sendMail({ ...compose(server, letter), signal: AbortSignal.timeout(LONGEST_TRY) });
    return { state: "sent", code: null, reason: null };
  } catch (error) {
    return judge(error as NodemailerError, isHandedOver);
  } finally {
    transport.close();
  }
}

function compose(server: MailServer, letter: Letter) {
  const domain = server.from.split("@").at(-1) ?? "localhost";
  const { leaveAddress } = letter;
  return {
    // As objects, so that a comma or a bracket in them names no further address.
    from: { name: letter.fromName, address: server.from },
    to: { name: "", address: letter.to },
    subject: letter.subject,
    text: letter.text,
    html: letterAsHtml(letter),
    messageId: `<${letter.id}@${domain}>`,
    headers: {
      // No holiday answers to mails that a program wrote.
      "Auto-Submitted": "auto-generated",
      "X-Auto-Response-Suppress": "All",
      ...(leaveAddress ? { "List-Unsubscribe": `<${leaveAddress}>` } : {}),
      // RFC 8058 allows one click for https only.
      ...(leaveAddress?.startsWith("https:")
        ? { "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
        : {}),
    },
  };
}

const LONGEST_REASON = 300;
const PERMANENT = 500;

/** What a failed try means for the mail. */
function judge(error: NodemailerError, isHandedOver: boolean): Delivery {
  const code = typeof error.responseCode === "number" ? error.responseCode : null;
  const said = (error.response ?? "")
    .replaceAll(/[\p{Cc}\s]+/gu, " ")
    .trim()
    .slice(0, LONGEST_REASON);
  if (code === null && isHandedOver)
    return {
      state: "perhaps_sent",
      code,
      reason: "The connection broke off after the mail was handed over and before the server confirmed it.",
    };
  if (code === null && error.code === "EENVELOPE") return NO_ADDRESS;
  const isAboutTheMail = error.command === "RCPT TO" || error.command === "DATA";
  if (code !== null && code >= PERMANENT && isAboutTheMail)
    return { state: "bounced", code, reason: `The mail server refused it for good: ${said}` };
  // A sign-in or a sender that is refused is for an administrator to mend, and says nothing about the address.
  const reason =
    code === null
      ? `The mail server could not be reached, or broke off (${error.code ?? error.name}).`
      : `The mail server did not take it: ${said}`;
  return { state: "waiting", code, reason };
}
