import type { Language } from "../../ui/language.ts";
import { escapeHtml } from "../../ui/render-child.ts";

const PAGE_ADDRESS = /^https?:\/\/\S+$/;

const lineAsHtml = (line: string): string => {
  const escaped = escapeHtml(line);
  return PAGE_ADDRESS.test(line.trim()) ? `<a href="${escaped.trim()}">${escaped.trim()}</a>` : escaped;
};

/** The HTML part of a mail: the paragraphs of its text, everything escaped, lines that are only an address as links. */
export function letterAsHtml({
  subject,
  text,
  language,
}: {
  subject: string;
  text: string;
  language: Language;
}): string {
  const paragraphs = text
    .trim()
    .split(/\n(?:[ \t]*\n)+/)
    .map((paragraph) => `<p>${paragraph.split("\n").map(lineAsHtml).join("<br>\n")}</p>`);
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    `<title>${escapeHtml(subject)}</title></head><body>`,
    ...paragraphs,
    "</body></html>",
  ].join("\n");
}
