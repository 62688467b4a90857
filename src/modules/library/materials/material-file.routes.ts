// The files of materials. They are sent outside any transaction: a slow line must not hold one.
import { stat } from "node:fs/promises";
import type { Context } from "hono";
import { z } from "zod";
import { type Actor, system, worksForHub } from "../../../platform/database/actor.ts";
import { FileMissing } from "../../../platform/files/files.ts";
import { contentDisposition } from "../../../platform/files/safe-file-name.ts";
import { beginsDownload, sendFile } from "../../../platform/files/send-file.ts";
import { describeError } from "../../../platform/log/log.ts";
import { type RouteDefinition, route, type WebPlatform } from "../../../platform/web/route.ts";
import { notHere } from "../not-here.ts";
import { writeVtt } from "./captions.rules.ts";
import { listCues } from "./captions.store.ts";
import { isShownInline, kindOf } from "./file-kinds.ts";
import { findMaterial } from "./material.store.ts";
import type { Material, MaterialVersion } from "./material.types.ts";
import { MATERIALS_PATH } from "./material-addresses.ts";
import { countDownload, listMaterialVersions } from "./material-version.store.ts";

const fileParams = z.object({
  slug: z.string().regex(/^[a-z0-9-]{1,120}$/),
  version: z.coerce.number().int().min(1).max(100_000),
});
const captionParams = fileParams.extend({ language: z.string().regex(/^[a-z]{2,3}$/) });

/** Programs that say of themselves that they are no person. What a browser calls itself is read here and kept nowhere. */
const ROBOT = /bot\b|bot\/|crawl|spider|slurp|facebookexternalhit/i;

interface Found {
  material: Material;
  version: MaterialVersion;
}

async function findVersion(
  platform: WebPlatform,
  actor: Actor,
  requestId: string,
  c: Context,
): Promise<Found> {
  const params = fileParams.safeParse({ slug: c.req.param("slug"), version: c.req.param("version") });
  if (!params.success) throw notHere("file");
  const { slug, version: number } = params.data;
  const found = await platform.perform(
    actor,
    async ({ trx }) => {
      const material = await findMaterial(trx, slug);
      const versions = material ? await listMaterialVersions(trx, material.id) : [];
      return { material, version: versions.find((one) => one.version === number) };
    },
    requestId,
  );
  const { material, version } = found;
  // What is archived may have been so for its content: only the hub still gets it.
  if (!material || !version || (material.state === "archived" && !worksForHub(actor))) throw notHere("file");
  return { material, version };
}

const pathOf = (platform: WebPlatform, hash: string): Promise<string> =>
  platform.files.pathOf(hash).catch((error: unknown) => {
    if (error instanceof FileMissing) throw notHere("file");
    throw error;
  });

/** Adds one to the day's count. Whoever waits for the file gets it, whatever becomes of the count. */
async function countOne(platform: WebPlatform, { material, version }: Found): Promise<void> {
  const day = platform.clock().toISOString().slice(0, 10);
  await platform
    .perform(system, ({ trx }) => countDownload(trx, material.id, version.version, day))
    .catch((error: unknown) =>
      platform.log.warn({ err: describeError(error) }, "a download was not counted"),
    );
}

/** The files themselves, their pictures, and the captions. */
export const materialFileRoutes: RouteDefinition[] = [
  {
    method: "GET",
    path: `${MATERIALS_PATH}/:slug/file/:version`,
    who: "public",
    params: fileParams,
    stream: async (c, platform, actor, requestId) => {
      const found = await findVersion(platform, actor, requestId, c);
      const { file } = found.version;
      if (!file) throw notHere("file");
      const kind = kindOf(file.ending);
      const path = await pathOf(platform, file.hash);
      const isOffered = found.material.state === "published";
      if (isOffered && beginsDownload(c, file.hash) && !ROBOT.test(c.req.header("user-agent") ?? ""))
        await countOne(platform, found);
      const isInline = isShownInline(kind) && !new URL(c.req.url).searchParams.has("download");
      return sendFile(c, {
        path,
        hash: file.hash,
        bytes: file.bytes,
        type: kind.type,
        disposition: contentDisposition(isInline ? "inline" : "attachment", file.name),
      });
    },
  },
  {
    method: "GET",
    path: `${MATERIALS_PATH}/:slug/picture/:version`,
    who: "public",
    params: fileParams,
    stream: async (c, platform, actor, requestId) => {
      const { version } = await findVersion(platform, actor, requestId, c);
      const { picture, file } = version;
      if (!picture || !file) throw notHere("picture");
      // A picture is its own; of all other files it is one that the hub drew.
      const isOwn = picture.hash === file.hash;
      const path = await pathOf(platform, picture.hash);
      return sendFile(c, {
        path,
        hash: picture.hash,
        bytes: isOwn ? file.bytes : (await stat(path)).size,
        type: isOwn ? kindOf(file.ending).type : "image/png",
        disposition: contentDisposition("inline", isOwn ? file.name : "first-page.png"),
      });
    },
  },
  route({
    method: "GET",
    path: `${MATERIALS_PATH}/:slug/captions/:version/:language`,
    who: "public",
    params: captionParams,
    handle: async (visit) => {
      const { slug, version, language } = visit.params;
      const material = await findMaterial(visit.trx, slug);
      if (!material || (material.state === "archived" && !worksForHub(visit.actor)))
        throw notHere("captions");
      const cues = await listCues(visit.trx, material.id, version, language);
      if (cues.length === 0) throw notHere("captions");
      return visit.c.body(writeVtt(cues), 200, {
        "Content-Type": "text/vtt; charset=utf-8",
        "Content-Disposition": contentDisposition("inline", `${slug}.${language}.vtt`),
        "Cache-Control": "no-cache",
      });
    },
  }),
];
