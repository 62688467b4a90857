import { z } from "zod";
import { renewPasswordHash } from "../../../platform/sign-in/credentials.store.ts";
import { RequestProblem } from "../../../platform/web/problems.ts";
import { createRateLimit } from "../../../platform/web/rate-limit.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { clientAddress } from "../../../platform/web/server.ts";
import { organizationSwitched, signedIn, signedOut } from "../events.ts";
import { findHub } from "../hub/hub.store.ts";
import type { DemoDirectory } from "./demo-directory.ts";
import { localPath } from "./local-path.ts";
import { chooseMembership, listMembershipsOfUser, resolveActor } from "./person.store.ts";
import { SignInPage, SwitchPage } from "./sign-in.pages.tsx";
import { saySignIn as say } from "./sign-in.words.ts";
import { currentSession, endEarlierSession, passCookies } from "./start-session.ts";

/** Attempts per e-mail and network address, and per network address alone, in fifteen minutes. */
const ATTEMPTS_PER_ACCOUNT = 8;
const ATTEMPTS_PER_ADDRESS = 60;
/** Wrong passwords for one e-mail from all addresses together; beyond that the other ways in are left to its owner. */
const FAILURES_PER_EMAIL = 30;
const WINDOW_SECONDS = 900;

const signInForm = z.object({
  email: z
    .string()
    .trim()
    .min(1, { error: () => say("emailMissing") })
    .max(254, { error: () => say("emailLong") }),
  password: z
    .string()
    .min(1, { error: () => say("passwordMissing") })
    .max(1000, { error: () => say("passwordLong") }),
  to: localPath.default("/work"),
});

/** Signing in, out, and switching between organizations. */
export function signInRoutes(demo: DemoDirectory): RouteDefinition[] {
  const perAccount = createRateLimit(ATTEMPTS_PER_ACCOUNT, WINDOW_SECONDS);
  const perAddress = createRateLimit(ATTEMPTS_PER_ADDRESS, WINDOW_SECONDS);
  const failures = createRateLimit(FAILURES_PER_EMAIL, WINDOW_SECONDS);

  const show = async (
    visit: Visit<unknown, unknown>,
    options: { to: string; sent?: Sent; problem?: string; status?: 422 | 429 },
  ): Promise<Response> => {
    const hub = await findHub(visit.trx);
    const page = (
      <SignInPage
        to={options.to}
        sent={options.sent}
        problem={options.problem}
        demo={hub?.isDemo ? demo : null}
        agency={visit.platform.singleSignOn?.label ?? null}
      />
    );
    return visit.page(
      { title: say("signIn"), status: options.status ?? 200, scripts: ["error-summary-focus", "passkey"] },
      page,
    );
  };

  // The same words whether the person exists or not.
  const refuse = (visit: Visit<unknown, unknown>, email: string, to: string): Promise<Response> => {
    failures.hit(email.toLowerCase(), visit.now);
    return show(visit, { to, sent: { values: { email }, errors: {} }, status: 422, problem: say("refused") });
  };
  const askToWait = (
    visit: Visit<unknown, unknown>,
    email: string,
    to: string,
    wait: { seconds: number; words: "tooMany" | "tooManyThere" },
  ): Promise<Response> => {
    visit.c.header("Retry-After", String(wait.seconds));
    const problem = say(wait.words, { count: Math.ceil(wait.seconds / 60) });
    return show(visit, { to, sent: { values: { email }, errors: {} }, status: 429, problem });
  };

  return [
    route({
      method: "GET",
      path: "/sign-in",
      who: "public",
      query: z.object({ to: localPath.default("/work") }),
      handle: (visit) => show(visit, { to: visit.query.to }),
    }),
    route({
      method: "POST",
      path: "/sign-in",
      who: "public",
      form: signInForm,
      events: [signedIn],
      again: (visit, sent) => show(visit, { to: "/work", sent, status: 422 }),
      handle: async (visit, form) => {
        const address = clientAddress(visit.c, visit.platform.config);
        const account = `${address} ${form.email.toLowerCase()}`;
        const wait = Math.max(perAccount.hit(account, visit.now), perAddress.hit(address, visit.now));
        if (wait > 0) return askToWait(visit, form.email, form.to, { seconds: wait, words: "tooMany" });
        const left = failures.left(form.email.toLowerCase(), visit.now);
        if (left.attempts === 0)
          return askToWait(visit, form.email, form.to, { seconds: left.seconds, words: "tooManyThere" });
        const answer = await visit.platform.signIn.auth.api.signInEmail({
          body: { email: form.email, password: form.password },
          headers: visit.c.req.raw.headers,
          asResponse: true,
        });
        if (!answer.ok) {
          visit.platform.log.info({ request: visit.requestId }, "sign-in refused");
          return refuse(visit, form.email, form.to);
        }
        const { user } = (await answer.json()) as { user: { id: string } };
        const actor = await resolveActor(visit.trx, user.id, null);
        if (actor.kind !== "person") return refuse(visit, form.email, form.to);
        perAccount.forget(account);
        await renewPasswordHash(visit.trx, visit.platform.signIn, user.id, { ...form, now: visit.now });
        passCookies(visit.c, answer);
        await endEarlierSession(visit);
        await (await visit.actAs(actor)).record(signedIn, {
          organizationId: actor.organizationId,
          subject: ["person", actor.personId],
          data: { by: "password", secondFactor: false },
        });
        return visit.redirect(form.to);
      },
    }),
    route({
      method: "POST",
      path: "/sign-out",
      who: "public",
      events: [signedOut],
      handle: async (visit) => {
        const { actor } = visit;
        const answer = await visit.platform.signIn.auth.api.signOut({
          headers: visit.c.req.raw.headers,
          asResponse: true,
        });
        passCookies(visit.c, answer);
        if (actor.kind === "person")
          await visit.record(signedOut, {
            organizationId: actor.organizationId,
            subject: ["person", actor.personId],
            data: {},
          });
        // What the browser has kept of the hub's pages goes too, for whoever sits here next.
        visit.c.header("Clear-Site-Data", '"cache", "storage"');
        return visit.redirect("/", { kind: "good", text: say("signedOut") });
      },
    }),
    route({
      method: "GET",
      path: "/switch",
      who: "signed-in",
      handle: async (visit) => {
        if (visit.actor.kind !== "person") throw new RequestProblem(403, "Sign in first.");
        const choices = await listMembershipsOfUser(visit.trx, visit.actor.userId);
        return visit.page(
          {
            title: "Work for another organization",
            breadcrumbs: [{ label: "My work", href: "/work" }, { label: "Switch" }],
          },
          <SwitchPage choices={choices} current={visit.actor.membershipId} />,
        );
      },
    }),
    route({
      method: "POST",
      path: "/switch",
      who: "signed-in",
      form: z.object({ membership: z.uuid("Choose one of the organizations.") }),
      events: [organizationSwitched],
      handle: async (visit, form) => {
        const { actor } = visit;
        const session = await currentSession(visit);
        const choices = actor.kind === "person" ? await listMembershipsOfUser(visit.trx, actor.userId) : [];
        const choice = choices.find((one) => one.membershipId === form.membership);
        if (!session || !choice || actor.kind !== "person")
          throw new RequestProblem(403, "You do not work for that organization.");
        await chooseMembership(visit.trx, session.token, choice.membershipId);
        const next = await resolveActor(visit.trx, actor.userId, choice.membershipId);
        await (await visit.actAs(next)).record(organizationSwitched, {
          organizationId: choice.organizationId,
          subject: ["membership", choice.membershipId],
          data: { membership: choice.membershipId },
        });
        return visit.redirect("/work", {
          kind: "good",
          text: `You now work for ${choice.organizationName}.`,
        });
      },
    }),
  ];
}
