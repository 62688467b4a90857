import { z } from "zod";
import { system } from "../../../platform/database/actor.ts";
import { readSecret } from "../../../platform/database/database.ts";
import {
  LEAVE_PATH,
  LEAVE_TOKEN,
  type RegularMail,
  readLeaveToken,
} from "../../../platform/mail/leave-link.ts";
import { RequestProblem } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { mailPreferenceChanged } from "../events.ts";
import { getHubOrganization } from "../organizations/organization.store.ts";
import { findUserEmail } from "../people/person.store.ts";
import { LeavePage, LeftPage, MailPreferencePage } from "./mail-preference.pages.tsx";
import { DIGESTS, readMailPreference, saveMailPreference } from "./mail-preference.store.ts";

const PATH = "/account/mail";

function whoVisits(visit: Pick<Visit<unknown, unknown>, "actor">) {
  if (visit.actor.kind !== "person") throw new Error("an account belongs to a person");
  return visit.actor;
}

async function showPreference(visit: Visit<unknown, unknown>, sent?: Sent): Promise<Response> {
  const person = whoVisits(visit);
  const stored = await readMailPreference(visit.trx, person.personId);
  return visit.page(
    {
      title: "Mail to you",
      breadcrumbs: [
        { label: "My work", href: "/work" },
        { label: "Your account", href: "/account" },
        { label: "Mail" },
      ],
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <MailPreferencePage
      email={await findUserEmail(visit.trx, person.userId)}
      preference={sent ? { ...stored, reminders: sent.values["reminders"] === "yes" } : stored}
      sent={sent}
    />,
  );
}

const ofLink = z.object({ token: z.string().max(200) });

/** Whose mails the link of the address ends. */
function readLink(visit: Visit<z.infer<typeof ofLink>, unknown>): { personId: string; mail: RegularMail } {
  const { token } = visit.params;
  const link = LEAVE_TOKEN.test(token) ? readLeaveToken(readSecret(visit.platform.config), token) : null;
  if (!link)
    throw new RequestProblem(
      404,
      'This link is not complete, or is of another hub. Copy the whole address from the mail, or sign in and open "Your account", "Mail".',
    );
  return link;
}

/** How often one hears from the hub, and the links that end it without signing in. */
export const mailPreferenceRoutes: RouteDefinition[] = [
  route({ method: "GET", path: PATH, who: "signed-in", handle: (visit) => showPreference(visit) }),
  route({
    method: "POST",
    path: PATH,
    who: "signed-in",
    form: z.object({
      digest: z.enum(DIGESTS, { error: "Choose how often you want the digest." }),
      reminders: z.literal("yes").optional().catch(undefined),
    }),
    events: [mailPreferenceChanged],
    again: showPreference,
    handle: async (visit, form) => {
      const person = whoVisits(visit);
      const preference = { digest: form.digest, reminders: form.reminders === "yes" };
      await saveMailPreference(visit.trx, person.personId, preference, visit.now);
      await visit.record(mailPreferenceChanged, {
        organizationId: person.organizationId,
        subject: ["person", person.personId],
        data: { ...preference, byLink: false },
      });
      return visit.redirect(PATH, { kind: "good", text: "Your choice is saved." });
    },
  }),
  route({
    method: "GET",
    path: `${LEAVE_PATH}/:token`,
    who: "public",
    params: ofLink,
    // Looking at the link changes nothing: programs that check mails open every address in them.
    handle: async (visit) => {
      const { mail } = readLink(visit);
      return visit.page(
        { title: "Leave", scripts: ["submit-once"] },
        <LeavePage mail={mail} action={visit.path} />,
      );
    },
  }),
  route({
    method: "POST",
    path: `${LEAVE_PATH}/:token`,
    who: "public",
    params: ofLink,
    events: [mailPreferenceChanged],
    // Answers with a page, not a redirect: mail programs send this by themselves (RFC 8058, 3.1).
    handle: async (visit) => {
      const { personId, mail } = readLink(visit);
      const change = mail === "digest" ? { digest: "never" as const } : { reminders: false };
      const hub = await visit.actAs(system);
      if (await saveMailPreference(hub.trx, personId, change, hub.now))
        await hub.record(mailPreferenceChanged, {
          organizationId: (await getHubOrganization(hub.trx)).id,
          subject: ["person", personId],
          data: { ...(await readMailPreference(hub.trx, personId)), byLink: true },
        });
      await visit.actAs(visit.actor);
      return visit.page({ title: "Left" }, <LeftPage mail={mail} />);
    },
  }),
];
