import { readFile } from "node:fs/promises";
import { z } from "zod";
import { findHub } from "../../modules/directory/index.ts";
import { FileMissing } from "../../platform/files/files.ts";
import { notFound } from "../../platform/web/problems.ts";
import { type RouteDefinition, route } from "../../platform/web/route.ts";
import { accentSheet, HUB_PATH } from "./hub-addresses.ts";

/** What has its own hash in its address never changes. */
const FOREVER = "public, max-age=31536000, immutable";

const ENDINGS = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" } as const;

/** What every page of the hub loads: its logo and its colors. Only what is in use; no other stored file has an address here. */
export const hubFileRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: `${HUB_PATH}/logo/:hash`,
    who: "public",
    params: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
    handle: async (visit) => {
      const logo = (await findHub(visit.trx))?.logo;
      if (logo?.hash !== visit.params.hash) throw notFound("This picture");
      const bytes = await visit.platform.files
        .pathOf(logo.hash)
        .then((path) => readFile(path))
        .catch((error: unknown) => {
          if (error instanceof FileMissing) throw notFound("This picture");
          throw error;
        });
      return visit.c.body(new Uint8Array(bytes), 200, {
        "Content-Type": logo.type,
        // With a disposition it is sandboxed, should somebody open it as a page.
        "Content-Disposition": `inline; filename="logo.${ENDINGS[logo.type]}"`,
        "Cache-Control": FOREVER,
      });
    },
  }),
  route({
    method: "GET",
    path: `${HUB_PATH}/colors/:hash`,
    who: "public",
    params: z.object({ hash: z.string().regex(/^[0-9a-f]{16}$/) }),
    handle: async (visit) => {
      const accent = (await findHub(visit.trx))?.accent;
      const sheet = accent ? accentSheet(accent) : null;
      if (sheet?.hash !== visit.params.hash) throw notFound("This style sheet");
      return visit.c.body(sheet.text, 200, {
        "Content-Type": "text/css; charset=utf-8",
        "Cache-Control": FOREVER,
      });
    },
  }),
];
