import { z } from "zod";
import { worksForHub } from "../../../platform/database/actor.ts";
import { forbidden } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent } from "../../../platform/web/route.ts";
import { findOrganization } from "../../directory/index.ts";
import { adoptionChanged, adoptionEnded, consentGiven, consentWithdrawn } from "../events.ts";
import { typedText } from "../evidence/evidence-form.ts";
import { ADOPTION_WRITERS, mayConsentFor, mayWriteAdoptionsOf } from "../library.policy.ts";
import { anyFields, type Typed } from "../practices/practice-form.ts";
import { editAdoption, giveConsent, withdrawConsent } from "./adoption.actions.ts";
import { ConsentPage } from "./adoption.pages.tsx";
import { type AdoptionVisit, adoptionCrumbs, adoptionParams, getAdoption } from "./adoption.routes.tsx";
import { listContacts } from "./adoption.store.ts";
import type { Adoption } from "./adoption.types.ts";
import { ADOPTIONS_PATH, adoptionPath } from "./adoption-addresses.ts";
import { EditAdoptionPage, EndAdoptionPage } from "./adoption-form.pages.tsx";
import { readAdoptionForm, readEndingForm, todayOf, typedOfAdoption } from "./adoption-form.ts";

type SentForm = { typed: Typed; errors: Sent["errors"] };

const FORM_SCRIPTS = ["error-summary-focus", "submit-once"];
/** An adoption that the actor may write. */
async function getWritable(visit: AdoptionVisit): Promise<Adoption> {
  const adoption = await getAdoption(visit);
  if (!mayWriteAdoptionsOf(visit.actor, adoption.organizationId))
    throw forbidden("Evaluators read what organizations use, and change nothing.");
  return adoption;
}

const formOptions = (visit: AdoptionVisit, adoption: Adoption, title: string, sent?: SentForm) => ({
  title: `${title}: ${adoption.practice.title}`,
  breadcrumbs: adoptionCrumbs(
    visit,
    { label: adoption.practice.title, href: adoptionPath(adoption.id) },
    { label: title },
  ),
  status: sent ? (422 as const) : (200 as const),
  scripts: FORM_SCRIPTS,
});

async function showEdit(visit: AdoptionVisit, sent?: SentForm): Promise<Response> {
  const adoption = await getWritable(visit);
  return visit.page(
    formOptions(visit, adoption, "Change", sent),
    <EditAdoptionPage
      adoption={adoption}
      isOfHub={worksForHub(visit.actor)}
      contacts={await listContacts(visit.trx, adoption.organizationId)}
      typed={sent?.typed ?? typedOfAdoption(adoption)}
      errors={sent?.errors}
    />,
  );
}

async function showEnd(visit: AdoptionVisit, sent?: SentForm): Promise<Response> {
  const adoption = await getWritable(visit);
  return visit.page(
    formOptions(visit, adoption, "How it went", sent),
    <EndAdoptionPage
      adoption={adoption}
      isOfHub={worksForHub(visit.actor)}
      typed={
        sent?.typed ?? {
          ...typedOfAdoption(adoption),
          ...(adoption.endedOn ? {} : { endedOn: todayOf(visit) }),
        }
      }
      errors={sent?.errors}
    />,
  );
}

/** Saves what a form says, or shows it again. */
async function save(
  visit: AdoptionVisit,
  typed: Typed,
  adoption: Adoption,
  read: ReturnType<typeof readEndingForm>,
  again: typeof showEdit,
): Promise<Response> {
  if (!read.content) return again(visit, { typed, errors: read.errors });
  const { isUnshown } = await editAdoption(
    visit,
    adoption,
    read.content,
    Number(typedText(typed, "edition")),
  );
  return visit.redirect(adoptionPath(adoption.id), {
    kind: "good",
    text: isUnshown
      ? "It is saved, and not shown to everybody any more: the organization’s lead must allow the new words."
      : "It is saved.",
  });
}

/** Where leads and the hub's staff change and end entries, and leads let everybody read them. */
export const adoptionEditRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: `${ADOPTIONS_PATH}/:adoption/edit`,
    who: ADOPTION_WRITERS,
    params: adoptionParams,
    handle: (visit) => showEdit(visit),
  }),
  route({
    method: "POST",
    path: `${ADOPTIONS_PATH}/:adoption/edit`,
    who: ADOPTION_WRITERS,
    params: adoptionParams,
    form: anyFields,
    events: [adoptionChanged, consentWithdrawn],
    handle: async (visit, typed) => {
      const adoption = await getWritable(visit);
      const read = readAdoptionForm(typed, {
        contacts: await listContacts(visit.trx, adoption.organizationId),
        today: todayOf(visit),
        ended: adoption.state === "ended" ? adoption : null,
      });
      return save(visit, typed, adoption, read, showEdit);
    },
  }),
  route({
    method: "GET",
    path: `${ADOPTIONS_PATH}/:adoption/end`,
    who: ADOPTION_WRITERS,
    params: adoptionParams,
    handle: (visit) => showEnd(visit),
  }),
  route({
    method: "POST",
    path: `${ADOPTIONS_PATH}/:adoption/end`,
    who: ADOPTION_WRITERS,
    params: adoptionParams,
    form: anyFields,
    events: [adoptionEnded, adoptionChanged, consentWithdrawn],
    handle: async (visit, typed) => {
      const adoption = await getWritable(visit);
      return save(visit, typed, adoption, readEndingForm(typed, adoption, todayOf(visit)), showEnd);
    },
  }),
  route({
    method: "GET",
    path: `${ADOPTIONS_PATH}/:adoption/consent`,
    who: ADOPTION_WRITERS,
    params: adoptionParams,
    handle: async (visit) => {
      const adoption = await getAdoption(visit);
      if (!mayConsentFor(visit.actor, adoption.organizationId))
        throw forbidden("Only a lead of the organization itself can let everybody read what it does.");
      const organization = await findOrganization(visit.trx, adoption.organizationId);
      return visit.page(
        formOptions(visit, adoption, "Let everybody read it"),
        <ConsentPage
          adoption={adoption}
          shown={{ ...adoption, organizationState: organization?.state ?? null }}
        />,
      );
    },
  }),
  route({
    method: "POST",
    path: `${ADOPTIONS_PATH}/:adoption/consent`,
    who: ADOPTION_WRITERS,
    params: adoptionParams,
    form: z.object({
      consent: z.enum(["yes", "no"]),
      edition: z.coerce.number().int().catch(0).default(0),
    }),
    events: [consentGiven, consentWithdrawn],
    handle: async (visit, { consent, edition }) => {
      const adoption = await getAdoption(visit);
      if (consent === "yes") await giveConsent(visit, adoption, edition);
      else await withdrawConsent(visit, adoption.id);
      return visit.redirect(adoptionPath(adoption.id), {
        kind: "good",
        text: consent === "yes" ? "Everybody can read it now." : "It is not shown to everybody any more.",
      });
    },
  }),
];
