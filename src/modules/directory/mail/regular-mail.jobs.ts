import { z } from "zod";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import { system } from "../../../platform/database/actor.ts";
import { readSecret } from "../../../platform/database/database.ts";
import type { PerformWork, Work } from "../../../platform/events/work.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { leavePath, type RegularMail } from "../../../platform/mail/leave-link.ts";
import { listReturnedAddresses } from "../../../platform/mail/mail.store.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { findHub } from "../hub/hub.store.ts";
import { listMailRecipients, type MailRecipient } from "./mail-preference.store.ts";
import {
  concerns,
  dayOf,
  isDigestDue,
  type LetterPlaces,
  writeDigest,
  writeReminder,
} from "./regular-mail.rules.ts";
import type { DeadlineOffer, NearDeadline, WaitingOffer } from "./waiting.types.ts";

/** What the job needs. */
export interface RegularMailServices {
  config: Config;
  perform: PerformWork;
}

/** What other modules have to tell. */
export interface RegularMailOffers {
  waiting: readonly WaitingOffer[];
  deadlines: readonly DeadlineOffer[];
}

const nothing = z.object({});

async function gather<T>(work: Work, offers: readonly ((work: Work) => Promise<T[]>)[]): Promise<T[]> {
  const gathered: T[] = [];
  for (const offer of offers) gathered.push(...(await offer(work)));
  return gathered;
}

/** Deadlines of one person, told apart by their notices. */
function byNotice(deadlines: readonly NearDeadline[]): Map<string, NearDeadline[]> {
  const notices = new Map<string, NearDeadline[]>();
  for (const deadline of deadlines)
    notices.set(deadline.notice, [...(notices.get(deadline.notice) ?? []), deadline]);
  return notices;
}

async function writeRegularMail(config: Config, work: Work, offers: RegularMailOffers): Promise<void> {
  const hub = await findHub(work.trx);
  if (!hub) return;
  const everybody = await listMailRecipients(work.trx);
  const returned = await listReturnedAddresses(
    work.trx,
    everybody.map(({ email }) => email),
  );
  // To an address that the last mail came back from, nothing is written by the clock.
  const recipients = everybody.filter(({ email }) => !returned.has(email.toLowerCase()));
  const waiting = await gather(work, offers.waiting);
  const deadlines = await gather(work, offers.deadlines);
  const secret = readSecret(config);
  const placesFor = (recipient: MailRecipient, mail: RegularMail): LetterPlaces => ({
    hubName: hub.name,
    addressOf: (path) => hubAddress(config, path),
    leaveAddress: hubAddress(config, leavePath(secret, recipient.personId, mail)),
  });
  for (const recipient of recipients) {
    const { personId, email: to } = recipient;
    const things = waiting.filter((thing) => concerns(recipient, thing));
    if (things.length > 0 && isDigestDue(recipient.digest, work.now))
      await queueMail(work, {
        to,
        personId,
        kind: "digest",
        key: `digest/${personId}/${dayOf(work.now)}`,
        ...writeDigest(recipient, things, placesFor(recipient, "digest")),
      });
    if (!recipient.reminders) continue;
    const near = deadlines.filter((deadline) => concerns(recipient, deadline));
    for (const [notice, several] of byNotice(near))
      await queueMail(work, {
        to,
        personId,
        kind: "reminder",
        key: `reminder/${personId}/${notice}`,
        ...writeReminder(recipient, several, placesFor(recipient, "reminder")),
      });
  }
}

/** Digests and reminders. Asked every hour of the day, so that a hub that was stopped in the morning writes them later; each is written once. */
export function regularMailJobs(offers: RegularMailOffers): JobDefinition<RegularMailServices>[] {
  return [
    defineJob<RegularMailServices, typeof nothing>({
      name: "directory.write-regular-mail",
      label: "Writing digests and reminders",
      payload: nothing,
      schedule: "0 12-18 * * *",
      retries: 2,
      handle: ({ config, perform }) => perform(system, (work) => writeRegularMail(config, work, offers)),
    }),
  ];
}
