// The figures of a report's page and the records behind them, both read through the front door.
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import type { TestHub } from "./test-hub.ts";

type Node = DefaultTreeAdapterTypes.ChildNode | DefaultTreeAdapterTypes.Document;
type Element = DefaultTreeAdapterTypes.Element;

/** What a figure counts or adds up. */
export type Unit = "enrollments" | "trainees" | "sites" | "counties" | "dollars" | "hours";

export interface PageFigure {
  /** Caption of its table, or "" outside of tables. */
  table: string;
  row: string;
  column: string;
  shown: string;
  /** The records behind it. */
  href: string | null;
}

const isElement = (node: Node): node is Element => "tagName" in node;

function* elements(node: Node): Generator<Element> {
  if (isElement(node)) yield node;
  if ("childNodes" in node) for (const child of node.childNodes) yield* elements(child);
}
const all = (node: Node, ...tags: string[]): Element[] =>
  [...elements(node)].filter((element) => tags.includes(element.tagName));
const attribute = (element: Element, name: string): string | null =>
  element.attrs.find((one) => one.name === name)?.value ?? null;

function textIn(node: Node): string {
  if ("value" in node) return node.value;
  return "childNodes" in node ? node.childNodes.map(textIn).join("") : "";
}
const text = (node: Node): string => textIn(node).replaceAll(/\s+/g, " ").trim();
const isRecords = (link: Element): boolean =>
  attribute(link, "href")?.startsWith("/pathways/enrollments?") ?? false;

function figuresOfTable(table: Element): PageFigure[] {
  const caption = text(all(table, "caption")[0] ?? table);
  const [head, ...lines] = all(table, "tr");
  const columns = head ? all(head, "th").map(text) : [];
  return lines.flatMap((line) => {
    const cells = all(line, "th", "td");
    // In the table of a chart the row's name has the link.
    const ofRow = cells[0] && all(cells[0], "a").find((link) => isRecords(link) && !/^\d/.test(text(link)));
    return cells.flatMap((cell, position): PageFigure[] => {
      const link = all(cell, "a").find(isRecords) ?? (position > 0 ? ofRow : undefined);
      // The first cell names the row, and is a figure only where it says one.
      if (position === 0 && !/^\d/.test(link ? text(link) : "")) return [];
      if (position > 0 && attribute(cell, "class") !== "n") return [];
      return [
        {
          table: caption,
          row: text(cells[0] ?? cell),
          column: position === 0 ? text(cell).replace(/^[\d,]+ /, "") : (columns[position] ?? ""),
          shown: text(cell),
          href: link ? attribute(link, "href") : null,
        },
      ];
    });
  });
}

/** Figures of a page's tables, linked or not, and every linked figure outside of tables. */
export function readPageFigures(html: string): PageFigure[] {
  const page = parse(html);
  const tables = all(page, "table");
  const within = new Set(tables.flatMap((table) => [...elements(table)]));
  const boxes = [...all(page, "div").filter((box) => attribute(box, "class") === "fig"), ...all(page, "p")];
  const outside = all(page, "a")
    .filter((link) => isRecords(link) && !within.has(link) && /^\$?\d/.test(text(link)))
    .map((link) => ({
      table: "",
      row: text(boxes.find((box) => [...elements(box)].includes(link)) ?? link),
      column: "",
      shown: text(link),
      href: attribute(link, "href"),
    }));
  return [...outside, ...tables.flatMap(figuresOfTable)];
}

export const numberOf = (shown: string): number => Number.parseFloat(shown.replaceAll(/[,$]/g, ""));

/** The cells of a CSV line by line, as records by header. */
function readCsv(csv: string): Record<string, string>[] {
  const [head = [], ...lines] = csv
    .replace("\uFEFF", "")
    .trimEnd()
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:"((?:[^"]|"")*)"|([^,]*))(?:,|$)/g)].map(
        (match) => match[1]?.replaceAll('""', '"') ?? match[2] ?? "",
      ),
    );
  return lines.map((cells) =>
    Object.fromEntries(head.map((name, position) => [name, cells[position] ?? ""])),
  );
}

const AMOUNTS: Record<string, string> = {
  "paid total": "Award total, USD",
  "paid stipend": "Stipend",
  "paid tuition": "Tuition/fees/supplies",
  "paid scholarship": "Scholarship",
  "paid fellowship": "Fellowship award",
  "paid traineeship": "Traineeship",
  "paid loan": "Loan",
  "paid loan_repayment": "Loan repayment",
  "paid insurance": "Health insurance",
  "paid travel": "Travel",
  "hours total": "Hours total",
  "hours didactic": "Didactic hours",
  "hours ojl": "OJL hours",
  "hours muc": "MUC hours",
  "hours rural": "Rural hours",
  "hours primary_care": "Primary care hours",
};

export interface List {
  status: number;
  /** The page above the list: heading, what it adds up to, what it is narrowed to. */
  head: string;
  /** What its download counts and adds up to. */
  readAmounts(): Promise<Record<Unit, number>>;
}

/** What an address of the list of enrollments shows. */
export async function readList(hub: TestHub, href: string, cookie: string): Promise<List> {
  const answer = await hub.get(href, cookie);
  const [main] = all(parse(await answer.text()), "main");
  let amounts: Promise<Record<Unit, number>> | null = null;
  return {
    status: answer.status,
    head: main ? text(main).slice(0, 600) : "",
    readAmounts: () => (amounts ??= readFile(hub, href, cookie)),
  };
}

async function readFile(hub: TestHub, href: string, cookie: string): Promise<Record<Unit, number>> {
  const records = readCsv(await (await hub.get(`${href}&format=csv`, cookie)).text());
  const query = new URL(href, "http://localhost").searchParams;
  const sum = (name: "paid" | "hours"): number => {
    const column = AMOUNTS[`${name} ${query.get(name) ?? "total"}`] ?? "";
    return Math.round(100 * records.reduce((total, record) => total + Number(record[column]), 0)) / 100;
  };
  const distinct = (read: (record: Record<string, string>) => (string | undefined)[] | null): number =>
    new Set(records.flatMap((record) => read(record)?.join("\t") ?? [])).size;
  return {
    enrollments: records.length,
    trainees: distinct((record) => [record["Organization"], record["Trainee"]]),
    dollars: sum("paid"),
    hours: sum("hours"),
    sites: distinct((record) =>
      record["Site"] ? [record["Organization"], record["Site"].toLowerCase(), record["County FIPS"]] : null,
    ),
    counties: distinct((record) => (record["County FIPS"] ? [record["County FIPS"]] : null)),
  };
}
