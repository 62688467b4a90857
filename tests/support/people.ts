// People of a test hub: added as an administrator adds them, and the mails they get.
import type { TestHub } from "./test-hub.ts";

/** A password that no list has. */
export const FIRST_PASSWORD = "violet harbor ninety lamps";

/** Adds somebody to an organization through its form. @returns their membership. */
export async function addPersonTo(
  hub: TestHub,
  administrator: string,
  organizationId: string,
  person: { name: string; email: string; role: string; grant?: string; password?: string },
): Promise<string> {
  const answer = await hub.post(
    `/directory/organizations/${organizationId}/people`,
    { grant: "", password: FIRST_PASSWORD, ...person },
    administrator,
  );
  if (answer.status !== 303) throw new Error(`not added: ${answer.status} ${await answer.text()}`);
  return membershipOf(hub, person.email, organizationId);
}

/** The membership of somebody in an organization. */
export async function membershipOf(hub: TestHub, email: string, organizationId: string): Promise<string> {
  const { rows } = await hub.services.database.ownerPool.query<{ id: string }>(
    'select m.id from directory.membership m join directory.person p on p.id = m.person_id join auth."user" u on u.id = p.user_id where u.email = $1 and m.organization_id = $2',
    [email, organizationId],
  );
  if (!rows[0]) throw new Error(`${email} does not work there`);
  return rows[0].id;
}

/** The hub's own organization. */
export async function hubOrganizationId(hub: TestHub): Promise<string> {
  const { id } = await hub.services.database.owner
    .selectFrom("directory.organization")
    .select("id")
    .where("organization_type", "=", "hub")
    .executeTakeFirstOrThrow();
  return id;
}

/** What somebody was written, the oldest first. */
export async function mailsTo(
  hub: TestHub,
  email: string,
): Promise<{ kind: string; subject: string; body: string | null }[]> {
  const { rows } = await hub.services.database.ownerPool.query<{
    kind: string;
    subject: string;
    body: string | null;
  }>("select kind, subject, body from platform.mail where recipient = $1 order by queued_at, id", [email]);
  return rows;
}

/** The path of the link in somebody's newest mail. */
export async function linkIn(hub: TestHub, email: string): Promise<string> {
  const mail = (await mailsTo(hub, email)).at(-1);
  const path = /https?:\/\/[^/\s]+(\/sign-in\/\S+)/.exec(mail?.body ?? "")?.[1];
  if (!path) throw new Error(`no link was sent to ${email}`);
  return path;
}
