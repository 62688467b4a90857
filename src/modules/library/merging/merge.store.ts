import type { Trx } from "../../../platform/database/database.ts";

/** Keeps others from changing these practices until the transaction ends. @returns how they stand now. */
export async function lockPractices(
  trx: Trx,
  ids: readonly string[],
): Promise<Map<string, { state: string; version: number }>> {
  const rows = await trx
    .selectFrom("library.practice")
    .select(["id", "state", "version"])
    .where("id", "in", [...ids])
    // Always in the same order, so that two never wait for each other.
    .orderBy("id")
    .forUpdate()
    .execute();
  return new Map(rows.map(({ id, ...now }) => [id, now]));
}

/** What was merged into one practice is merged into another from now on. */
export async function repointMerged(trx: Trx, fromId: string, toId: string): Promise<void> {
  await trx
    .updateTable("library.practice")
    .set({ merged_into: toId })
    .where("merged_into", "=", fromId)
    .execute();
}
