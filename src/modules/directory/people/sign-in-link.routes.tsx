import { z } from "zod";
import { confirmEmail, endSessions, setPassword } from "../../../platform/sign-in/credentials.store.ts";
import { findLink, LINK_MINUTES, useLink } from "../../../platform/sign-in/one-time-link.store.ts";
import { hashPassword } from "../../../platform/sign-in/sign-in.ts";
import { createRateLimit } from "../../../platform/web/rate-limit.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { clientAddress } from "../../../platform/web/server.ts";
import { linkSent, passwordChanged, signedIn } from "../events.ts";
import { localPath } from "./local-path.ts";
import { newPassword, passwordHint, refuseEasyPassword } from "./password-field.ts";
import { findUserEmail, resolveActor } from "./person.store.ts";
import { saySignInLink as say, saySignIn } from "./sign-in.words.ts";
import { LINK_PATHS, SEND_LINK } from "./sign-in-link.jobs.ts";
import {
  AskForLinkPage,
  ChoosePasswordPage,
  LinkAskedPage,
  LinkGonePage,
  type LinkWords,
  UseLinkPage,
} from "./sign-in-link.pages.tsx";
import { startSession } from "./start-session.ts";
import { noteChange } from "./write-letter.ts";

/** Mails of one kind asked for per e-mail, and per network address, in fifteen minutes. */
const ASKED_PER_EMAIL = 3;
const ASKED_PER_ADDRESS = 20;
const WINDOW_SECONDS = 900;

/** Of the page that sends a link, in its language. */
const wordsFor = (purpose: "sign-in" | "new-password"): LinkWords => ({
  title: say(purpose === "sign-in" ? "linkTitle" : "passwordTitle"),
  intro: say(purpose === "sign-in" ? "linkIntro" : "passwordIntro"),
  button: say("send"),
  action: LINK_PATHS[purpose],
});

const askForm = z.object({
  email: z.email({ error: () => saySignIn("emailWrong") }).max(254, { error: () => saySignIn("emailLong") }),
  to: localPath.default("/work"),
});
const tokenParams = z.object({ token: z.string().max(100) });
type TokenVisit = Visit<z.infer<typeof tokenParams>, unknown>;

/** Links by mail: to sign in, to choose a password for the first time or anew. */
export function signInLinkRoutes(): RouteDefinition[] {
  const perEmail = createRateLimit(ASKED_PER_EMAIL, WINDOW_SECONDS);
  const perAddress = createRateLimit(ASKED_PER_ADDRESS, WINDOW_SECONDS);

  const askFor = (purpose: "sign-in" | "new-password"): RouteDefinition[] => {
    const show = (
      visit: Visit<unknown, unknown>,
      options: { to: string; sent?: Sent; problem?: string; status?: 422 | 429 },
    ): Promise<Response> => {
      const words = wordsFor(purpose);
      return visit.page(
        { title: words.title, status: options.status ?? 200, scripts: ["error-summary-focus"] },
        <AskForLinkPage
          words={words}
          to={options.to}
          sendsNoMail={visit.platform.config.mail === null}
          sent={options.sent}
          problem={options.problem}
        />,
      );
    };
    return [
      route({
        method: "GET",
        path: LINK_PATHS[purpose],
        who: "public",
        query: z.object({ to: localPath.default("/work") }),
        handle: (visit) => show(visit, { to: visit.query.to }),
      }),
      route({
        method: "POST",
        path: LINK_PATHS[purpose],
        who: "public",
        form: askForm,
        events: [linkSent],
        again: (visit, sent) => show(visit, { to: "/work", sent, status: 422 }),
        handle: async (visit, form) => {
          const wait = perAddress.hit(
            `${purpose} ${clientAddress(visit.c, visit.platform.config)}`,
            visit.now,
          );
          if (wait > 0) {
            visit.c.header("Retry-After", String(wait));
            return show(visit, {
              to: form.to,
              sent: { values: { email: form.email }, errors: {} },
              status: 429,
              problem: say("tooMany", { count: Math.ceil(wait / 60) }),
            });
          }
          // Beyond the limit for one e-mail nothing is sent, and nothing is said: it would tell who asks.
          if (perEmail.hit(`${purpose} ${form.email.toLowerCase()}`, visit.now) === 0)
            await visit.enqueue(SEND_LINK, { email: form.email.toLowerCase(), purpose, to: form.to });
          return visit.page({ title: say("asked") }, <LinkAskedPage minutes={LINK_MINUTES[purpose]} />);
        },
      }),
    ];
  };

  return [
    ...askFor("sign-in"),
    ...askFor("new-password"),
    route({
      method: "GET",
      path: "/sign-in/link/:token",
      who: "public",
      params: tokenParams,
      handle: async (visit) => {
        const link = await findLink(visit.trx, visit.params.token, visit.now);
        const actor = link?.purpose === "sign-in" ? await resolveActor(visit.trx, link.userId, null) : null;
        if (actor?.kind !== "person") return gone(visit, false);
        return visit.page(
          { title: saySignIn("signIn") },
          <UseLinkPage name={actor.personName} action={`/sign-in/link/${visit.params.token}`} />,
        );
      },
    }),
    route({
      method: "POST",
      path: "/sign-in/link/:token",
      who: "public",
      params: tokenParams,
      events: [signedIn],
      handle: async (visit) => {
        const link = await useLink(visit.trx, visit.params.token, visit.now);
        if (link?.purpose !== "sign-in") return gone(visit, false);
        if (!(await startSession(visit, link.userId, { by: "link", isSecondFactor: false })))
          return gone(visit, false);
        await confirmEmail(visit.trx, link.userId, visit.now);
        return visit.redirect(link.leadsTo);
      },
    }),
    route({
      method: "GET",
      path: "/sign-in/new-password/:token",
      who: "public",
      params: tokenParams,
      handle: (visit) => showChoice(visit),
    }),
    route({
      method: "POST",
      path: "/sign-in/new-password/:token",
      who: "public",
      params: tokenParams,
      form: z.object({ password: newPassword }),
      events: [passwordChanged, signedIn],
      again: showChoice,
      handle: async (visit, form) => {
        const easy = await refuseEasyLinkPassword(visit, form.password);
        if (easy) return showChoice(visit, { values: {}, errors: { password: [easy] } });
        const link = await useLink(visit.trx, visit.params.token, visit.now);
        const actor =
          link && link.purpose !== "sign-in" ? await resolveActor(visit.trx, link.userId, null) : null;
        if (!link || actor?.kind !== "person") return gone(visit, true);
        await setPassword(
          visit.trx,
          link.userId,
          await hashPassword(visit.platform.signIn, form.password),
          visit.now,
        );
        await confirmEmail(visit.trx, link.userId, visit.now);
        await endSessions(visit.trx, link.userId, null);
        await (await visit.actAs(actor)).record(passwordChanged, {
          organizationId: actor.organizationId,
          subject: ["person", actor.personId],
          data: { byAdministrator: false },
        });
        if (link.purpose === "invitation") {
          await startSession(visit, link.userId, { by: "link", isSecondFactor: false });
          return visit.redirect(link.leadsTo, { kind: "good", text: say("welcomeSaved") });
        }
        await noteChange(visit, actor, "A new password was chosen through a link that was sent to you.");
        return visit.redirect("/sign-in", {
          kind: "good",
          text: say("saved"),
        });
      },
    }),
  ];
}

async function showChoice(visit: TokenVisit, sent?: Sent): Promise<Response> {
  const link = await findLink(visit.trx, visit.params.token, visit.now);
  const actor = link && link.purpose !== "sign-in" ? await resolveActor(visit.trx, link.userId, null) : null;
  if (!link || actor?.kind !== "person") return gone(visit, true);
  const isInvitation = link.purpose === "invitation";
  return visit.page(
    {
      title: say(isInvitation ? "welcome" : "passwordTitle"),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus"],
    },
    <ChoosePasswordPage
      name={actor.personName}
      email={await findUserEmail(visit.trx, link.userId)}
      isInvitation={isInvitation}
      action={`/sign-in/new-password/${visit.params.token}`}
      passwordHint={passwordHint()}
      sent={sent}
    />,
  );
}

/** Before the link is used up: whoever chooses an easy password tries again with the same link. */
async function refuseEasyLinkPassword(visit: TokenVisit, password: string): Promise<string | null> {
  const link = await findLink(visit.trx, visit.params.token, visit.now);
  return link ? refuseEasyPassword(password, [await findUserEmail(visit.trx, link.userId)]) : null;
}

const gone = (visit: Visit<unknown, unknown>, isInvitation: boolean): Promise<Response> =>
  visit.page({ title: say("gone"), status: 404 }, <LinkGonePage isInvitation={isInvitation} />);
