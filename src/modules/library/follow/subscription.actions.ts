import { randomUUID } from "node:crypto";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import { system } from "../../../platform/database/actor.ts";
import { readSecret } from "../../../platform/database/database.ts";
import type { Work } from "../../../platform/events/work.ts";
import { wipeMailsOf } from "../../../platform/mail/mail.store.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { languageNow } from "../../../ui/language.ts";
import { findHub, getHubOrganization } from "../../directory/index.ts";
import { followAsked, followConfirmed, followForgotten, followLeft } from "../events.ts";
import { inPageLanguage } from "../submissions/submission-addresses.ts";
import { confirmPath } from "./follow-addresses.ts";
import { confirmToken, type Often } from "./follow-link.ts";
import {
  confirmSubscription,
  deleteSubscription,
  deleteUnconfirmed,
  upsertSubscription,
} from "./subscription.store.ts";
import { askLetter } from "./subscription-letters.ts";
import { mayAsk } from "./subscription-limits.ts";

/** Every mail of a subscription has a key that begins so. */
export const mailKey = (id: string, rest = ""): string => `follow/${id}/${rest}`;

const about = async <Data>(work: Work, id: string, data: Data) => ({
  organizationId: (await getHubOrganization(work.trx)).id,
  subject: ["subscription", id] as [string, string],
  data,
});

/** Asks an address whether it wants to hear of a view. What happens does not depend on who is known already. */
export async function askToFollow(
  work: Work,
  config: Config,
  asked: { email: string; view: string; often: Often },
): Promise<void> {
  if (!mayAsk(asked.email, asked.view, work.now)) return;
  const asHub = await work.actAs(system);
  const wish = { ...asked, id: randomUUID(), language: languageNow() };
  const id = await upsertSubscription(asHub.trx, wish, work.now);
  await asHub.record(followAsked, await about(asHub, id, { subscription: id }));
  const hub = await findHub(asHub.trx);
  const token = confirmToken(readSecret(config), id, asked.often, work.now);
  await queueMail(asHub, {
    to: asked.email,
    personId: null,
    kind: "follow",
    language: languageNow(),
    key: mailKey(id, `ask/${randomUUID()}`),
    secret: true,
    ...askLetter(hub?.name ?? "Trellis", hubAddress(config, inPageLanguage(confirmPath(token)))),
  });
}

/** Yes. @returns false where the wish is forgotten. */
export async function confirmFollowing(work: Work, id: string, often: Often): Promise<boolean> {
  const asHub = await work.actAs(system);
  const isThere = await confirmSubscription(asHub.trx, id, often, work.now);
  if (isThere) await asHub.record(followConfirmed, await about(asHub, id, { subscription: id, often }));
  return isThere;
}

/** Forgets who followed, in the outbox too. */
export async function stopFollowing(work: Work, id: string): Promise<void> {
  const asHub = await work.actAs(system);
  if (!(await deleteSubscription(asHub.trx, id))) return;
  await wipeMailsOf(asHub.trx, [mailKey(id)], work.now);
  await asHub.record(followLeft, await about(asHub, id, { subscription: id }));
}

/** Forgets addresses that nobody said yes for. */
export async function forgetUnconfirmed(work: Work, before: Date): Promise<void> {
  const ids = await deleteUnconfirmed(work.trx, before);
  if (ids.length === 0) return;
  await wipeMailsOf(
    work.trx,
    ids.map((id) => mailKey(id)),
    work.now,
  );
  const { id: organizationId } = await getHubOrganization(work.trx);
  await work.record(followForgotten, {
    organizationId,
    subject: ["library", "subscriptions"],
    data: { count: ids.length },
  });
}
