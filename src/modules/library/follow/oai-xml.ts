// Answers of OAI-PMH 2.0 as XML.

import { CONTENT_FIELDS, type FacetKey } from "../practices/facets.ts";
import { labelOf, type PracticeLabels } from "../practices/practice-labels.ts";
import { LICENSE_ADDRESSES } from "./license-addresses.ts";
import { OAI_DC, type OaiArguments, type OaiProblem, type OaiVerb } from "./oai.rules.ts";
import type { HarvestRecord } from "./oai.store.ts";
import { utcSecond, type XmlElement, xmlRoot } from "./xml.ts";

const OAI = "http://www.openarchives.org/OAI/2.0/";
const DC = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const DC_ELEMENTS = "http://purl.org/dc/elements/1.1/";
const XSI = "http://www.w3.org/2001/XMLSchema-instance";
const IDENTIFIERS = "http://www.openarchives.org/OAI/2.0/oai-identifier";
const XMLNS = "http://www.w3.org/2000/xmlns/";

/** What every answer says of its repository. */
export interface Repository {
  name: string;
  baseUrl: string;
  /** The part of identifiers that names it. */
  host: string;
  /** The address of a practice's page. */
  addressOf: (slug: string) => string;
  labels: PracticeLabels;
}

/** Declares a schema where the protocol wants it declared. */
function declare(element: XmlElement, location: string): void {
  element.att(XMLNS, "xmlns:xsi", XSI);
  element.att(XSI, "xsi:schemaLocation", location);
}

/** The frame around an answer; `fill` writes what the verb answers, or there is what is wrong. */
export function writeAnswer(
  { baseUrl }: Pick<Repository, "baseUrl">,
  now: Date,
  asked: { verb: OaiVerb; given: OaiArguments } | null,
  answer: OaiProblem | ((element: XmlElement) => void),
): string {
  const root = xmlRoot(OAI, "OAI-PMH");
  declare(root, `${OAI} http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd`);
  root.ele("responseDate").txt(utcSecond(now));
  // Of a request with a wrong verb or wrong arguments the arguments are not repeated (3.6).
  root.ele("request", asked ? { verb: asked.verb, ...asked.given } : {}).txt(baseUrl);
  if (typeof answer === "function") answer(root.ele(asked?.verb ?? "Identify"));
  else root.ele("error", { code: answer.code }).txt(answer.message);
  return root.write();
}

export const identifierOf = ({ host }: Pick<Repository, "host">, id: string): string => `oai:${host}:${id}`;

/** The sets that a record stands in. */
const setsOf = ({ content }: HarvestRecord): string[] => [
  ...content.states.map((state) => `state:${state}`),
  ...content.categories.map((category) => `category:${category}`),
];

export function writeHeader(parent: XmlElement, repository: Repository, record: HarvestRecord): void {
  const header = parent.ele("header", record.isDeleted ? { status: "deleted" } : {});
  header.ele("identifier").txt(identifierOf(repository, record.id));
  header.ele("datestamp").txt(utcSecond(record.changedAt));
  for (const set of new Set(setsOf(record))) header.ele("setSpec").txt(set);
}

/** A record with its practice in Dublin Core; of what was withdrawn or merged the header alone. */
export function writeRecord(parent: XmlElement, repository: Repository, record: HarvestRecord): void {
  const element = parent.ele("record");
  writeHeader(element, repository, record);
  if (record.isDeleted) return;
  const dc = element.ele("metadata").ele(DC, `${OAI_DC}:dc`);
  dc.att(XMLNS, "xmlns:dc", DC_ELEMENTS);
  declare(dc, `${DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd`);
  for (const [name, text] of dublinCore(repository, record))
    if (text.trim() !== "") dc.ele(DC_ELEMENTS, `dc:${name}`).txt(text);
}

/** A practice's entry in the fifteen elements of Dublin Core: the entry is what is described, so its publisher is the hub. */
function dublinCore({ name, labels, addressOf }: Repository, record: HarvestRecord): [string, string][] {
  const { content } = record;
  const subjects = (Object.entries(CONTENT_FIELDS) as [FacetKey, keyof typeof content][])
    .filter(([key]) => key !== "state")
    .flatMap(([key, field]) => (content[field] as string[]).map((code) => labelOf(labels, key, code)));
  return [
    ["title", content.title],
    ["creator", name],
    ["publisher", name],
    ["contributor", content.sponsor],
    ...[...new Set(subjects)].map((subject): [string, string] => ["subject", subject]),
    ["description", content.summary],
    ["description", content.description],
    ["date", utcSecond(record.changedAt)],
    ["type", "Text"],
    ["format", "text/html"],
    ["identifier", addressOf(record.slug)],
    ["language", content.language],
    ...content.sources.map(({ title, url }): [string, string] => [
      "source",
      url ? `${title} <${url}>` : title,
    ]),
    ...content.links.map(({ url }): [string, string] => ["relation", url]),
    ...content.states.map((state): [string, string] => ["coverage", labelOf(labels, "state", state)]),
    ["rights", LICENSE_ADDRESSES[content.license] ?? labelOf(labels, "license", content.license)],
  ];
}

/** Who the repository is. @param adminEmail whom to write to about it. */
export function writeIdentify(
  element: XmlElement,
  repository: Repository,
  about: { adminEmail: string; firstChange: Date; sample: string },
): void {
  const { name, baseUrl, host } = repository;
  element.ele("repositoryName").txt(name);
  element.ele("baseURL").txt(baseUrl);
  element.ele("protocolVersion").txt("2.0");
  element.ele("adminEmail").txt(about.adminEmail);
  element.ele("earliestDatestamp").txt(utcSecond(about.firstChange));
  element.ele("deletedRecord").txt("persistent");
  element.ele("granularity").txt("YYYY-MM-DDThh:mm:ssZ");
  element.ele("compression").txt("gzip");
  element.ele("compression").txt("deflate");
  // Only a domain is a namespace of that kind; a hub that is tried out on one machine has none.
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/i.test(host)) return;
  const kind = element.ele("description").ele(IDENTIFIERS, "oai-identifier");
  declare(kind, `${IDENTIFIERS} http://www.openarchives.org/OAI/2.0/oai-identifier.xsd`);
  kind.ele("scheme").txt("oai");
  kind.ele("repositoryIdentifier").txt(host);
  kind.ele("delimiter").txt(":");
  kind.ele("sampleIdentifier").txt(identifierOf(repository, about.sample));
}

export function writeFormats(element: XmlElement): void {
  const format = element.ele("metadataFormat");
  format.ele("metadataPrefix").txt(OAI_DC);
  format.ele("schema").txt("http://www.openarchives.org/OAI/2.0/oai_dc.xsd");
  format.ele("metadataNamespace").txt(DC);
}

/** The sets: all that have a state, each state, all that have a category, each category. */
export function writeSets(
  element: XmlElement,
  labels: PracticeLabels,
  names: Record<"state" | "category", string>,
): void {
  const write = (spec: string, name: string): void => {
    const set = element.ele("set");
    set.ele("setSpec").txt(spec);
    set.ele("setName").txt(name);
  };
  for (const key of ["state", "category"] as const) {
    write(key, names[key]);
    for (const [code, label] of labels.get(key) ?? []) write(`${key}:${code}`, label);
  }
}

/** Where the list goes on; an empty one ends a list that came in parts. */
export function writeResumption(
  element: XmlElement,
  token: string | null,
  { total, cursor }: { total: number; cursor: number },
): void {
  element
    .ele("resumptionToken", { completeListSize: String(total), cursor: String(cursor) })
    .txt(token ?? "");
}
