import { sql } from "kysely";
import { readHex } from "../../../methods/contrast.ts";
import type { Trx } from "../../../platform/database/database.ts";
import { FIRST_STEPS, type FirstStep, type Hub, LOGO_TYPES, type Logo } from "./hub.types.ts";

/** The hub as visitors see it, or null before the first visit. */
export async function findHub(trx: Trx): Promise<Hub | null> {
  const row = await trx
    .selectFrom("platform.hub")
    .select([
      "name",
      "short_name",
      "is_demo",
      "logo_hash",
      "logo_type",
      "logo_width",
      "logo_height",
      "logo_says_name",
      "accent",
      "time_zone",
      "steps_done",
      "steps_later",
      "steps_ended_at",
    ])
    .executeTakeFirst();
  if (!row) return null;
  const type = LOGO_TYPES.find((one) => one === row.logo_type);
  const steps = (names: readonly string[]): FirstStep[] => FIRST_STEPS.filter((step) => names.includes(step));
  return {
    name: row.name,
    shortName: row.short_name,
    isDemo: row.is_demo,
    logo:
      row.logo_hash && type && row.logo_width && row.logo_height
        ? {
            hash: row.logo_hash,
            type,
            width: row.logo_width,
            height: row.logo_height,
            saysName: row.logo_says_name,
          }
        : null,
    accent: row.accent === null ? null : readHex(row.accent),
    timeZone: row.time_zone,
    stepsDone: steps(row.steps_done),
    stepsLater: steps(row.steps_later),
    stepsEnded: row.steps_ended_at !== null,
  };
}

/** @returns false where there is a hub already, made meanwhile perhaps. */
export async function insertHub(trx: Trx, hub: { name: string; isDemo: boolean }): Promise<boolean> {
  const inserted = await trx
    .insertInto("platform.hub")
    .values({ name: hub.name, is_demo: hub.isDemo })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

/** The hub's name, and with it that of its own organization. */
export async function updateHubName(
  trx: Trx,
  { name, shortName }: { name: string; shortName: string | null },
): Promise<void> {
  await trx.updateTable("platform.hub").set({ name, short_name: shortName }).execute();
  await trx
    .updateTable("directory.organization")
    .set({ name })
    .where("organization_type", "=", "hub")
    .execute();
}

export async function updateLogo(trx: Trx, logo: Logo | null): Promise<void> {
  await trx
    .updateTable("platform.hub")
    .set({
      logo_hash: logo?.hash ?? null,
      logo_type: logo?.type ?? null,
      logo_width: logo?.width ?? null,
      logo_height: logo?.height ?? null,
      logo_says_name: logo?.saysName ?? false,
    })
    .execute();
}

export async function updateAccent(trx: Trx, accent: string | null): Promise<void> {
  await trx.updateTable("platform.hub").set({ accent }).execute();
}

export async function updateTimeZone(trx: Trx, timeZone: string): Promise<void> {
  await trx.updateTable("platform.hub").set({ time_zone: timeZone }).execute();
}

/** A step is done or left for later, not both. @returns false where that is known already. */
export async function updateStep(trx: Trx, step: FirstStep, how: "done" | "later"): Promise<boolean> {
  const isDone = how === "done";
  const { numAffectedRows } = await sql`
    update platform.hub set
      steps_done = case when ${isDone} then array_append(array_remove(steps_done, ${step}), ${step}) else steps_done end,
      steps_later = case when ${isDone} then array_remove(steps_later, ${step}) else array_append(steps_later, ${step}) end
    where not (${step} = any (steps_done)) and (${isDone} or not (${step} = any (steps_later)))`.execute(trx);
  return numAffectedRows === 1n;
}

/** @returns false where they are ended already. */
export async function endFirstSteps(trx: Trx, now: Date): Promise<boolean> {
  const ended = await trx
    .updateTable("platform.hub")
    .set({ steps_ended_at: now })
    .where("steps_ended_at", "is", null)
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
}
