import { hubAddress } from "../../../platform/config/config.ts";
import { type Mail, queueMail } from "../../../platform/mail/mail.ts";
import type { Visit } from "../../../platform/web/route.ts";
import { findHub } from "../hub/hub.store.ts";
import { changeLetter } from "./letters.ts";
import { findUserEmail } from "./person.store.ts";

type AnyVisit = Visit<unknown, unknown>;

/** The hub's name, for the first line of a letter. */
export const hubName = async (visit: Pick<AnyVisit, "trx">): Promise<string> =>
  (await findHub(visit.trx))?.name ?? "Trellis";

/** Tells somebody that how they sign in has changed, in the transaction that changes it. */
export async function noteChange(
  visit: AnyVisit,
  person: { userId: string; personId: string | null },
  what: string,
): Promise<void> {
  const letter = changeLetter(
    await hubName(visit),
    what,
    hubAddress(visit.platform.config, "/sign-in/new-password"),
  );
  const mail: Mail = {
    ...letter,
    to: await findUserEmail(visit.trx, person.userId),
    personId: person.personId,
    key: `change ${visit.requestId}`,
  };
  await queueMail(visit, mail);
}
