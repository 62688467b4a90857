// The door of the directory: what other modules and the app may use.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../platform/config/project-folder.ts";
import { type CodeList, loadCodeList } from "../../platform/database/code-lists.ts";
import type { ReferenceLoader } from "../../platform/database/reference.ts";
import type { RouteDefinition } from "../../platform/web/route.ts";
import { mailPreferenceRoutes } from "./mail/mail-preference.routes.tsx";
import { firstVisitRoutes } from "./organizations/first-visit.routes.tsx";
import { organizationApi } from "./organizations/organization.api.ts";
import { organizationRoutes } from "./organizations/organization.routes.tsx";
import { organizationPartsRoutes } from "./organizations/organization-parts.routes.tsx";
import { accountRoutes } from "./people/account.routes.tsx";
import { agencyRoutes } from "./people/agency.routes.tsx";
import type { DemoDirectory } from "./people/demo-directory.ts";
import { memberRoutes } from "./people/member.routes.tsx";
import { passkeyRoutes } from "./people/passkey.routes.tsx";
import { personalDataRoutes } from "./people/personal-data.routes.tsx";
import { secondFactorRoutes } from "./people/second-factor.routes.tsx";
import { signInRoutes } from "./people/sign-in.routes.tsx";
import { signInLinkRoutes } from "./people/sign-in-link.routes.tsx";
import { codeListApi } from "./places/code-list.api.ts";
import { loadPlaces, placesFiles } from "./places/reference.store.ts";
import { tokenRoutes } from "./tokens/token.routes.tsx";

export { directoryEvents } from "./events.ts";
export {
  changeColors,
  changeLogo,
  changeTimeZone,
  finishFirstSteps,
  noteStep,
  renameHub,
  settingEvents,
} from "./hub/hub.actions.ts";
export { findHub } from "./hub/hub.store.ts";
export { FIRST_STEPS, type FirstStep, type Hub, type Logo, type LogoType } from "./hub/hub.types.ts";
export {
  accentStyles,
  deriveColors,
  GROUNDS,
  judgeAccent,
  OWN_ACCENT,
  PALETTE,
} from "./hub/hub-colors.rules.ts";
export { hubNameField, shortNameField } from "./hub/hub-name.ts";
export { regularMailJobs } from "./mail/regular-mail.jobs.ts";
export type { NearDeadline, WaitingThing } from "./mail/waiting.types.ts";
export {
  addAward,
  addGranteeCode,
  addPerson,
  createHub,
  createOrganization,
} from "./organizations/organization.actions.ts";
export { NewOrganizationForm } from "./organizations/organization.pages.tsx";
export {
  findOrganization,
  findOrganizationByCode,
  getHubOrganization,
  listGranteeCodes,
  listOrganizations,
  noteSites,
  type Organization,
} from "./organizations/organization.store.ts";
export { isSharedAccount } from "./people/demo-directory.ts";
export { localPath } from "./people/local-path.ts";
export { findUserEmail, listMembershipsOfUser, resolveActor, resolveSession } from "./people/person.store.ts";
export { makeRescueLink, rescueFromSecondFactor } from "./people/rescue.actions.ts";
export { roleLabel } from "./people/role-labels.ts";
export { signInLinkJobs } from "./people/sign-in-link.jobs.ts";
export { listStates } from "./places/place.store.ts";
export { importShortageDesignations, ShortageFileProblem } from "./places/shortage.actions.ts";
export { findBearer } from "./tokens/token.store.ts";

/** Calls of the API. */
export const directoryApi: RouteDefinition[] = [...organizationApi, ...codeListApi];

/** How people sign in, what they keep of it, and an administrator's help. */
export const peopleRoutes = (demo: DemoDirectory): RouteDefinition[] => [
  ...signInRoutes(demo),
  ...signInLinkRoutes(),
  ...secondFactorRoutes(demo),
  ...passkeyRoutes(demo),
  ...agencyRoutes(demo),
  ...accountRoutes(demo),
  ...memberRoutes(demo),
  ...personalDataRoutes(demo),
];

/** Pages of the directory that need nothing else. */
export const directoryRoutes: RouteDefinition[] = [
  ...firstVisitRoutes,
  ...organizationRoutes,
  ...organizationPartsRoutes,
  ...tokenRoutes,
  ...mailPreferenceRoutes,
];

/** Places and this module's code lists. */
export const directoryReference: ReferenceLoader[] = [
  { name: "places", files: placesFiles, version: 1, load: loadPlaces },
  {
    name: "organization types",
    files: ["organization-types.json"],
    version: 2,
    load: (client) =>
      loadCodeList(
        client,
        JSON.parse(
          readFileSync(join(projectFolder, "reference/organization-types.json"), "utf8"),
        ) as CodeList,
      ),
  },
];
