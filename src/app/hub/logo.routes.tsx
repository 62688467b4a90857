import { z } from "zod";
import { changeLogo, type Logo, settingEvents } from "../../modules/directory/index.ts";
import { dropRefusedFile, removeUnneededFile } from "../../modules/pathways/index.ts";
import { FileRefused, type FileStore, FileTooLarge } from "../../platform/files/files.ts";
import { type PictureHeader, readPictureHeader } from "../../platform/files/picture.ts";
import { receiveUpload, type Upload } from "../../platform/files/upload.ts";
import { setFlash } from "../../platform/web/flash.ts";
import { type RouteDefinition, route, uploadRoute } from "../../platform/web/route.ts";
import { fromField } from "./hub.routes.tsx";
import { HUB_PATH, START_PATH } from "./hub-addresses.ts";
import { getHub, writeRefused } from "./hub-view.tsx";
import { LARGEST_LOGO_KB, refuseLogo, TOO_LARGE } from "./logo.rules.ts";

/** The store, which says in the form's own words that a file is too large. */
const sayingTooLarge = (files: FileStore): FileStore => ({
  ...files,
  put: (content, acceptance) =>
    files.put(content, acceptance).catch((error: unknown) => {
      throw error instanceof FileTooLarge ? new FileRefused(TOO_LARGE) : error;
    }),
});

/** The logo that the form means: the picture that came with it, or the present one. Null: there is neither. */
function chosenLogo(upload: Upload, picture: PictureHeader | null, present: Logo | null): Logo | null {
  const saysName = upload.fields["says"] === "yes";
  if (upload.file && picture) return { hash: upload.file.hash, ...picture, saysName };
  return present && { ...present, saysName };
}

/** The hub's own picture: receiving it, and doing without. */
export const logoRoutes: RouteDefinition[] = [
  uploadRoute({
    path: `${HUB_PATH}/logo`,
    who: ["administrator"],
    events: settingEvents.logo,
    stream: async (c, platform, actor, requestId, render) => {
      let picture: PictureHeader | null = null;
      const upload = await receiveUpload(c, sayingTooLarge(platform.files), {
        limit: LARGEST_LOGO_KB * 1024,
        refuse: async (path) => {
          picture = await readPictureHeader(path);
          return refuseLogo(path, picture);
        },
      });
      const from = fromField.parse(upload.fields["from"]);
      const unneeded = new Set(upload.file ? [upload.file.hash] : []);
      const answer = await platform.perform(
        actor,
        async (work) => {
          const present = (await getHub(work)).logo;
          const logo = chosenLogo(upload, picture, present);
          if (upload.refusal || !logo) {
            const sent = { values: upload.fields, errors: { logo: [upload.refusal ?? "Choose a picture."] } };
            return render(work, ...(await writeRefused(work, platform, "logo", from, sent)));
          }
          await changeLogo(work, logo);
          if (present) unneeded.add(present.hash);
          unneeded.delete(logo.hash);
          setFlash(c, { kind: "good", text: "The logo is saved." });
          return c.redirect(from === "start" ? START_PATH : HUB_PATH, 303);
        },
        requestId,
      );
      // The picture of before, or one that came and was not taken.
      for (const hash of unneeded) await dropRefusedFile(platform, hash);
      return answer;
    },
  }),
  route({
    method: "POST",
    path: `${HUB_PATH}/logo/remove`,
    who: ["administrator"],
    form: z.object({ from: fromField }),
    events: settingEvents.logo,
    handle: async (visit, { from }) => {
      const { logo } = await getHub(visit);
      await changeLogo(visit, null);
      // Last: should it fail, the logo is there still, and so is its file.
      if (logo) await removeUnneededFile(visit, visit.platform.files, logo.hash);
      return visit.redirect(from === "start" ? `${START_PATH}/logo` : HUB_PATH, {
        kind: "good",
        text: "The logo is removed. The drawn trellis stands in its place.",
      });
    },
  }),
];
