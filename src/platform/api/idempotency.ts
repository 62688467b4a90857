import { createHash } from "node:crypto";
import type { Work } from "../events/work.ts";
import { ApiProblem, unusableFields } from "./api-problem.ts";
import {
  findStoredAnswer,
  holdKey,
  type NamedWrite,
  type StoredAnswer,
  storeAnswer,
} from "./idempotency.store.ts";

const KEPT_HOURS = 24;

/** Answers of before this moment are forgotten. */
export const answersKeptSince = (now: Date): Date => new Date(now.getTime() - KEPT_HOURS * 3_600_000);

/** The key that a request names itself by, or null. @throws ApiProblem 422 where it cannot be one. */
export function readIdempotencyKey(header: string | undefined): string | null {
  if (header === undefined) return null;
  if (/^[\x21-\x7e]{1,255}$/.test(header)) return header;
  throw unusableFields({
    in: "header",
    field: "Idempotency-Key",
    detail:
      "Use 1 to 255 letters, digits and signs without spaces, best a random UUID, a new one for each write.",
  });
}

/** Equal for requests that ask for the same. */
export const fingerprintOf = (...parts: readonly string[]): Buffer =>
  createHash("sha256").update(JSON.stringify(parts)).digest();

/**
 * Does a write once: the first answer is stored with the work, in its transaction, and given again. A refusal is rolled
 * back with everything else, so that the mended request may come under the same key.
 */
export async function onceOnly(
  work: Work,
  write: NamedWrite,
  run: (work: Work) => Promise<StoredAnswer>,
): Promise<StoredAnswer> {
  if (!(await holdKey(work.trx, write)))
    throw new ApiProblem(
      409,
      "A request with this Idempotency-Key is being worked on. Wait a moment, then ask again.",
      {
        headers: { "Retry-After": "1" },
      },
    );
  const stored = await findStoredAnswer(work.trx, write, answersKeptSince(work.now));
  if (stored) {
    if (!stored.fingerprint.equals(write.fingerprint))
      throw unusableFields({
        in: "header",
        field: "Idempotency-Key",
        detail: "This key was used for another request in the last 24 hours. Use a new one for each write.",
      });
    const { status, headers, body } = stored;
    return { status, headers: { ...headers, "Idempotency-Replayed": "true" }, body };
  }
  const answer = await run(work);
  await storeAnswer(work.trx, write, answer, work.now);
  return answer;
}
