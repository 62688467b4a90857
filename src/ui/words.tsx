import type { Child } from "hono/jsx";
import i18next from "i18next";
import { LANGUAGES, type Language, languageNow, localeNow } from "./language.ts";

const dictionary = i18next.createInstance();
void dictionary.init({
  lng: "en",
  fallbackLng: "en",
  supportedLngs: LANGUAGES,
  // The pages escape everything themselves.
  interpolation: { escapeValue: false },
  // Keys are plain words: a dot or a colon in one means nothing.
  keySeparator: false,
  nsSeparator: false,
  initAsync: false,
  resources: {},
});

type Values = Readonly<Record<string, string | number>>;
/** "practices_one" and "practices_other" are asked for as "practices", with a count. */
type KeyOf<Words> =
  Words extends Readonly<Record<infer Key extends string, string>>
    ? Key extends `${infer Stem}_one` | `${infer Stem}_other`
      ? Stem
      : Key
    : never;

/** Says one of a part's words in the language of the page: `say("found", { count: 3 })`. */
export type Say<Words> = (key: KeyOf<Words>, values?: Values) => string;

/**
 * The words of one part of the site in every language. A word that the Spanish lacks is an error of the type check.
 * "{{name}}" stands for a value; a word that counts has two forms, `key_one` and `key_other`.
 * @param part unlike that of any other part.
 */
export function defineWords<const Words extends Record<string, string>>(
  part: string,
  words: { en: Words; es: { [Key in keyof Words]: string } },
): Say<Words> {
  for (const language of LANGUAGES) dictionary.addResourceBundle(language, part, words[language]);
  const readers = { en: readerOf("en", part), es: readerOf("es", part) };
  return (key, values) => readers[languageNow()](key, inFigures(values));
}

/** Everything that can be said in a language, by part and key. */
export const listWords = (language: Language): Readonly<Record<string, Readonly<Record<string, string>>>> =>
  dictionary.getDataByLanguage(language) ?? {};

function readerOf(language: Language, part: string): (key: string, values: Values) => string {
  const read = dictionary.getFixedT(language, part);
  return (key, values) => read(key, { ...values });
}

/** Counts are written as the language writes them: 1,234 people. */
function inFigures(values: Values = {}): Values {
  if (values["count"] === undefined || values["shown"] !== undefined) return values;
  return {
    ...values,
    shown: Number(values["count"]).toLocaleString(localeNow()),
  };
}

/**
 * A sentence with elements in it: `sayWith(say("ask"), { link: <a href="/sign-in">…</a> })` for the word
 * "Please {link} first." A part that the sentence does not name is left out.
 */
export function sayWith(sentence: string, parts: Readonly<Record<string, Child>>): Child {
  return (
    <>{sentence.split(/\{(\w+)\}/).map((piece, index) => (index % 2 === 0 ? piece : (parts[piece] ?? "")))}</>
  );
}
