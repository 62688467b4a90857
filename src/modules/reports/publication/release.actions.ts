import { readCodeList } from "../../../platform/database/code-lists.ts";
import type { Trx } from "../../../platform/database/database.ts";
import type { Work } from "../../../platform/events/work.ts";
import { inTurns } from "../../../platform/jobs/in-turns.ts";
import { conflict } from "../../../platform/web/problems.ts";
import { getHubOrganization, listOrganizations } from "../../directory/index.ts";
import { listAcceptedSnapshots } from "../annual/report.store.ts";
import { releasePublished } from "../events.ts";
import { noneAccepted } from "./publication.rules.ts";
import type { PublicationProgress } from "./publication.types.ts";
import { isUnchanged, prepareRelease, publishedDimensions, type ReleaseRequest } from "./release.rules.ts";
import { findRelease, insertRelease, listGates, lockPublication } from "./release.store.ts";

export interface PublishOptions {
  /** Told again and again how far it is. */
  onProgress?: (progress: PublicationProgress) => Promise<void>;
}

/** The release that stands now. */
export interface Published {
  number: number;
  /** How many withheld figures earlier releases have given away already. */
  exposed: number;
  /** The newest release says the same already, and no other was made. */
  unchanged: boolean;
}

async function readRequest(
  trx: Trx,
  academicYear: string,
  number: number,
  threshold: number,
): Promise<ReleaseRequest> {
  const snapshots = await listAcceptedSnapshots(trx, academicYear);
  const states = new Map(
    (await listOrganizations(trx)).map((organization) => [organization.id, organization.state]),
  );
  const labels = new Map<string, Map<string, string>>();
  for (const list of new Set(publishedDimensions.map((dimension) => dimension.list ?? "race_ethnicity")))
    labels.set(list, await readCodeList(trx, list));
  return {
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
    earlier: await listGates(trx, academicYear),
    labels,
  };
}

/** Publishes a year: the accepted versions of all organizations, through the disclosure gate. */
export async function publishRelease(
  work: Work,
  academicYear: string,
  threshold: number,
  { onProgress }: PublishOptions = {},
): Promise<Published> {
  const { trx } = work;
  await lockPublication(trx, academicYear);
  await onProgress?.({ step: "collecting" });
  const newest = await findRelease(trx, academicYear);
  const number = (newest?.number ?? 0) + 1;
  const request = await readRequest(trx, academicYear, number, threshold);
  if (request.accepted.length === 0) throw conflict(noneAccepted(academicYear));
  if (newest && isUnchanged(request, newest)) return { number: newest.number, exposed: 0, unchanged: true };
  const prepared = await inTurns(prepareRelease(request), (progress) =>
    onProgress?.({ step: "checking", ...progress }),
  );
  const hub = await getHubOrganization(trx);
  await insertRelease(trx, {
    hubOrganizationId: hub.id,
    academicYear,
    number,
    publishedBy: work.actor.kind === "person" ? work.actor.personId : null,
    snapshots: request.accepted.map(({ organizationId, version }) => ({
      organization: organizationId,
      version,
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
      organizations: request.accepted.length,
      withheld: prepared.withheld,
      exposed: prepared.exposed,
    },
  });
  return { number, exposed: prepared.exposed, unchanged: false };
}
