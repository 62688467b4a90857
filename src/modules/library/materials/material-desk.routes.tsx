import { z } from "zod";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { deskSection } from "../desk-section.ts";
import {
  captionsRemoved,
  materialArchived,
  materialCreated,
  materialEdited,
  materialPublished,
} from "../events.ts";
import { LIBRARIANS } from "../library.policy.ts";
import { DESK_PATH, LIBRARY_PATH } from "../practices/practice-addresses.ts";
import { anyFields, type Typed } from "../practices/practice-form.ts";
import {
  archiveMaterial,
  createMaterial,
  editMaterial,
  publishMaterial,
  removeCaptions,
} from "./material.actions.ts";
import { getMaterial, materialSlug } from "./material.routes.tsx";
import { listAttachedPractices, listKnownPracticeSlugs, listUnofferedMaterials } from "./material.store.ts";
import { MATERIAL_LANGUAGES, type Material } from "./material.types.ts";
import { DESK_MATERIALS_PATH, deskMaterialPath, MATERIALS_PATH, materialPath } from "./material-addresses.ts";
import { ArchiveMaterialPage, MaterialDeskPage, MaterialFormPage } from "./material-desk.pages.tsx";
import { practiceSlugs, readMaterialForm, textOf, typedOfMaterial } from "./material-form.ts";
import { readMaterialLabels } from "./material-labels.ts";

const MOST_SHOWN = 200;
type SlugVisit = Visit<z.infer<typeof materialSlug>, unknown>;

/** Where one is on the desk: above a material, its own page. */
export const deskCrumbs = (label: string, material?: Material) => [
  { label: "Library", href: LIBRARY_PATH },
  { label: "Library desk", href: DESK_PATH },
  { label: "Materials", href: DESK_MATERIALS_PATH },
  ...(material ? [{ label: material.content.title, href: materialPath(material.slug) }] : []),
  { label },
];

export const FORM_SCRIPTS = ["error-summary-focus", "submit-once"];

async function showNew(
  visit: Visit<unknown, unknown>,
  typed: Typed,
  errors?: Sent["errors"],
): Promise<Response> {
  return visit.page(
    {
      title: "Add a material",
      breadcrumbs: deskCrumbs("Add a material"),
      status: errors ? 422 : 200,
      scripts: FORM_SCRIPTS,
    },
    <MaterialFormPage
      heading="Add a material"
      action={`${DESK_MATERIALS_PATH}/new`}
      cancelHref={DESK_MATERIALS_PATH}
      labels={await readMaterialLabels(visit.trx)}
      typed={typed}
      errors={errors}
      edition={null}
      submit="Save as a draft, then add the file"
    />,
  );
}

async function showEdit(
  visit: SlugVisit,
  sent?: { typed: Typed; errors: Sent["errors"]; isBehind?: boolean },
): Promise<Response> {
  const material = await getMaterial(visit);
  const practices = await listAttachedPractices(visit.trx, material.id);
  return visit.page(
    {
      title: `Edit: ${material.content.title}`,
      breadcrumbs: deskCrumbs("Edit", material),
      status: sent ? (sent.isBehind ? 409 : 422) : 200,
      scripts: FORM_SCRIPTS,
    },
    <MaterialFormPage
      heading={`Edit “${material.content.title}”`}
      action={`${deskMaterialPath(material.slug)}/edit`}
      cancelHref={materialPath(material.slug)}
      labels={await readMaterialLabels(visit.trx)}
      typed={sent?.typed ?? typedOfMaterial(material.content, practices)}
      errors={sent?.errors}
      edition={material.edition}
      isBehind={sent?.isBehind}
      submit="Save"
    />,
  );
}

async function showArchive(visit: SlugVisit, sent?: Sent): Promise<Response> {
  const material = await getMaterial(visit);
  return visit.page(
    {
      title: `Archive: ${material.content.title}`,
      breadcrumbs: deskCrumbs("Archive", material),
      status: sent ? 422 : 200,
      scripts: FORM_SCRIPTS,
    },
    <ArchiveMaterialPage material={material} sent={sent} />,
  );
}

/** The form, held against the lists and the practices that there are. */
async function readForm(visit: Visit<unknown, unknown>, typed: Typed) {
  const { kind, license } = await readMaterialLabels(visit.trx);
  const practices = await listKnownPracticeSlugs(visit.trx, practiceSlugs(typed));
  return readMaterialForm(typed, { kinds: kind, licenses: license, practices });
}

/** Where materials are described, offered and archived. */
export const materialDeskRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: DESK_MATERIALS_PATH,
    who: LIBRARIANS,
    handle: async (visit) =>
      visit.page(
        {
          title: "Materials",
          breadcrumbs: deskCrumbs("Materials").filter(({ label, href }) => label !== "Materials" || !href),
          section: await deskSection(visit.trx, DESK_MATERIALS_PATH),
        },
        <MaterialDeskPage materials={await listUnofferedMaterials(visit.trx, MOST_SHOWN)} />,
      ),
  }),
  route({
    method: "GET",
    path: `${DESK_MATERIALS_PATH}/new`,
    who: LIBRARIANS,
    query: z.object({
      practice: z
        .string()
        .regex(/^[a-z0-9-]{1,120}$/)
        .optional()
        .catch(undefined),
    }),
    handle: (visit) => showNew(visit, { practices: visit.query.practice ?? "" }),
  }),
  route({
    method: "POST",
    path: `${DESK_MATERIALS_PATH}/new`,
    who: LIBRARIANS,
    form: anyFields,
    events: [materialCreated],
    handle: async (visit, typed) => {
      const read = await readForm(visit, typed);
      if (!read.content) return showNew(visit, typed, read.errors);
      const slug = await createMaterial(visit, read.content, read.practices);
      return visit.redirect(`${deskMaterialPath(slug)}/file`, {
        kind: "good",
        text: "The draft is saved. Now add its file or its link.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${DESK_MATERIALS_PATH}/:slug/edit`,
    who: LIBRARIANS,
    params: materialSlug,
    handle: (visit) => showEdit(visit),
  }),
  route({
    method: "POST",
    path: `${DESK_MATERIALS_PATH}/:slug/edit`,
    who: LIBRARIANS,
    params: materialSlug,
    form: anyFields,
    events: [materialEdited],
    handle: async (visit, typed) => {
      const material = await getMaterial(visit);
      const read = await readForm(visit, typed);
      if (!read.content) return showEdit(visit, { typed, errors: read.errors });
      const seenEdition = Number(textOf(typed, "edition"));
      const isSaved =
        seenEdition === material.edition &&
        (await editMaterial(visit, material, {
          content: read.content,
          practices: read.practices,
          seenEdition,
        }));
      if (!isSaved) return showEdit(visit, { typed, errors: {}, isBehind: true });
      return visit.redirect(materialPath(material.slug), { kind: "good", text: "The change is saved." });
    },
  }),
  route({
    method: "POST",
    path: `${DESK_MATERIALS_PATH}/:slug/publish`,
    who: LIBRARIANS,
    params: materialSlug,
    events: [materialPublished],
    handle: async (visit) => {
      const material = await getMaterial(visit);
      await publishMaterial(visit, material);
      return visit.redirect(materialPath(material.slug), {
        kind: "good",
        text: "The material is in the library.",
      });
    },
  }),
  route({
    method: "GET",
    path: `${DESK_MATERIALS_PATH}/:slug/archive`,
    who: LIBRARIANS,
    params: materialSlug,
    handle: (visit) => showArchive(visit),
  }),
  route({
    method: "POST",
    path: `${DESK_MATERIALS_PATH}/:slug/archive`,
    who: LIBRARIANS,
    params: materialSlug,
    form: z.object({
      because: z
        .string()
        .trim()
        .min(1, "Say why, so that those who come by its address know.")
        .max(2000, "Use at most 2,000 characters."),
    }),
    events: [materialArchived],
    again: showArchive,
    handle: async (visit, { because }) => {
      const material = await getMaterial(visit);
      await archiveMaterial(visit, material, because);
      return visit.redirect(MATERIALS_PATH, { kind: "good", text: "The material is archived." });
    },
  }),
  route({
    method: "POST",
    path: `${DESK_MATERIALS_PATH}/:slug/captions/remove`,
    who: LIBRARIANS,
    params: materialSlug,
    form: z.object({
      version: z.coerce.number().int().min(1).max(100_000),
      language: z.enum(MATERIAL_LANGUAGES),
    }),
    events: [captionsRemoved],
    handle: async (visit, { version, language }) => {
      const material = await getMaterial(visit);
      await removeCaptions(visit, { material, version, language });
      return visit.redirect(`${deskMaterialPath(material.slug)}/captions`, {
        kind: "good",
        text: "The captions are removed.",
      });
    },
  }),
];
