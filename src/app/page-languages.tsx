import type { FC } from "hono/jsx";
import { localPath } from "../modules/directory/index.ts";
import { inSpanish, withoutLanguage } from "../platform/web/languages.ts";
import { languageNow } from "../ui/language.ts";
import type { PageProps } from "../ui/page.tsx";
import { isTranslated } from "./public-addresses.ts";

/** The query as it may be kept in a link: where signing in is to lead is nothing but a path of this hub. */
function keptQuery(path: string, { search, searchParams }: URL): string {
  const to = searchParams.get("to");
  if (to === null || !path.startsWith("/sign-in") || localPath.parse(to) === to) return search;
  return "";
}

/** The same page with the same query in the other language; undefined where there is none. */
export function otherLanguageOf(url: string, path: string): PageProps["otherLanguage"] {
  if (!isTranslated(path)) return undefined;
  const address = new URL(url);
  const plain = `${withoutLanguage(address.pathname)}${keptQuery(path, address)}`;
  return languageNow() === "es"
    ? { language: "en", href: plain }
    : { language: "es", href: inSpanish(plain) };
}

/**
 * For search engines: the page's own address and those of its languages, without the query. Absolute where the hub's
 * address is known.
 */
export const LanguageLinks: FC<{ url: string; path: string; publicUrl: string | null }> = ({
  url,
  path,
  publicUrl,
}) => {
  if (!isTranslated(path)) return null;
  const plain = withoutLanguage(new URL(url).pathname);
  const english = `${publicUrl ?? ""}${plain}`;
  const spanish = `${publicUrl ?? ""}${inSpanish(plain)}`;
  return (
    <>
      <link rel="canonical" href={languageNow() === "es" ? spanish : english} />
      <link rel="alternate" hreflang="en" href={english} />
      <link rel="alternate" hreflang="es" href={spanish} />
      <link rel="alternate" hreflang="x-default" href={english} />
    </>
  );
};
