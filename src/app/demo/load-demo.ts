import { readFileSync } from "node:fs";
import { join } from "node:path";
import { addAward, addPerson, createHub, createOrganization } from "../../modules/directory/index.ts";
import { loadPortfolioRoster, type PortfolioMember } from "../../modules/pathways/index.ts";
import { acceptReport, publishRelease, submitReport } from "../../modules/reports/index.ts";
import { projectFolder } from "../../platform/config/project-folder.ts";
import { isOnThisMachineOnly } from "../../platform/config/reach.ts";
import { system } from "../../platform/database/actor.ts";
import type { Work } from "../../platform/events/work.ts";
import { hashPassword } from "../../platform/sign-in/sign-in.ts";
import { isHubEmpty } from "../empty-hub.ts";
import type { Services } from "../services.ts";
import { demoPassword, demoPeople } from "./demo-people.ts";

interface DemoOrganization {
  code: string;
  name: string;
  type: string;
  state: string;
  program: string;
  file: string;
}

const HUB_NAME = "Trellis demo hub";

/** The hub has something of its own already. */
export class HubNotEmpty extends Error {}

/**
 * Loads the demonstration into an empty hub, whole or not at all.
 * @param options.onlyIfNew quietly does nothing where there is a hub, or anything else, already.
 * @throws HubNotEmpty otherwise.
 */
export async function loadDemo(services: Services, options: { onlyIfNew: boolean }): Promise<boolean> {
  if (!(await services.perform(system, (work) => isHubEmpty(work.trx)))) {
    if (options.onlyIfNew) return false;
    throw new HubNotEmpty(
      "The hub has organizations already; the demonstration goes into an empty one only.",
    );
  }
  const passwordHash = await hashPassword(services.signIn, demoPassword);
  await services.performBulk(system, async (work, client) => {
    const organizations = await makeOrganizations(work, passwordHash);
    await loadPortfolioRoster(work, client, join(projectFolder, "demo/enrollments.csv"), organizations);
    await fileReports(work, services.config.withholdBelow, organizations);
  });
  return true;
}

/**
 * What a start without --empty does: the demonstration, where nothing is there yet. Not by itself where others reach the
 * hub: its people have a password that everybody knows, an administrator among them.
 * @returns what the start then prints, or null.
 */
export async function loadDemoAtStart(services: Services): Promise<string | null> {
  const { config } = services;
  if (config.demo ?? isOnThisMachineOnly(config)) {
    await loadDemo(services, { onlyIfNew: true });
    return null;
  }
  if (!(await services.perform(system, (work) => isHubEmpty(work.trx)))) return null;
  return config.demo === false
    ? null
    : "No demonstration was made, because others can reach this hub (HOST, TRELLIS_URL) and its password is public. To have it all the same: TRELLIS_DEMO=yes npm start";
}

async function makeOrganizations(work: Work, passwordHash: string): Promise<Map<string, PortfolioMember>> {
  const records = JSON.parse(
    readFileSync(join(projectFolder, "demo/organizations.json"), "utf8"),
  ) as DemoOrganization[];
  const [administrator, ...others] = demoPeople;
  const hub = await createHub(work, {
    name: HUB_NAME,
    isDemo: true,
    administrator: { name: administrator.name, email: administrator.email, passwordHash },
  });
  const organizations = new Map<string, PortfolioMember>();
  for (const [position, record] of records.entries()) {
    const id = await createOrganization(work, {
      name: record.name,
      organizationType: record.type,
      state: record.state,
      granteeCodes: [record.code],
    });
    await addAward(work, id, {
      program: record.program,
      number: `DEMO-${String(position + 1).padStart(3, "0")}`,
      startsOn: "2023-09-01",
      endsOn: "2027-08-31",
      granteeCode: record.code,
    });
    organizations.set(record.code, { organizationId: id, fileName: record.file });
  }
  const organizationOf = (code: string | null): string =>
    code === null ? hub.organizationId : (organizations.get(code)?.organizationId ?? hub.organizationId);
  for (const person of others) {
    await addPerson(work, {
      organizationId: organizationOf(person.organization),
      name: person.name,
      email: person.email,
      passwordHash,
      role: person.role,
      grants: person.grants,
    });
    if (person.also)
      await addPerson(work, {
        organizationId: organizationOf(person.also.organization),
        name: person.name,
        email: person.email,
        passwordHash,
        role: person.also.role,
        grants: [],
      });
  }
  return organizations;
}

const DEMO_YEAR = "2024-25";
/** Left as they come, so that there is something to do: one report to submit, one to review. */
const DRAFT = "G01";
const SUBMITTED = "G35";

/** Takes the year's reports through the workflow, and publishes what is accepted. */
async function fileReports(
  work: Work,
  withholdBelow: number,
  organizations: ReadonlyMap<string, PortfolioMember>,
): Promise<void> {
  for (const [code, { organizationId }] of organizations) {
    if (code === DRAFT) continue;
    await submitReport(work, organizationId, DEMO_YEAR);
    if (code !== SUBMITTED) await acceptReport(work, organizationId, DEMO_YEAR);
  }
  await publishRelease(work, DEMO_YEAR, withholdBelow);
}
