import { z } from "zod";
import { typedProse } from "../../../platform/web/clean-text.ts";
import { notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { evidenceAdded, evidenceArchived } from "../events.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { getPractice, practiceCrumbs, slugParam } from "../practices/practice.routes.tsx";
import type { Practice } from "../practices/practice.types.ts";
import { PRACTICES_PATH, practicePath } from "../practices/practice-addresses.ts";
import { anyFields, type Typed } from "../practices/practice-form.ts";
import { addEvidence, archiveEvidence } from "./evidence.actions.ts";
import { listEvidence } from "./evidence.store.ts";
import type { EvidenceItem } from "./evidence.types.ts";
import { ArchiveEvidencePage, EvidenceFormPage } from "./evidence-form.pages.tsx";
import { readEvidenceForm, typedOfEvidence, typedText } from "./evidence-form.ts";
import { readEvidenceLabels } from "./evidence-labels.ts";

const itemParams = slugParam.extend({ evidence: z.uuid() });
type ItemVisit = Visit<z.infer<typeof itemParams>, unknown>;

/** An item of the practice that is in use. */
async function findItem(
  visit: Visit<unknown, unknown>,
  practice: Practice,
  id: string,
): Promise<EvidenceItem> {
  const items = await listEvidence(visit.trx, practice.id);
  const item = items.find((one) => one.id === id && one.archived === null);
  if (!item) throw notFound("This evidence");
  return item;
}

async function showForm(
  visit: Visit<z.infer<typeof slugParam>, unknown>,
  correctsId: string,
  sent?: { typed: Typed; errors: Sent["errors"] },
): Promise<Response> {
  const practice = await getPractice(visit);
  const corrects = correctsId ? await findItem(visit, practice, correctsId) : null;
  const { title } = practice.content;
  const what = corrects ? "Correct evidence" : "Add evidence";
  return visit.page(
    {
      title: `${what}: ${title}`,
      breadcrumbs: practiceCrumbs({ label: title, href: practicePath(practice.slug) }, { label: what }),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <EvidenceFormPage
      practice={practice}
      labels={await readEvidenceLabels(visit.trx)}
      typed={sent?.typed ?? (corrects ? typedOfEvidence(corrects) : {})}
      errors={sent?.errors}
      corrects={corrects}
    />,
  );
}

async function showArchive(visit: ItemVisit, sent?: Sent): Promise<Response> {
  const practice = await getPractice(visit);
  const { title } = practice.content;
  return visit.page(
    {
      title: `Archive evidence: ${title}`,
      breadcrumbs: practiceCrumbs(
        { label: title, href: practicePath(practice.slug) },
        { label: "Archive evidence" },
      ),
      status: sent ? 422 : 200,
      scripts: ["error-summary-focus", "submit-once"],
    },
    <ArchiveEvidencePage
      practice={practice}
      item={await findItem(visit, practice, visit.params.evidence)}
      sent={sent}
    />,
  );
}

function becauseErrors(typed: Typed): Sent["errors"] {
  const because = typedText(typed, "because");
  if (because === "") return { because: ["Say what is corrected, in a few words."] };
  return because.length > 2000 ? { because: ["Use at most 2,000 characters."] } : {};
}

/** Where librarians keep the evidence on a practice. Everybody reads it on the practice's own page. */
export const evidenceRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: `${PRACTICES_PATH}/:slug/evidence/new`,
    who: LIBRARIANS,
    params: slugParam,
    query: z.object({ corrects: z.uuid().optional().catch(undefined) }),
    handle: (visit) => showForm(visit, visit.query.corrects ?? ""),
  }),
  route({
    method: "POST",
    path: `${PRACTICES_PATH}/:slug/evidence/new`,
    who: LIBRARIANS,
    params: slugParam,
    form: anyFields,
    events: [evidenceAdded, evidenceArchived],
    handle: async (visit, typed) => {
      const practice = await getPractice(visit);
      const correctsId = typedText(typed, "corrects");
      const read = readEvidenceForm(typed, await readEvidenceLabels(visit.trx));
      const errors = { ...read.errors, ...(correctsId ? becauseErrors(typed) : {}) };
      if (!read.content || Object.keys(errors).length > 0)
        return showForm(visit, correctsId, { typed, errors });
      await addEvidence(
        visit,
        practice,
        read.content,
        correctsId
          ? { item: await findItem(visit, practice, correctsId), because: typedText(typed, "because") }
          : undefined,
      );
      return visit.redirect(`${practicePath(practice.slug)}#evidence-heading`, {
        kind: "good",
        text: correctsId ? "The correction is saved." : "The evidence is added.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${PRACTICES_PATH}/:slug/evidence/:evidence/archive`,
    who: LIBRARIANS,
    params: itemParams,
    handle: (visit) => showArchive(visit),
  }),
  route({
    method: "POST",
    path: `${PRACTICES_PATH}/:slug/evidence/:evidence/archive`,
    who: LIBRARIANS,
    params: itemParams,
    form: z.object({
      because: z
        .string()
        .overwrite(typedProse)
        .min(1, "Say why, so that everybody can judge it.")
        .max(2000, "Use at most 2,000 characters."),
    }),
    events: [evidenceArchived],
    again: showArchive,
    handle: async (visit, { because }) => {
      const practice = await getPractice(visit);
      await archiveEvidence(visit, practice, await findItem(visit, practice, visit.params.evidence), because);
      return visit.redirect(`${practicePath(practice.slug)}#evidence-heading`, {
        kind: "good",
        text: "The item is archived. It stays readable with your reason.",
      });
    },
  }),
];
