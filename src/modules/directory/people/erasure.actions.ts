import { hubAddress } from "../../../platform/config/config.ts";
import { system } from "../../../platform/database/actor.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { conflict } from "../../../platform/web/problems.ts";
import type { Visit } from "../../../platform/web/route.ts";
import { erasureAsked, erasureDecided } from "../events.ts";
import { getHubOrganization } from "../organizations/organization.store.ts";
import {
  decideErasureRequest,
  type ErasureDecision,
  type ErasureRequest,
  erasePerson,
  findOpenErasureRequest,
  insertErasureRequest,
  listAdministrators,
} from "./erasure.store.ts";
import { erasureAskedLetter, erasureLetter } from "./letters.ts";
import { countOtherAdministrators } from "./member.store.ts";
import { hubName } from "./write-letter.ts";

type AnyVisit = Visit<unknown, unknown>;
type Person = Extract<AnyVisit["actor"], { kind: "person" }>;

export const ERASURE_PATH = "/directory/erasure-requests";
const DECIDED = "This request was decided already, by you in another window or by another administrator.";

/** Asks the administrators to erase one's personal data. */
export async function askForErasure(visit: AnyVisit, person: Person, reason: string): Promise<void> {
  const id = await insertErasureRequest(visit.trx, { personId: person.personId, reason, now: visit.now });
  if (!id) throw conflict("Your request waits for a decision already.");
  await visit.record(erasureAsked, {
    organizationId: person.organizationId,
    subject: ["person", person.personId],
    data: { request: id },
  });
  const letter = erasureAskedLetter(await hubName(visit), hubAddress(visit.platform.config, ERASURE_PATH));
  // Who the administrators are is not for everybody to read.
  const hub = await visit.actAs(system);
  for (const administrator of await listAdministrators(hub.trx))
    await queueMail(hub, {
      ...letter,
      to: administrator.email,
      personId: administrator.personId,
      key: `erasure ${id} ${administrator.personId}`,
    });
  await visit.actAs(visit.actor);
}

/** Takes one's own request back. */
export async function withdrawErasure(visit: AnyVisit, person: Person): Promise<void> {
  const request = await findOpenErasureRequest(visit.trx, { personId: person.personId });
  if (!request || !(await decide(visit, request, "withdrawn", "", person.organizationId)))
    throw conflict("There is no request of yours that waits.");
}

/** Erases, or refuses with a reason, and writes to the person. */
export async function decideErasure(
  visit: AnyVisit,
  request: ErasureRequest,
  decision: "erased" | "refused",
  answer: string,
): Promise<void> {
  const hub = await getHubOrganization(visit.trx);
  if (decision === "erased") {
    if (visit.actor.kind === "person" && visit.actor.personId === request.personId)
      throw conflict("Your own request is decided by another administrator.");
    if ((await countOtherAdministrators(visit.trx, request.personId)) === 0)
      throw conflict("This is the hub's only administrator. Make somebody else administrator first.");
  }
  if (!(await decide(visit, request, decision, answer, hub.id))) throw conflict(DECIDED);
  await queueMail(visit, {
    ...erasureLetter(await hubName(visit), decision === "erased", answer),
    to: request.email,
    // The last mail to somebody erased names nobody: what it was about is gone with them.
    personId: decision === "erased" ? null : request.personId,
    key: `erasure decided ${request.id}`,
  });
  if (decision === "erased") await erasePerson(visit.trx, { ...request, now: visit.now });
}

async function decide(
  visit: AnyVisit,
  request: ErasureRequest,
  decision: ErasureDecision,
  answer: string,
  organizationId: string,
): Promise<boolean> {
  if (!(await decideErasureRequest(visit.trx, { id: request.id, decision, answer, now: visit.now })))
    return false;
  await visit.record(erasureDecided, {
    organizationId,
    subject: ["person", request.personId],
    data: { request: request.id, decision },
  });
  return true;
}
