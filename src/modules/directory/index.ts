// The door of the directory: what other modules and the app may use.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../platform/config/project-folder.ts";
import { type CodeList, loadCodeList } from "../../platform/database/code-lists.ts";
import type { ReferenceLoader } from "../../platform/database/reference.ts";
import type { RouteDefinition } from "../../platform/web/route.ts";
import { firstVisitRoutes } from "./organizations/first-visit.routes.tsx";
import { organizationRoutes } from "./organizations/organization.routes.tsx";
import { organizationPartsRoutes } from "./organizations/organization-parts.routes.tsx";
import { loadPlaces, placesFiles } from "./places/reference.store.ts";

export { directoryEvents } from "./events.ts";
export {
  addAward,
  addGranteeCode,
  addPerson,
  createHub,
  createOrganization,
} from "./organizations/organization.actions.ts";
export {
  findHub,
  findOrganization,
  findOrganizationByCode,
  getHubOrganization,
  listGranteeCodes,
  listOrganizations,
  noteSites,
  type Organization,
} from "./organizations/organization.store.ts";
export { accountRoutes } from "./people/account.routes.tsx";
export { listMembershipsOfUser, resolveActor } from "./people/person.store.ts";
export { roleLabel } from "./people/role-labels.ts";
export { type DemoDirectory, signInRoutes } from "./people/sign-in.routes.tsx";

export { importShortageDesignations, ShortageFileProblem } from "./places/shortage.actions.ts";

/** Pages of the directory that need nothing else. */
export const directoryRoutes: RouteDefinition[] = [
  ...firstVisitRoutes,
  ...organizationRoutes,
  ...organizationPartsRoutes,
];

/** Places and this module's code lists. */
export const directoryReference: ReferenceLoader[] = [
  { name: "places", files: placesFiles, version: 1, load: loadPlaces },
  {
    name: "organization types",
    files: ["organization-types.json"],
    version: 1,
    load: (client) =>
      loadCodeList(
        client,
        JSON.parse(
          readFileSync(join(projectFolder, "reference/organization-types.json"), "utf8"),
        ) as CodeList,
      ),
  },
];
