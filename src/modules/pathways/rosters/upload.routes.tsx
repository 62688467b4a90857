import { z } from "zod";
import type { Trx } from "../../../platform/database/database.ts";
import { refuseAllButTables } from "../../../platform/files/file-kind.ts";
import { receiveUpload, type Upload } from "../../../platform/files/upload.ts";
import { forbidden } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, uploadRoute } from "../../../platform/web/route.ts";
import { listGranteeCodes } from "../../directory/index.ts";
import { rosterReceived } from "../events.ts";
import { enqueueStep, READ_ROSTER_JOB, receiveRoster } from "./roster.actions.ts";
import { mayImport } from "./roster.policy.ts";
import { ROSTERS_PATH, UploadPage, type UploadPageProps } from "./roster-list.pages.tsx";
import { dropRefusedFile } from "./unneeded-file.ts";

const WRITERS = ["administrator", "hub_staff", "organization_lead"] as const;
const MEGABYTE = 1024 * 1024;
const CRUMBS = [{ label: "Rosters", href: ROSTERS_PATH }, { label: "Bring in a roster" }];

const fields = z.object({
  code: z.string().min(1, "Choose whose trainees are in the file."),
  year: z
    .string()
    .trim()
    .regex(/^(20\d\d-\d\d)?$/, "Write the academic year like this: 2024-25.")
    .default(""),
  program: z.string().trim().max(120, "Use at most 120 characters for the program.").default(""),
});

/** The grantees whose rosters the actor may bring in; row-level security leaves only their own. */
function listTargets(trx: Trx): Promise<UploadPageProps["targets"]> {
  return listGranteeCodes(trx);
}

interface Checked {
  sent: Sent;
  target: UploadPageProps["targets"][number] | undefined;
  given: { academicYear?: string; programName?: string };
}

function checkUpload(upload: Upload, targets: UploadPageProps["targets"]): Checked {
  const parsed = fields.safeParse(upload.fields);
  const errors: Sent["errors"] = parsed.success ? {} : z.flattenError(parsed.error).fieldErrors;
  const target = targets.find((one) => one.code === upload.fields["code"]);
  if (upload.refusal) errors["file"] = [upload.refusal];
  else if (!upload.file || upload.file.bytes === 0)
    errors["file"] = [upload.file ? "This file is empty. Choose another." : "Choose a file."];
  if (!target && !errors["code"]) errors["code"] = ["Choose a grantee of the list."];
  const given = parsed.success
    ? {
        ...(parsed.data.year ? { academicYear: parsed.data.year } : {}),
        ...(parsed.data.program ? { programName: parsed.data.program } : {}),
      }
    : {};
  return { sent: { values: upload.fields, errors }, target, given };
}

/** Bringing a file in. */
export const uploadRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: `${ROSTERS_PATH}/new`,
    who: WRITERS,
    handle: async (visit) => {
      if (visit.actor.kind !== "person" || !mayImport(visit.actor, visit.actor.organizationId))
        throw forbidden("Evaluators read records under pseudonyms and bring nothing in.");
      const limitMegabytes = Math.floor(visit.platform.config.maxUploadBytes / MEGABYTE);
      return visit.page(
        { title: "Bring in a roster", breadcrumbs: CRUMBS, scripts: ["file-drop", "submit-once"] },
        <UploadPage targets={await listTargets(visit.trx)} limitMegabytes={limitMegabytes} />,
      );
    },
  }),
  uploadRoute({
    path: ROSTERS_PATH,
    who: WRITERS,
    events: [rosterReceived],
    stream: async (c, platform, actor, requestId, render) => {
      if (actor.kind !== "person" || !mayImport(actor, actor.organizationId))
        throw forbidden("Evaluators read records under pseudonyms and bring nothing in.");
      const { config } = platform;
      // The file is received before the transaction opens: a slow line must not hold one.
      const upload = await receiveUpload(c, platform.files, {
        limit: config.maxUploadBytes,
        refuse: refuseAllButTables,
      });
      let isTaken = false;
      const answer = await platform.perform(
        actor,
        async (work) => {
          const targets = await listTargets(work.trx);
          const { sent, target, given } = checkUpload(upload, targets);
          if (!target || !upload.file || Object.keys(sent.errors).length > 0) {
            const page = (
              <UploadPage
                targets={targets}
                limitMegabytes={Math.floor(config.maxUploadBytes / MEGABYTE)}
                sent={sent}
              />
            );
            return render(
              work,
              {
                title: "Bring in a roster",
                breadcrumbs: CRUMBS,
                status: 422,
                scripts: ["error-summary-focus", "file-drop"],
              },
              page,
            );
          }
          const id = await receiveRoster(work, {
            organizationId: target.organizationId,
            granteeCode: target.code,
            fileName: upload.file.name,
            fileHash: upload.file.hash,
            fileSize: upload.file.bytes,
            given: { ...given, answers: [], archive: [] },
            uploadedBy: actor.personId,
          });
          await enqueueStep(work, READ_ROSTER_JOB, id);
          isTaken = true;
          return c.redirect(`${ROSTERS_PATH}/${id}`, 303);
        },
        requestId,
      );
      // The form's fields may follow the file, so that it is stored before they can be checked.
      if (!isTaken && upload.file) await dropRefusedFile(platform, upload.file.hash);
      return answer;
    },
  }),
];
