import { z } from "zod";
import { isEasyToGuess } from "../../../platform/sign-in/password-strength.ts";
import { SHORTEST_PASSWORD } from "../../../platform/sign-in/sign-in.ts";
import { defineWords } from "../../../ui/words.tsx";

const say = defineWords("password-field", {
  en: {
    hint: "At least {{least}} characters. A few unrelated words are easy to keep.",
    short: "Use at least {{least}} characters for the new password.",
    long: "Use at most 128 characters for the new password.",
    easy: "This password is easy to guess: it is made of common words, names, dates or rows of keys. Take a few words that do not belong together.",
  },
  es: {
    hint: "Al menos {{least}} caracteres. Unas pocas palabras sin relación entre sí son fáciles de recordar.",
    short: "Use al menos {{least}} caracteres para la contraseña nueva.",
    long: "Use como máximo 128 caracteres para la contraseña nueva.",
    easy: "Esta contraseña es fácil de adivinar: está hecha de palabras comunes, nombres, fechas o filas de teclas. Use unas pocas palabras que no tengan relación entre sí.",
  },
});

/** What a form says of a new password. */
export const passwordHint = (): string => say("hint", { least: SHORTEST_PASSWORD });

/** A new password, as long as it must be. Whether it is easy to guess is asked by refuseEasyPassword. */
export const newPassword = z
  .string()
  .min(SHORTEST_PASSWORD, { error: () => say("short", { least: SHORTEST_PASSWORD }) })
  .max(128, { error: () => say("long") });

/** What is wrong with a password that is long enough, or null. */
export async function refuseEasyPassword(password: string, about: readonly string[]): Promise<string | null> {
  return (await isEasyToGuess(password, about)) ? say("easy") : null;
}
