import { readCodeList } from "../../../platform/database/code-lists.ts";
import type { Work } from "../../../platform/events/work.ts";
import { conflict } from "../../../platform/web/problems.ts";
import { getHubOrganization, listOrganizations } from "../../directory/index.ts";
import { listAcceptedSnapshots } from "../annual/report.store.ts";
import { releasePublished } from "../events.ts";
import { prepareRelease, publishedDimensions } from "./release.rules.ts";
import { findNewestRelease, insertRelease, listGates, lockPublication } from "./release.store.ts";

/** Publishes a year: the accepted versions of all organizations, through the disclosure gate. @returns its number, and how many withheld figures earlier releases have given away already. */
export async function publishRelease(
  work: Work,
  academicYear: string,
  threshold: number,
): Promise<{ number: number; exposed: number }> {
  await lockPublication(work.trx);
  const hub = await getHubOrganization(work.trx);
  const snapshots = await listAcceptedSnapshots(work.trx, academicYear);
  if (snapshots.length === 0)
    throw conflict(
      `No report of ${academicYear} is accepted yet. Public figures come from accepted reports only.`,
    );
  const states = new Map(
    (await listOrganizations(work.trx)).map((organization) => [organization.id, organization.state]),
  );
  const labels = new Map<string, Map<string, string>>();
  for (const list of new Set(publishedDimensions.map((dimension) => dimension.list ?? "race_ethnicity")))
    labels.set(list, await readCodeList(work.trx, list));
  const number = ((await findNewestRelease(work.trx, academicYear))?.number ?? 0) + 1;
  const prepared = prepareRelease({
    academicYear,
    number,
    accepted: snapshots.map((snapshot) => ({
      organizationId: snapshot.organizationId,
      name: snapshot.organizationName,
      state: states.get(snapshot.organizationId) ?? null,
      version: snapshot.version,
      figures: snapshot.content.figures.all,
    })),
    threshold,
    earlier: await listGates(work.trx),
    labels,
  });
  await insertRelease(work.trx, {
    hubOrganizationId: hub.id,
    academicYear,
    number,
    publishedBy: work.actor.kind === "person" ? work.actor.personId : null,
    snapshots: snapshots.map((snapshot) => ({
      organization: snapshot.organizationId,
      version: snapshot.version,
    })),
    tables: prepared.tables,
    threshold,
    gate: prepared.gate,
  });
  await work.record(releasePublished, {
    organizationId: hub.id,
    subject: ["release", `${academicYear}#${number}`],
    data: {
      academicYear,
      number,
      organizations: snapshots.length,
      withheld: prepared.withheld,
      exposed: prepared.exposed,
    },
  });
  return { number, exposed: prepared.exposed };
}
