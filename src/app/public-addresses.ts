// Every address that people without an account use, in one place; a page that is not built is not linked.
import { defineWords } from "../ui/words.tsx";

/** The words of the public menu. */
export const sayMenu = defineWords("public-menu", {
  en: { library: "Library", careers: "Careers", results: "Results", data: "Data", about: "About" },
  es: {
    library: "Biblioteca",
    careers: "Carreras",
    results: "Resultados",
    data: "Datos",
    about: "Acerca de",
  },
});

/** The public menu: a word of `sayMenu`, and where it leads. */
export const publicMenu: { label: Parameters<typeof sayMenu>[0]; href: string }[] = [
  { label: "library", href: "/library" },
  { label: "careers", href: "/careers" },
  { label: "results", href: "/results" },
  { label: "data", href: "/data" },
  { label: "about", href: "/about" },
];

/** The pages that exist in Spanish, below /es, with everything below them. */
const translated = ["/", "/library", "/careers", "/results", "/data", "/about", "/sign-in", "/sign-out"];
/** What lies below them and is English only. */
const untranslated = [
  "/library/desk",
  "/library/adoptions",
  "/library/oai",
  "/about/design",
  "/sign-in/agency",
  "/sign-in/second-factor",
];

/** Of a practice's pages those that anybody uses are there in Spanish; forms of people with an account are not. */
const practiceForm = /^\/library\/practices\/[^/]+\/(?!(?:history|correct)$)/;

/** Files that exist in both languages all the same: the feeds of the library. */
const translatedFiles = /^\/library\/(?:(?:states|categories)\/[^/]+\/)?feed\.atom$/;

const isAtOrBelow = (path: string, address: string): boolean =>
  path === address || (address !== "/" && path.startsWith(`${address}/`));

/** Whether a page exists in Spanish too. A file (a feed, a picture) does where it is named above, in whole. */
export const isTranslated = (path: string): boolean =>
  translated.includes(path) ||
  translatedFiles.test(path) ||
  (translated.some((address) => isAtOrBelow(path, address)) &&
    !untranslated.some((address) => isAtOrBelow(path, address)) &&
    !practiceForm.test(path) &&
    !/\.[a-z0-9]{1,8}$/i.test(path));
