import type { Language } from "../../ui/language.ts";

// "/es//evil.example" without its "/es" would be another site's address: there it is an ordinary path that nobody has.
const SPANISH = /^\/es(?=$|\/(?![/\\]))/;

/** The language that an address asks for: Spanish below /es, else English. */
export const languageOfPath = (pathname: string): Language => (SPANISH.test(pathname) ? "es" : "en");

/** The same path as the route table knows it. */
export const withoutLanguage = (pathname: string): string => pathname.replace(SPANISH, "") || "/";

/** The Spanish address of a path, query and fragment kept. */
export const inSpanish = (path: string): string => `/es${path.replace(/^\/(?=$|[?#])/, "")}`;

/** Whether a path of the route table exists in Spanish too. */
export type IsTranslated = (path: string) => boolean;

/** A path's Spanish address where there is one; any other address as it is: absolute, of another page, of a file. */
export function spanishWhereTranslated(address: string, isTranslated: IsTranslated): string {
  if (!/^\/(?![/\\])/.test(address) || languageOfPath(address.replace(/[?#].*$/s, "")) === "es")
    return address;
  return isTranslated(address.replace(/[?#].*$/s, "")) ? inSpanish(address) : address;
}

/** The path that a request is routed by: without the language where that page exists in Spanish. */
export function routedPath(path: string, isTranslated: IsTranslated): string {
  const plain = withoutLanguage(path);
  return plain !== path && isTranslated(plain) ? plain : path;
}

const LINKS = /<(?:a|area|button|form|input)\b[^>]*>/g;
const ADDRESS = /(\s(?:href|action|formaction)=")([^"]*)(")/g;

/**
 * A finished Spanish page, its links to translated pages leading to the Spanish ones. In finished markup, text and
 * attributes have no bare "<", ">" or quotation mark, so that what looks like a tag is one. An element that names its
 * target's language (hreflang) means that one.
 */
export const localizeLinks = (html: string, isTranslated: IsTranslated): string =>
  html.replace(LINKS, (tag) =>
    /\shreflang="/.test(tag)
      ? tag
      : tag.replace(
          ADDRESS,
          (_, start: string, address: string, end: string) =>
            `${start}${spanishWhereTranslated(address, isTranslated)}${end}`,
        ),
  );
