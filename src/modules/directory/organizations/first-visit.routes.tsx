import { z } from "zod";
import { system } from "../../../platform/database/actor.ts";
import { hashPassword, SHORTEST_PASSWORD } from "../../../platform/sign-in/sign-in.ts";
import { conflict, notFound } from "../../../platform/web/problems.ts";
import {
  type RouteDefinition,
  route,
  type Sent,
  type Visit,
  type WebPlatform,
} from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { PasswordField, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { hubCreated, membershipStarted, organizationCreated, signedIn } from "../events.ts";
import { findHub } from "../hub/hub.store.ts";
import { hubNameField } from "../hub/hub-name.ts";
import { refuseEasyPassword } from "../people/password-field.ts";
import { findActiveUser } from "../people/person.store.ts";
import { startSession } from "../people/start-session.ts";
import { createHub } from "./organization.actions.ts";

const form = z.object({
  hub: hubNameField,
  name: z.string().trim().min(1, "Enter your name.").max(120, "Use at most 120 characters for your name."),
  email: z.email("Enter your e-mail, such as ada@example.org.").max(254),
  password: z
    .string()
    .min(SHORTEST_PASSWORD, `Use at least ${SHORTEST_PASSWORD} characters for the password.`)
    .max(128, "Use at most 128 characters for the password."),
});

const FirstVisitPage = ({ sent }: { sent?: Sent | undefined }) => {
  const value = (name: string): string | undefined => sentText(sent, name);
  const error = (name: string): string | undefined => sentError(sent, name);
  return (
    <div class="stack narrow">
      <h1>Make your hub</h1>
      <p>There is nothing here yet. Name the hub and make its first administrator: that is you.</p>
      <ErrorSummary errors={sentErrors(sent)} />
      <Form action="/first-visit">
        <TextField
          name="hub"
          label="The hub's name"
          hint="For example: Ohio Behavioral Health Workforce Center"
          required
          value={value("hub")}
          error={error("hub")}
        />
        <TextField
          name="name"
          label="Your name"
          autocomplete="name"
          required
          value={value("name")}
          error={error("name")}
        />
        <TextField
          name="email"
          label="Your e-mail"
          type="email"
          autocomplete="username"
          required
          value={value("email")}
          error={error("email")}
        />
        <PasswordField
          name="password"
          label="Password"
          autocomplete="new-password"
          hint={`At least ${SHORTEST_PASSWORD} characters. A few unrelated words are easy to keep.`}
          required
          error={error("password")}
        />
        <Buttons main={{ label: "Make the hub" }} />
      </Form>
    </div>
  );
};

async function show(visit: Visit<unknown, unknown>, sent?: Sent): Promise<Response> {
  if (await findHub(visit.trx)) throw notFound();
  return visit.page(
    { title: "Make your hub", status: sent ? 422 : 200, scripts: ["error-summary-focus"] },
    <FirstVisitPage sent={sent} />,
  );
}

/** Hubs that somebody is making at this moment. */
const making = new WeakSet<WebPlatform>();

/**
 * Makes the hub in a transaction of its own: the session that follows is written on another connection, which must see
 * the person. Only one at a time opens this second transaction, or many could wait for each other's connections. The
 * hub's one row can be made once, whoever tries.
 */
async function makeHub(
  { platform, requestId }: Visit<unknown, unknown>,
  sent: { hub: string; name: string; email: string; passwordHash: string },
): Promise<void> {
  if (making.has(platform))
    throw conflict("Somebody is making the hub at this moment. Wait a little, then open this page again.");
  making.add(platform);
  try {
    const { hub, ...administrator } = sent;
    await platform.perform(
      system,
      (work) => createHub(work, { name: hub, isDemo: false, administrator }),
      requestId,
    );
  } finally {
    making.delete(platform);
  }
}

/** The page of an empty hub; gone once there is one. */
export const firstVisitRoutes: RouteDefinition[] = [
  route({ method: "GET", path: "/first-visit", who: "public", handle: (visit) => show(visit) }),
  route({
    method: "POST",
    path: "/first-visit",
    who: "public",
    form,
    events: [hubCreated, organizationCreated, membershipStarted, signedIn],
    again: show,
    handle: async (visit, sent) => {
      if (await findHub(visit.trx)) throw notFound();
      const easy = await refuseEasyPassword(sent.password, [sent.name, sent.email, sent.hub]);
      if (easy)
        return show(visit, {
          values: { hub: sent.hub, name: sent.name, email: sent.email },
          errors: { password: [easy] },
        });
      const passwordHash = await hashPassword(visit.platform.signIn, sent.password);
      await makeHub(visit, { hub: sent.hub, name: sent.name, email: sent.email, passwordHash });
      const user = await findActiveUser(visit.trx, sent.email);
      const isIn =
        user !== null && (await startSession(visit, user.userId, { by: "password", isSecondFactor: false }));
      // The second factor first: administrators do nothing without one.
      return visit.redirect(isIn ? "/account/second-factor?to=/hub/start" : "/sign-in", {
        kind: "good",
        text: isIn
          ? "Your hub is made. First, protect your account: you may do everything in this hub."
          : "Your hub is made. Sign in with the e-mail and password you chose.",
      });
    },
  }),
];
