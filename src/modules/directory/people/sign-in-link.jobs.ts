import { z } from "zod";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import { system } from "../../../platform/database/actor.ts";
import type { PerformWork, Work } from "../../../platform/events/work.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { LINK_MINUTES, makeLink } from "../../../platform/sign-in/one-time-link.store.ts";
import { linkSent } from "../events.ts";
import { newPasswordLetter, signInLinkLetter } from "./letters.ts";
import { findActiveUser } from "./person.store.ts";
import { hubName } from "./write-letter.ts";

export const SEND_LINK = "directory.send-link";

const payload = z.object({ email: z.string(), purpose: z.enum(["sign-in", "new-password"]), to: z.string() });

interface LinkServices {
  config: Config;
  perform: PerformWork;
}

/**
 * Writes the mail with a link, if anybody has the address. A job, so that the page that asks for it answers in the same
 * time whether the person exists or not.
 */
export const signInLinkJobs: readonly JobDefinition<LinkServices>[] = [
  defineJob<LinkServices, typeof payload>({
    name: SEND_LINK,
    label: "Sending a link to sign in",
    payload,
    retries: 3,
    handle: (services, { email, purpose, to }) =>
      services.perform(system, (work) => sendLink(work, services.config, { email, purpose, to })),
  }),
];

async function sendLink(work: Work, config: Config, asked: z.infer<typeof payload>): Promise<void> {
  const person = await findActiveUser(work.trx, asked.email);
  if (!person) return;
  const token = await makeLink(work.trx, {
    purpose: asked.purpose,
    userId: person.userId,
    leadsTo: asked.to,
    now: work.now,
  });
  const link = hubAddress(config, `${LINK_PATHS[asked.purpose]}/${token}`);
  const letter = asked.purpose === "sign-in" ? signInLinkLetter : newPasswordLetter;
  await queueMail(work, {
    ...letter(await hubName(work), link, LINK_MINUTES[asked.purpose]),
    to: person.email,
    personId: person.personId,
    // The link's own name, never the link.
    key: `link ${crypto.randomUUID()}`,
  });
  await work.record(linkSent, {
    organizationId: person.organizationId,
    subject: ["person", person.personId],
    data: { purpose: asked.purpose },
  });
}

/** Where links of a purpose lead. */
export const LINK_PATHS = { "sign-in": "/sign-in/link", "new-password": "/sign-in/new-password" } as const;
