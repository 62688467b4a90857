import { z } from "zod";
import { type Config, hubAddress } from "../config/config.ts";
import { isOnThisMachineOnly } from "../config/reach.ts";
import { system } from "../database/actor.ts";
import { readSecret } from "../database/database.ts";
import type { PerformWork } from "../events/work.ts";
import { defineJob, type JobDefinition } from "../jobs/jobs.ts";
import { leavePath } from "./leave-link.ts";
import {
  type ClaimedMail,
  claimMail,
  keepMail,
  markStrandedMails,
  settleMail,
  takeForgottenMails,
  wipeKeptSecrets,
  wipeOldMails,
} from "./mail.store.ts";
import { DELIVER_MAIL } from "./mail.ts";
import { LONGEST_TRY, sendLetter } from "./smtp.ts";

/** What delivering needs. */
export interface MailServices {
  config: Config;
  perform: PerformWork;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** With the backoff below: after about one minute, two, four and so on, then every four hours, for a day. */
const RETRIES = 13;
const BACKOFF = { first: 60, longest: 14_400 };
/** A mail that has not moved for so long is not being sent any more. */
const STRANDED_AFTER = LONGEST_TRY + 8 * MINUTE;
/** A mail that waits longer than the longest pause has lost its job. */
const FORGOTTEN_AFTER = 8 * HOUR;
const SECRETS_KEPT = DAY;
/** So long the outbox says to whom it sent what. */
export const MAIL_KEPT_DAYS = 90;

/** The mail server did not take a mail now. The queue tries again; its page shows these words. */
class NotNow extends Error {
  readonly code: string;
  constructor(code: number | null) {
    super("The mail server did not take the mail. The mail's own page says why.");
    this.name = "NotNow";
    this.code = code === null ? "unreachable" : String(code);
  }
}

/** Where whoever gets a regular mail leaves it. */
function leaveAddress(config: Config, mail: ClaimedMail): string | null {
  if (mail.leavePath !== null) return hubAddress(config, mail.leavePath);
  if (mail.personId === null || (mail.kind !== "digest" && mail.kind !== "reminder")) return null;
  return hubAddress(config, leavePath(readSecret(config), mail.personId, mail.kind));
}

/**
 * Claims the mail, hands it to the server, and writes down how that went: three steps, so that no transaction waits for
 * a network. Who comes second finds nothing to claim. Who is killed between the last two leaves the mail as sending, and
 * it is not sent again by itself.
 */
async function deliver({ config, perform }: MailServices, id: string): Promise<void> {
  const server = config.mail;
  if (!server)
    return perform(system, (work) => keepMail(work.trx, id, isOnThisMachineOnly(config), work.now));
  const mail = await perform(system, (work) => claimMail(work.trx, id, work.now));
  if (!mail) return;
  const delivery = await sendLetter(server, {
    id,
    to: mail.recipient,
    fromName: mail.hubName,
    subject: mail.subject,
    text: mail.body,
    language: mail.language,
    leaveAddress: leaveAddress(config, mail),
  });
  const isGivenUp = delivery.state === "waiting" && mail.tries > RETRIES;
  const outcome = isGivenUp ? { ...delivery, state: "failed" as const } : delivery;
  await perform(system, (work) => settleMail(work.trx, id, outcome, work.now));
  if (outcome.state === "waiting") throw new NotNow(outcome.code);
}

async function tend({ config, perform }: MailServices): Promise<void> {
  await perform(system, async (work) => {
    const ago = (milliseconds: number): Date => new Date(work.now.getTime() - milliseconds);
    await markStrandedMails(work.trx, ago(STRANDED_AFTER), work.now);
    for (const mail of await takeForgottenMails(work.trx, ago(FORGOTTEN_AFTER), work.now))
      await work.enqueue(DELIVER_MAIL, { mail });
    await wipeKeptSecrets(work.trx, config.mail ? work.now : ago(SECRETS_KEPT));
    await wipeOldMails(work.trx, ago(MAIL_KEPT_DAYS * DAY));
  });
}

const payload = z.object({ mail: z.uuid() });
const nothing = z.object({});

/** Sending mail, and seeing to what broke off. */
export const mailJobs: JobDefinition<MailServices>[] = [
  defineJob<MailServices, typeof payload>({
    name: DELIVER_MAIL,
    label: "Sending a mail",
    payload,
    retries: RETRIES,
    backoff: BACKOFF,
    atOnce: 4,
    handle: (services, job) => deliver(services, job.mail),
  }),
  defineJob<MailServices, typeof nothing>({
    name: "platform.tend-mail",
    label: "Seeing to the outbox",
    payload: nothing,
    schedule: "*/5 * * * *",
    retries: 0,
    handle: (services) => tend(services),
  }),
];
