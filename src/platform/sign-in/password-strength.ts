import type { ZxcvbnFactory } from "@zxcvbn-ts/core";

/** From 0 (found at once) to 4: what zxcvbn calls safely unguessable for an offline attack on a slow hash is 3. */
const LEAST_SCORE = 3;
/** Words that everybody here would try (ASVS 5, 6.2.11). */
const WORDS_OF_THE_HOUSE = ["trellis", "workforce", "behavioral", "health", "apprentice", "grantee"];

let loaded: Promise<ZxcvbnFactory> | null = null;

/** The word lists are read when the first password is chosen, not at every start. */
function load(): Promise<ZxcvbnFactory> {
  loaded ??= Promise.all([import("@zxcvbn-ts/core"), import("@zxcvbn-ts/language-common")]).then(
    ([core, common]) =>
      new core.ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs }),
  );
  return loaded;
}

/**
 * Whether a password would be found by somebody who tries the common ones, keyboard rows, dates and repetitions first
 * (zxcvbn, Wheeler 2016, with 40,000 common passwords).
 * @param about what is known of the person: their name and e-mail.
 */
export async function isEasyToGuess(password: string, about: readonly string[]): Promise<boolean> {
  const checker = await load();
  // Only the beginning is looked at: the time grows with the square of the length.
  const { score } = checker.check(password.slice(0, 64), [...WORDS_OF_THE_HOUSE, ...about]);
  return score < LEAST_SCORE;
}
