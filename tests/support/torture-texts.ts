// Texts that are known to break things, and what the library keeps and shows of each.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../../src/platform/config/project-folder.ts";
import { readNaughtyStrings } from "./fuzz-requests.ts";

const FOLDER = join(projectFolder, "../shared/data/torture");

/** What this library could stumble over: its own marks, and those of the files that it writes. */
const OWN = [
  "\uE000marked by hand\uE001",
  "_x0041_ as workbooks write characters",
  "<b>bold</b> & <i>not</i>",
  "</title></textarea></script><script>alert(1)</script>",
  "<!-- ]]> <![CDATA[ &amp; &lt; &#60; &#x3c; &nbsp; &copy",
  '" onmouseover="alert(1)" x="',
  "' autofocus onfocus='alert(1)",
  ' href="/library" <a href="/library">',
  "{{title}} {{hub}} {{count}} $t(title) $t(library-practices:title) {link}",
  "$& $1 $` $' %s %d %(title)s \\1 \\u003c \\n",
  "one\rtwo\nthree\r\nfour\n\n  \nfive",
  "=1+1",
  "+1",
  "-1",
  "@x",
  "\t=tab",
  "'=said already",
  "a\u0085b\u0092c\u007Fd\u0001e\uFFFEf\uFDD0g\u{10FFFE}h",
  "e\u0301 \u00E9 \uFB01 \u212B",
  "a\u0000b \uD800 c",
  "semi; colon; (in brackets), \"quoted\", 'quoted'",
  "\\textbf{bold} {a} $x$ 100% #1 ~ ^ _",
  "TI  - another title",
  "\u202Eright to left\u202C \u200Bzero\u200D width \uFEFFmark",
  "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 é̂̃̄̅̆̇ Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A̴̵̜̰͔ͫ͗͢L̠ͨͧͩ͘G̴̻͈͍͔̹̑͗̎̅͛́Ǫ̵̹̻̝̳͂̌̌͘!͖̬̰̙̗̿̋ͥͥ̂ͣ̐́́͜͞",
];
const OWN_NAMES = ["O'Connor", "D’Angelo", "Müller", "Núñez", "Škvorecký", "Đặng", "Ólafsdóttir", "ʻŌpūnui"];

export interface TortureTexts {
  texts: string[];
  /** Names with marks and apostrophes. */
  names: string[];
  /** What is not at hand. */
  notes: string[];
}

function readLines(name: string, notes: string[]): string[] {
  const path = join(FOLDER, name);
  if (existsSync(path)) return readFileSync(path, "utf8").split(/\r?\n/).filter(Boolean);
  notes.push(`${name} is not at hand`);
  return [];
}

/** The lists where they are at hand, and always our own. */
export function readTortureTexts(): TortureTexts {
  const naughty = readNaughtyStrings();
  const notes = naughty.note ? [naughty.note] : [];
  const payloads = readLines("csv-injection-payloads.txt", notes);
  const names = readLines("common-surnames-by-country.csv", notes)
    .flatMap((line) => line.split(",").slice(4, 6))
    .filter((name) => /['’ʻʼ]|\p{M}/u.test(name.normalize("NFD")) && !name.includes('"'));
  const spread = [...new Set(names)].filter((_, at) => at % Math.ceil(names.length / 150) === 0);
  return { texts: [...OWN, ...payloads, ...naughty.strings], names: [...OWN_NAMES, ...spread], notes };
}

/**
 * What the library's forms keep of a text, on purpose: no NUL and no half characters (the database holds neither), no
 * white space around it; line ends are those of Unix, and in fields of one line they are spaces. Everything else stays
 * as it was typed: other control characters, and letters in whichever form of Unicode.
 */
export function kept(text: string, form: "prose" | "line"): string {
  const clean = text.replaceAll("\0", "").toWellFormed().trim();
  return form === "prose" ? clean.replaceAll(/\r\n?/g, "\n") : clean.replaceAll(/[\r\n]+/g, " ");
}

/** The same length and the same breaks, of harmless letters. */
export const harmless = (text: string): string => text.replaceAll(/\S/gu, "x");

/** What XML can hold of a text: a feed leaves the rest out. */
export const inXml = (text: string): string =>
  text.replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");

/** Against formulas (OWASP, CSV injection): an apostrophe before what a spreadsheet program would calculate. */
export const inCsv = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const BETWEEN = { line: " ¦ ", prose: "\n\n" };

/**
 * All texts in as few fields as hold them. What a spreadsheet program could take for a formula begins a field, since only
 * there it could; what is longer than a field is cut.
 */
export function inFields(texts: readonly string[], most: number, form: "prose" | "line"): string[] {
  const fields: string[] = [];
  let field = "";
  for (const text of texts) {
    const part = text.slice(0, most).toWellFormed();
    const longer = field === "" ? part : `${field}${BETWEEN[form]}${part}`;
    const isFull = longer.length > most || /^\s*[=+\-@]/.test(part);
    if (isFull && field.trim() !== "") fields.push(field);
    field = isFull ? part : longer;
  }
  return [...fields, field].filter((one) => kept(one, form) !== "");
}

/** Lists and searches leave out the two characters for private use that mark matches. */
export const inLists = (text: string): string => text.replaceAll(/[\uE000\uE001]/g, "");

/** What citations make of a text: one line, in which what breaks lines or is no character of text is a space, and spaces are one. */
export const inOneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

const PRINTED: Readonly<Record<string, string>> = {
  "\\textbackslash{}": "\\",
  "\\textbraceleft{}": "{",
  "\\textbraceright{}": "}",
  "\\textasciitilde{}": "~",
  "\\textasciicircum{}": "^",
  "\\textless{}": "<",
  "\\textgreater{}": ">",
  "\\textbar{}": "|",
  "\\textquotedbl{}": '"',
};

/** What LaTeX prints. */
export const asPrinted = (latex: string): string =>
  latex.replaceAll(/\\(text\w+\{\}|[$&#_%])/g, (written) => PRINTED[written] ?? written.slice(1));
