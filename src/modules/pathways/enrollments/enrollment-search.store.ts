import { sql } from "kysely";
import { type Actor, isEvaluator, onlyOrganizationOf } from "../../../platform/database/actor.ts";
import type { Trx } from "../../../platform/database/database.ts";
import type { EnrollmentFilter, EnrollmentSearch } from "./enrollment.filters.ts";
import { listAcademicYears } from "./enrollment.store.ts";

/** Finds what leads to the records of a filter quickly, once for everything that is asked about them. */
export async function prepareSearch(
  trx: Trx,
  actor: Actor,
  filter: EnrollmentFilter,
): Promise<EnrollmentSearch> {
  return {
    filter,
    organization: onlyOrganizationOf(actor),
    years: await listAcademicYears(trx, actor),
    traineeKeys: filter.trainee ? await findTraineeKeys(trx, actor, filter.trainee) : null,
  };
}

async function findTraineeKeys(trx: Trx, actor: Actor, trainee: string): Promise<string[]> {
  // As the reader of rosters makes keys of codes.
  return isEvaluator(actor) ? listKeysBehind(trx, trainee) : [trainee.toUpperCase()];
}

async function listKeysBehind(trx: Trx, pseudonym: string): Promise<string[]> {
  const { rows } = await sql<{
    key: string;
  }>`select key from pathways.trainee_keys_behind(${pseudonym}) as found (key)`.execute(trx);
  return rows.map(({ key }) => key);
}
