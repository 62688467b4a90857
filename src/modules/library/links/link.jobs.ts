import { z } from "zod";
import type { Config } from "../../../platform/config/config.ts";
import { system } from "../../../platform/database/actor.ts";
import type { PerformWork } from "../../../platform/events/work.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { getHubOrganization } from "../../directory/index.ts";
import { linksChecked } from "../events.ts";
import { type CheckOptions, checkLinks } from "./check-link.ts";
import { hadNoWayOut, judge } from "./link.rules.ts";
import { listLinksToCheck, saveLinkResults, syncLinks } from "./link.store.ts";

/** What the job needs. */
export interface LinkServices {
  config: Config;
  perform: PerformWork;
  clock: () => Date;
}

/** So many addresses are looked at in a run, those that waited longest. */
const A_RUN = 300;
const LONGEST_RUN_MS = 20 * 60_000;

/** How far the looks may go: no setting opens the hub's own network, only a test does. */
export type LinkReach = Omit<CheckOptions, "until">;
const PUBLIC_ONLY: LinkReach = { mayBePrivate: false };

/**
 * Looks at addresses that the public library leads to, and writes down what was found. Nothing of the database is held
 * open meanwhile.
 */
export async function checkLibraryLinks(
  services: LinkServices,
  reach: LinkReach = PUBLIC_ONLY,
): Promise<void> {
  const known = await services.perform(system, async (work) => {
    await syncLinks(work.trx);
    return listLinksToCheck(work.trx, A_RUN);
  });
  if (known.length === 0) return;
  const found = await checkLinks(
    known.map(({ url }) => url).filter((url) => URL.canParse(url)),
    { ...reach, until: performance.now() + LONGEST_RUN_MS },
  );
  if (hadNoWayOut([...found].map(([url, finding]) => ({ url, finding })))) return;
  await services.perform(system, async (work) => {
    const day = work.now.toISOString().slice(0, 10);
    const results = known.flatMap((link) => {
      const finding = found.get(link.url);
      return finding ? [judge(link, finding, day)] : [];
    });
    await saveLinkResults(work.trx, results, work.now);
    const { id: organizationId } = await getHubOrganization(work.trx);
    await work.record(linksChecked, {
      organizationId,
      subject: ["library", "links"],
      data: { checked: results.length, dead: results.filter(({ state }) => state === "dead").length },
    });
  });
}

const nothing = z.object({});

/** Whether the library's links still lead somewhere. */
export const linkJobs: JobDefinition<LinkServices>[] = [
  defineJob<LinkServices, typeof nothing>({
    name: "library.check-links",
    label: "Checking links of the library",
    payload: nothing,
    schedule: "17 4 * * *",
    retries: 0,
    handle: async (services) => {
      if (services.config.checkLinks) await checkLibraryLinks(services);
    },
  }),
];
