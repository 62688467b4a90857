// How an entry is cited, for people and for their reference managers. Pure.

/** What a citation names. Texts may hold anything. */
export interface Citation {
  hubName: string;
  title: string;
  summary: string;
  slug: string;
  version: number;
  /** The day of this version. */
  changedAt: Date;
  language: "en" | "es";
  address: string;
  /** "Version 3 of Nov 22, 2026", in the language of the page. */
  note: string;
}

/** One line: what breaks lines or is no character of text is a space. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

/** A file of reference managers (RIS): tags of two letters, a line each. */
export function asRis(citation: Citation): string {
  const [year = "", month = "", day = ""] = citation.changedAt.toISOString().slice(0, 10).split("-");
  const lines: [string, string][] = [
    ["TY", "ELEC"],
    // A name of an organization: the comma keeps it from being turned around.
    ["AU", `${citation.hubName},`],
    ["TI", citation.title],
    ["AB", citation.summary],
    ["PB", citation.hubName],
    ["PY", year],
    ["DA", `${year}/${month}/${day}`],
    ["ET", String(citation.version)],
    ["N1", citation.note],
    ["LA", citation.language],
    ["UR", citation.address],
    ["ID", citation.slug],
    ["ER", ""],
  ];
  return lines.map(([tag, text]) => `${tag}  - ${oneLine(text)}\r\n`).join("");
}

const LATEX: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  // By name: BibTeX counts braces, and counts one behind a backslash too.
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  '"': "\\textquotedbl{}",
};

/** A text as LaTeX prints it. */
const latex = (text: string): string =>
  oneLine(text)
    .replaceAll(/[\\{}~^<>|"]/g, (one) => LATEX[one] ?? one)
    .replaceAll(/[$&#_%]/g, "\\$&");

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** An entry of BibTeX. The double braces keep names and capitals as they are. */
export function asBibtex(citation: Citation): string {
  const { changedAt, slug, version } = citation;
  const fields: [string, string][] = [
    ["title", `{{${latex(citation.title)}}}`],
    ["author", `{{${latex(citation.hubName)}}}`],
    ["publisher", `{${latex(citation.hubName)}}`],
    ["year", `{${changedAt.getUTCFullYear()}}`],
    ["month", MONTHS[changedAt.getUTCMonth()] ?? "jan"],
    ["version", `{${version}}`],
    ["note", `{${latex(citation.note)}}`],
    ["language", `{${citation.language === "es" ? "spanish" : "english"}}`],
    ["url", `{${citation.address.replaceAll(/[{}\\\s]/g, encodeURIComponent)}}`],
  ];
  const lines = fields.map(([name, value]) => `  ${name} = ${value}`);
  return `@misc{${slug}-v${version},\n${lines.join(",\n")}\n}\n`;
}
