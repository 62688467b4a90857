import type { Hex } from "../../../methods/contrast.ts";
import type { Work } from "../../../platform/events/work.ts";
import { holdStoredFiles } from "../../../platform/files/file-lock.store.ts";
import {
  firstStepNoted,
  firstStepsEnded,
  hubColorsChanged,
  hubLogoChanged,
  hubRenamed,
  hubTimeZoneChanged,
} from "../events.ts";
import { getHubOrganization } from "../organizations/organization.store.ts";
import {
  endFirstSteps,
  updateAccent,
  updateHubName,
  updateLogo,
  updateStep,
  updateTimeZone,
} from "./hub.store.ts";
import type { FirstStep, Logo } from "./hub.types.ts";

/** What an event of the hub itself is about. */
async function aboutHub(work: Work): Promise<{ organizationId: string; subject: [string, string] }> {
  const { id } = await getHubOrganization(work.trx);
  return { organizationId: id, subject: ["hub", id] };
}

/** Gives the hub another name. */
export async function renameHub(
  work: Work,
  names: { name: string; shortName: string | null },
): Promise<void> {
  await updateHubName(work.trx, names);
  await work.record(hubRenamed, { ...(await aboutHub(work)), data: {} });
  await noteStep(work, "name", "done");
}

/** Takes a stored picture as the logo. Null brings the drawn mark back. */
export async function changeLogo(work: Work, logo: Logo | null): Promise<void> {
  if (logo) await holdStoredFiles(work.trx);
  await updateLogo(work.trx, logo);
  await work.record(hubLogoChanged, { ...(await aboutHub(work)), data: { file: logo?.hash ?? null } });
  if (logo) await noteStep(work, "logo", "done");
}

/** @param accent one that passes; null for the colors that Trellis brings. */
export async function changeColors(work: Work, accent: Hex | null): Promise<void> {
  await updateAccent(work.trx, accent);
  await work.record(hubColorsChanged, { ...(await aboutHub(work)), data: { accent } });
  await noteStep(work, "colors", "done");
}

export async function changeTimeZone(work: Work, timeZone: string): Promise<void> {
  await updateTimeZone(work.trx, timeZone);
  await work.record(hubTimeZoneChanged, { ...(await aboutHub(work)), data: { timeZone } });
  await noteStep(work, "time-zone", "done");
}

/** Notes that one of the first steps is done or left for later. */
export async function noteStep(work: Work, step: FirstStep, how: "done" | "later"): Promise<void> {
  if (await updateStep(work.trx, step, how))
    await work.record(firstStepNoted, { ...(await aboutHub(work)), data: { step, how } });
}

/** The first steps are finished, or somebody does without the rest. */
export async function finishFirstSteps(work: Work): Promise<void> {
  if (await endFirstSteps(work.trx, work.now))
    await work.record(firstStepsEnded, { ...(await aboutHub(work)), data: {} });
}

/** What the routes that change the hub may record: saving one of the settings is one of the first steps too. */
export const settingEvents = {
  name: [hubRenamed, firstStepNoted],
  logo: [hubLogoChanged, firstStepNoted],
  colors: [hubColorsChanged, firstStepNoted],
  timeZone: [hubTimeZoneChanged, firstStepNoted],
  step: [firstStepNoted],
  end: [firstStepsEnded],
} as const;
