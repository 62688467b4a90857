import { AsyncLocalStorage } from "node:async_hooks";

/** The languages that the public pages are written in, the first one where nothing else is asked for. */
export const LANGUAGES = ["en", "es"] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself. */
export const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: "English", es: "Español" };

/** The language of the page that is being written; each request has its own. */
const languages = new AsyncLocalStorage<Language>();

/** Writes in a language for as long as `write` and everything it waits for take. */
export const inLanguage = <T>(language: Language, write: () => T): T => languages.run(language, write);

/** The language that is written in now. */
export const languageNow = (): Language => languages.getStore() ?? "en";

/** The attribute `lang` of words in a language: none where the page is in it. */
export const langOf = (language: string): string | undefined =>
  language === languageNow() ? undefined : language;

/** What is written on pages that are there in English only: the hub's desks, and organizations' forms. */
export const DESK_LANGUAGE: Language = "en";

/** The language's name for Intl: American English, and the Spanish that is written in the United States. */
export const localeNow = (): string => (languageNow() === "es" ? "es-US" : "en-US");
