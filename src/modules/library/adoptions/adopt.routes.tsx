import { z } from "zod";
import { worksForHub } from "../../../platform/database/actor.ts";
import { conflict, forbidden, notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { Buttons } from "../../../ui/form.tsx";
import { findOrganization, listOrganizations } from "../../directory/index.ts";
import { practiceAdopted } from "../events.ts";
import { typedText } from "../evidence/evidence-form.ts";
import { ADOPTION_WRITERS, mayWriteAdoptionsOf } from "../library.policy.ts";
import { getPractice, practiceCrumbs, slugParam } from "../practices/practice.routes.tsx";
import { practicePath } from "../practices/practice-addresses.ts";
import { anyFields, type Typed } from "../practices/practice-form.ts";
import { adoptPractice } from "./adoption.actions.ts";
import { findAdoptionOf, listContacts } from "./adoption.store.ts";
import { adoptionPath, adoptPath } from "./adoption-addresses.ts";
import { AdoptPage, ChooseOrganizationPage } from "./adoption-form.pages.tsx";
import { readAdoptionForm, todayOf } from "./adoption-form.ts";

type SlugVisit = Visit<z.infer<typeof slugParam>, unknown>;
type SentForm = { typed: Typed; errors: Sent["errors"] };

/** Whose adoption it is: one's own organization, or the one that the hub's staff has chosen. */
async function findAdopter(
  visit: SlugVisit,
  chosen: string | undefined,
): Promise<{ id: string; name: string } | null> {
  const { actor } = visit;
  if (actor.kind !== "person") throw forbidden("Sign in first.");
  const id = worksForHub(actor) ? chosen : actor.organizationId;
  const organization = id ? await findOrganization(visit.trx, id) : null;
  if (id && !organization) throw notFound("This organization");
  if (!mayWriteAdoptionsOf(actor, id ?? actor.organizationId))
    throw forbidden("Evaluators read what organizations use, and change nothing.");
  return organization;
}

async function showAdopt(visit: SlugVisit, chosen: string | undefined, sent?: SentForm): Promise<Response> {
  const practice = await getPractice(visit);
  if (practice.state !== "published")
    throw conflict("Only practices that are in the library now can be taken up. This one is not.");
  const { title } = practice.content;
  const options = {
    title: worksForHub(visit.actor) ? `An organization uses “${title}”` : `We use “${title}”`,
    breadcrumbs: practiceCrumbs({ label: title, href: practicePath(practice.slug) }, { label: "In use" }),
    status: sent ? (422 as const) : (200 as const),
    scripts: ["error-summary-focus", "submit-once"],
  };
  const organization = await findAdopter(visit, chosen);
  if (!organization)
    return visit.page(
      options,
      <ChooseOrganizationPage practice={practice} organizations={await listOrganizations(visit.trx)} />,
    );
  const there = await findAdoptionOf(visit.trx, organization.id, practice.id);
  if (there && there.state !== "ended")
    return visit.page(
      { ...options, status: 200 },
      <div class="stack">
        <h1>
          {organization.name} has an entry for “{title}”
        </h1>
        <p>Whoever is on with a practice has one entry for it, which you can change or end.</p>
        <Buttons
          main={{ label: "Open the entry", href: adoptionPath(there.id) }}
          quiet={[{ label: "Back to the practice", href: practicePath(practice.slug) }]}
        />
      </div>,
    );
  const person = visit.actor.kind === "person" ? visit.actor : null;
  return visit.page(
    options,
    <AdoptPage
      practice={practice}
      organization={organization}
      isOfHub={worksForHub(visit.actor)}
      contacts={await listContacts(visit.trx, organization.id)}
      typed={
        sent?.typed ?? {
          since: todayOf(visit),
          ...(person && !worksForHub(person) ? { contactId: person.personId } : {}),
        }
      }
      errors={sent?.errors}
    />,
  );
}

/** Where leads and the hub's staff write down that an organization takes a practice up. */
export const adoptRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: adoptPath(":slug"),
    who: ADOPTION_WRITERS,
    params: slugParam,
    query: z.object({ organization: z.uuid().optional().catch(undefined) }),
    handle: (visit) => showAdopt(visit, visit.query.organization),
  }),
  route({
    method: "POST",
    path: adoptPath(":slug"),
    who: ADOPTION_WRITERS,
    params: slugParam,
    form: anyFields,
    events: [practiceAdopted],
    handle: async (visit, typed) => {
      const chosen = z.uuid().safeParse(typedText(typed, "organization")).data;
      const organization = await findAdopter(visit, chosen);
      if (!organization) return showAdopt(visit, undefined, { typed, errors: {} });
      const read = readAdoptionForm(typed, {
        contacts: await listContacts(visit.trx, organization.id),
        today: todayOf(visit),
      });
      if (!read.content) return showAdopt(visit, organization.id, { typed, errors: read.errors });
      const id = await adoptPractice(visit, await getPractice(visit), organization.id, read.content);
      return visit.redirect(adoptionPath(id), { kind: "good", text: "It is written down." });
    },
  }),
];
