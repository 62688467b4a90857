import { z } from "zod";
import { allowMedia } from "../../../platform/web/media-policy.ts";
import { type Crumb, type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { languageNow } from "../../../ui/language.ts";
import { mayEditLibrary } from "../library.policy.ts";
import { listDeadLinks } from "../links/link.store.ts";
import { notHere } from "../not-here.ts";
import { LIBRARY_PATH } from "../practices/practice-addresses.ts";
import { type CaptionTrack, listCaptionTracks, listCues } from "./captions.store.ts";
import { isRecording, kindOf } from "./file-kinds.ts";
import { findMaterials, materialQuery } from "./find-materials.ts";
import { ArchivedMaterialPage, MaterialPage } from "./material.pages.tsx";
import { findMaterial, listAttachedPractices } from "./material.store.ts";
import type { Material, MaterialVersion } from "./material.types.ts";
import { sayMaterial as say } from "./material.words.ts";
import { MATERIALS_PATH } from "./material-addresses.ts";
import { MaterialWays } from "./material-desk.pages.tsx";
import { readMaterialLabels } from "./material-labels.ts";
import { MaterialListPage, materialListHeading } from "./material-list.pages.tsx";
import { listMaterialVersions } from "./material-version.store.ts";

export const materialSlug = z.object({ slug: z.string().regex(/^[a-z0-9-]{1,120}$/) });

/** The material that an address names. */
export async function getMaterial(visit: Visit<{ slug: string }, unknown>): Promise<Material> {
  const material = await findMaterial(visit.trx, visit.params.slug);
  if (!material) throw notHere("material");
  return material;
}

const crumbs = (...further: Crumb[]): Crumb[] => [{ label: say("library"), href: LIBRARY_PATH }, ...further];

/** What is said in the language that is asked for, else in that of the page, else in any. */
async function chooseTranscript(
  visit: Visit<unknown, { transcript?: string | undefined }>,
  material: Material,
  version: number,
  tracks: readonly CaptionTrack[],
) {
  const languages = tracks.map(({ language }) => language);
  const wanted = [visit.query.transcript, languageNow(), material.content.language, languages[0]];
  const language = wanted.find((one) => one !== undefined && languages.includes(one));
  return language === undefined
    ? null
    : { language, cues: await listCues(visit.trx, material.id, version, language) };
}

const playsIn = (version: MaterialVersion | undefined): boolean =>
  Boolean(version?.file && isRecording(kindOf(version.file.ending)));

/** The materials of the library, and each of them. */
export const materialRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: MATERIALS_PATH,
    who: "public",
    query: materialQuery,
    handle: async (visit) => {
      const view = visit.query;
      const found = await findMaterials(visit.trx, view);
      return visit.page(
        {
          title: view.q ? materialListHeading({ view, found }) : say("materials"),
          description: say("lead"),
          breadcrumbs: crumbs({ label: say("materials") }),
        },
        <MaterialListPage view={view} found={found} labels={await readMaterialLabels(visit.trx)} />,
      );
    },
  }),
  route({
    method: "GET",
    path: `${MATERIALS_PATH}/:slug`,
    who: "public",
    params: materialSlug,
    query: z.object({
      transcript: z
        .string()
        .regex(/^[a-z]{2,3}$/)
        .optional()
        .catch(undefined),
    }),
    handle: async (visit) => {
      const material = await getMaterial(visit);
      const { title, summary } = material.content;
      const mayEdit = mayEditLibrary(visit.actor);
      const breadcrumbs = crumbs({ label: say("materials"), href: MATERIALS_PATH }, { label: title });
      const versions = await listMaterialVersions(visit.trx, material.id);
      const [newest] = versions;
      const isPlayed = playsIn(newest);
      const ways = mayEdit ? (
        <MaterialWays material={material} hasFile={versions.length > 0} isPlayed={isPlayed} />
      ) : null;
      if (material.state === "archived")
        return visit.page({ title, breadcrumbs }, <ArchivedMaterialPage material={material} ways={ways} />);
      const tracks =
        newest && isPlayed ? await listCaptionTracks(visit.trx, material.id, newest.version) : [];
      if (isPlayed) allowMedia(visit.c);
      return visit.page(
        { title, description: summary, breadcrumbs, scripts: isPlayed ? ["seek-recording"] : [] },
        <MaterialPage
          material={material}
          versions={versions}
          practices={await listAttachedPractices(visit.trx, material.id)}
          labels={await readMaterialLabels(visit.trx)}
          tracks={tracks}
          dead={
            await listDeadLinks(
              visit.trx,
              versions.flatMap(({ url }) => url ?? []),
            )
          }
          transcript={newest ? await chooseTranscript(visit, material, newest.version, tracks) : null}
          ways={ways}
        />,
      );
    },
  }),
];
