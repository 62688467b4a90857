import { describe, expect, test } from "vitest";
import {
  inSpanish,
  languageOfPath,
  localizeLinks,
  routedPath,
  spanishWhereTranslated,
  withoutLanguage,
} from "./languages.ts";

const isTranslated = (path: string): boolean => path === "/" || /^\/results(\/[\w-]+)*$/.test(path);
const localize = (html: string): string => localizeLinks(html, isTranslated);

describe("an address", () => {
  test("is Spanish below /es, and nowhere else", () => {
    for (const path of ["/es", "/es/", "/es/results"]) expect(languageOfPath(path), path).toBe("es");
    for (const path of ["/", "/essay", "/results/es", "/ES"]) expect(languageOfPath(path), path).toBe("en");
  });

  test("goes to Spanish and back", () => {
    expect(inSpanish("/")).toBe("/es");
    expect(inSpanish("/?page=2")).toBe("/es?page=2");
    expect(inSpanish("/results?year=1#map")).toBe("/es/results?year=1#map");
    for (const path of ["/", "/results", "/results/2024-25"])
      expect(withoutLanguage(inSpanish(path))).toBe(path);
    expect(withoutLanguage("/es/")).toBe("/");
  });

  test("of another site cannot be made of one below /es", () => {
    for (const path of ["/es//evil.example", "/es/\\evil.example"]) {
      expect(languageOfPath(path)).toBe("en");
      expect(withoutLanguage(path)).toBe(path);
    }
  });

  test("is routed without /es where the page is translated, and stays where it is not", () => {
    expect(routedPath("/es", isTranslated)).toBe("/");
    expect(routedPath("/es/results", isTranslated)).toBe("/results");
    expect(routedPath("/es/assets/a.css", isTranslated)).toBe("/es/assets/a.css");
    expect(routedPath("/results", isTranslated)).toBe("/results");
  });

  test("is Spanish once, and only where there is a Spanish page", () => {
    expect(spanishWhereTranslated("/es/results", isTranslated)).toBe("/es/results");
    expect(spanishWhereTranslated("/work", isTranslated)).toBe("/work");
    expect(spanishWhereTranslated("//evil.example/results", isTranslated)).toBe("//evil.example/results");
  });
});

describe("links of a finished page", () => {
  test("lead to the Spanish page where there is one", () => {
    expect(localize('<a class="brand" href="/">x</a>')).toBe('<a class="brand" href="/es">x</a>');
    expect(localize('<a href="/results?year=2024-25&amp;x=1#map">x</a>')).toBe(
      '<a href="/es/results?year=2024-25&amp;x=1#map">x</a>',
    );
    expect(localize('<form method="get" action="/results">')).toBe(
      '<form method="get" action="/es/results">',
    );
    expect(localize('<button type="submit" formaction="/results">')).toBe(
      '<button type="submit" formaction="/es/results">',
    );
  });

  test("stay where there is none: other pages, files, other sites, this page, mail", () => {
    const stay = [
      '<a href="/work">',
      '<a href="/api">',
      '<a href="/results/feed.atom">',
      '<a href="https://example.org/results">',
      '<a href="//example.org/results">',
      '<a href="#main">',
      '<a href="mailto:hub@example.org">',
      '<link rel="stylesheet" href="/results">',
      '<link rel="alternate" hreflang="en" href="/results">',
    ];
    for (const tag of stay) expect(localize(tag)).toBe(tag);
  });

  test("stay where the link names its language: the switch", () => {
    const way = '<a href="/results" lang="en" hreflang="en">English</a>';
    expect(localize(way)).toBe(way);
  });

  test("are attributes: text that looks like one, other attributes and parameters are left alone", () => {
    const page =
      '<p title="href=&quot;/results&quot;" data-href="/results">&lt;a href="/results"&gt; href="/results"</p>';
    expect(localize(page)).toBe(page);
    expect(localize('<input type="hidden" name="to" value="/results">')).toBe(
      '<input type="hidden" name="to" value="/results">',
    );
    expect(localize('<a href="/sign-in?to=%2Fresults">')).toBe('<a href="/sign-in?to=%2Fresults">');
    expect(localize('<a href="/results?to=/results">')).toBe('<a href="/es/results?to=/results">');
  });
});
