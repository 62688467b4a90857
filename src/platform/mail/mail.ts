import type { Language } from "../../ui/language.ts";
import type { Work } from "../events/work.ts";
import { insertMail } from "./mail.store.ts";

/** What mails are about. */
export const MAIL_KINDS = [
  "sign-in-link",
  "invitation",
  "password-reset",
  "notice",
  "digest",
  "reminder",
  "test",
  "personal-data",
  "submission",
  "follow",
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** A mail to one address. */
export interface Mail {
  to: string;
  personId: string | null;
  kind: MailKind;
  subject: string;
  /** Plain text, paragraphs divided by blank lines; a line that is only an address of a page becomes a link. */
  text: string;
  /** What the text is written in; English where nothing is said. */
  language?: Language;
  /** The same key is never sent twice. */
  key: string;
  /** Where one leaves such mails, as a path of the hub, for mail programs that offer it. Digests and reminders have theirs by themselves. */
  leavePath?: string;
  /** The text holds a link that signs somebody in: it is wiped once sent, and never shown where a mail server is configured. */
  secret?: boolean;
}

/** The job that hands one mail to the mail server. */
export const DELIVER_MAIL = "platform.deliver-mail";

const LONGEST_SUBJECT = 200;

/** A subject is one line: whatever breaks lines in it, a name that somebody typed perhaps, is a space. */
const oneLine = (text: string): string =>
  text
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim()
    .slice(0, LONGEST_SUBJECT) || "(no subject)";

/**
 * Puts a mail into the outbox, in the caller's transaction, whoever acts; it leaves when that commits. A second call
 * with the same key does nothing.
 */
export async function queueMail(work: Work, mail: Mail): Promise<void> {
  const id = crypto.randomUUID();
  const isNew = await insertMail(work.trx, {
    id,
    key: mail.key,
    kind: mail.kind,
    recipient: mail.to.trim(),
    personId: mail.personId,
    subject: oneLine(mail.subject),
    body: mail.text,
    language: mail.language ?? "en",
    isSecret: mail.secret ?? false,
    leavePath: mail.leavePath ?? null,
    queuedAt: work.now,
  });
  if (isNew) await work.enqueue(DELIVER_MAIL, { mail: id });
}
