import { z } from "zod";
import { isEasyToGuess } from "../../../platform/sign-in/password-strength.ts";
import { SHORTEST_PASSWORD } from "../../../platform/sign-in/sign-in.ts";

/** What a form says of a new password. */
export const PASSWORD_HINT = `At least ${SHORTEST_PASSWORD} characters. A few unrelated words are easy to keep.`;

/** A new password, as long as it must be. Whether it is easy to guess is asked by refuseEasyPassword. */
export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, `Use at least ${SHORTEST_PASSWORD} characters for the new password.`)
  .max(128, "Use at most 128 characters for the new password.");

/** What is wrong with a password that is long enough, or null. */
export async function refuseEasyPassword(password: string, about: readonly string[]): Promise<string | null> {
  return (await isEasyToGuess(password, about))
    ? "This password is easy to guess: it is made of common words, names, dates or rows of keys. Take a few words that do not belong together."
    : null;
}
