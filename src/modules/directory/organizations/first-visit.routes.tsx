import { z } from "zod";
import { system } from "../../../platform/database/actor.ts";
import { hashPassword, SHORTEST_PASSWORD } from "../../../platform/sign-in/sign-in.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { PasswordField, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { hubCreated, membershipStarted, organizationCreated } from "../events.ts";
import { createHub } from "./organization.actions.ts";
import { findHub } from "./organization.store.ts";

const form = z.object({
  hub: z.string().trim().min(1, "Name your hub.").max(120, "Use at most 120 characters for the hub's name."),
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

/** The page of an empty hub; gone once there is one. */
export const firstVisitRoutes: RouteDefinition[] = [
  route({ method: "GET", path: "/first-visit", who: "public", handle: (visit) => show(visit) }),
  route({
    method: "POST",
    path: "/first-visit",
    who: "public",
    form,
    events: [hubCreated, organizationCreated, membershipStarted],
    again: show,
    handle: async (visit, sent) => {
      if (await findHub(visit.trx)) throw notFound();
      const passwordHash = await hashPassword(visit.platform.signIn, sent.password);
      // Nobody is signed in yet; the hub's one row can be made once, so two first visits at a time make one hub.
      await createHub(await visit.actAs(system), {
        name: sent.hub,
        isDemo: false,
        administrator: { name: sent.name, email: sent.email, passwordHash },
      });
      return visit.redirect("/sign-in", {
        kind: "good",
        text: "Your hub is made. Sign in with the e-mail and password you chose.",
      });
    },
  }),
];
