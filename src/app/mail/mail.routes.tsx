import { z } from "zod";
import { findHub, findUserEmail, getHubOrganization } from "../../modules/directory/index.ts";
import { hubAddress } from "../../platform/config/config.ts";
import { isOnThisMachineOnly } from "../../platform/config/reach.ts";
import { mailRetried, testMailQueued } from "../../platform/mail/events.ts";
import { countMails, findMail, listMails, requeueMail } from "../../platform/mail/mail.store.ts";
import { DELIVER_MAIL, queueMail } from "../../platform/mail/mail.ts";
import { conflict, notFound } from "../../platform/web/problems.ts";
import { type RouteDefinition, route, type Visit } from "../../platform/web/route.ts";
import { HUB_PATH, START_PATH } from "../hub/hub-addresses.ts";
import { MAILS_LISTED, MailPage, OutboxPage } from "./mail.pages.tsx";
import { MAIL_FILTERS, MAIL_PATH } from "./mail-states.ts";

const ofMail = z.object({ id: z.uuid() });
const WIPED = "The text is wiped: it held a link that signs in, or the mail is old.";
const SECRET =
  "The text holds a link that signs somebody in, so it is not shown. Only a demonstration, or a hub that answers to its own machine alone, shows it, and only while no mail server is set.";

/** Links that sign in are read here where no mail server could take them to their person. */
async function maySeeSecrets({ trx, platform }: Visit<unknown, unknown>): Promise<boolean> {
  if (platform.config.mail) return false;
  return isOnThisMachineOnly(platform.config) || ((await findHub(trx))?.isDemo ?? false);
}

/** The outbox, for administrators. */
export const mailRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: MAIL_PATH,
    who: ["administrator"],
    menu: { label: "Mail", order: 88 },
    query: z.object({
      state: z.enum(["waiting", "sent", "returned", "failed", "perhaps", "kept"]).optional().catch(undefined),
    }),
    handle: async (visit) => {
      const { state } = visit.query;
      return visit.page(
        { title: "Mail", wide: true, scripts: ["submit-once"] },
        <OutboxPage
          mails={await listMails(visit.trx, state ? (MAIL_FILTERS[state]?.states ?? []) : [], MAILS_LISTED)}
          counts={await countMails(visit.trx)}
          shown={state}
          isSending={visit.platform.config.mail !== null}
          showsSecrets={await maySeeSecrets(visit)}
        />,
      );
    },
  }),
  route({
    method: "GET",
    path: `${MAIL_PATH}/:id`,
    who: ["administrator"],
    params: ofMail,
    handle: async (visit) => {
      const mail = await findMail(visit.trx, visit.params.id);
      if (!mail) throw notFound("This mail");
      const isHidden = mail.isSecret && !(await maySeeSecrets(visit));
      return visit.page(
        { title: mail.subject, breadcrumbs: [{ label: "Mail", href: MAIL_PATH }, { label: "One mail" }] },
        <MailPage
          mail={mail}
          text={isHidden ? null : mail.body}
          hidden={mail.isWiped ? WIPED : SECRET}
          ownAddress={hubAddress(visit.platform.config)}
          isSending={visit.platform.config.mail !== null}
        />,
      );
    },
  }),
  route({
    method: "POST",
    path: `${MAIL_PATH}/test`,
    who: ["administrator"],
    // Back to the page that the button stands on.
    form: z.object({ to: z.enum([MAIL_PATH, HUB_PATH, `${START_PATH}/mail`]).catch(MAIL_PATH) }),
    events: [testMailQueued],
    handle: async (visit, { to }) => {
      const { actor } = visit;
      if (actor.kind !== "person") throw new Error("nobody asks for a test mail");
      const hub = await getHubOrganization(visit.trx);
      await queueMail(visit, {
        to: await findUserEmail(visit.trx, actor.userId),
        personId: actor.personId,
        kind: "test",
        subject: `Test mail of ${hub.name}`,
        text: `This is a test.\n\nIf you read it in your mailbox, the hub can send mail. There is nothing to do.\n\n${hubAddress(visit.platform.config, MAIL_PATH)}`,
        key: `test/${crypto.randomUUID()}`,
      });
      await visit.record(testMailQueued, {
        organizationId: hub.id,
        subject: ["person", actor.personId],
        data: {},
      });
      const isSending = visit.platform.config.mail !== null;
      return visit.redirect(to, {
        kind: "good",
        text: isSending
          ? "A test mail is on its way to you."
          : "A test mail is written. It is kept here, since no mail server is set.",
      });
    },
  }),
  route({
    method: "POST",
    path: `${MAIL_PATH}/:id/retry`,
    who: ["administrator"],
    params: ofMail,
    events: [mailRetried],
    handle: async (visit) => {
      const { id } = visit.params;
      if (!visit.platform.config.mail) throw conflict("No mail server is set, so nothing can be sent.");
      if (!(await requeueMail(visit.trx, id, visit.now)))
        throw conflict("This mail is on its way already, has arrived, or its text is wiped.");
      await visit.enqueue(DELIVER_MAIL, { mail: id });
      await visit.record(mailRetried, {
        organizationId: (await getHubOrganization(visit.trx)).id,
        subject: ["mail", id],
        data: { mail: id },
      });
      return visit.redirect(`${MAIL_PATH}/${id}`, { kind: "good", text: "The mail is tried again." });
    },
  }),
];
