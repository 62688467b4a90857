import { z } from "zod";
import { hubAddress } from "../../../platform/config/config.ts";
import { type RouteDefinition, route, type Visit } from "../../../platform/web/route.ts";
import { findHub } from "../../directory/index.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import { readPracticeLabels } from "../practices/practice-labels.ts";
import { OAI_PATH } from "./follow-addresses.ts";
import {
  mustBeDublinCore,
  type OaiArguments,
  OaiProblem,
  type OaiSent,
  type OaiVerb,
  readOaiRequest,
  readSelection,
  readToken,
  writeToken,
} from "./oai.rules.ts";
import {
  countHarvest,
  findFirstChange,
  findHarvestRecord,
  type HarvestRecord,
  listHarvest,
} from "./oai.store.ts";
import {
  type Repository,
  writeAnswer,
  writeFormats,
  writeHeader,
  writeIdentify,
  writeRecord,
  writeResumption,
  writeSets,
} from "./oai-xml.ts";
import type { XmlElement } from "./xml.ts";

type AnyVisit = Visit<unknown, unknown>;
type Fill = (element: XmlElement) => void;

/** How many records one answer holds. */
const IN_ONE_ANSWER = 100;
/** The protocol wants an address. Where the hub has none, it says one that by its very form is nobody's (RFC 2606). */
const NO_ADDRESS = "no-address-is-set@hub.invalid";
const NO_RECORD = "00000000-0000-4000-8000-000000000000";

/** What a harvester may send: whatever it is, it gets an answer of the protocol. */
const anything = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

async function readRepository({ trx, platform }: AnyVisit): Promise<Repository> {
  const { config } = platform;
  return {
    name: (await findHub(trx))?.name ?? "Trellis",
    baseUrl: hubAddress(config, OAI_PATH),
    host: new URL(hubAddress(config)).hostname,
    addressOf: (slug) => hubAddress(config, practicePath(slug)),
    labels: await readPracticeLabels(trx),
  };
}

/** The record that an identifier names. @throws OaiProblem */
async function getRecord(visit: AnyVisit, repository: Repository, identifier = ""): Promise<HarvestRecord> {
  const start = `oai:${repository.host}:`;
  const id = identifier.startsWith(start) ? identifier.slice(start.length) : "";
  const record = z.uuid().safeParse(id).success ? await findHarvestRecord(visit.trx, id) : null;
  if (!record) throw new OaiProblem("idDoesNotExist", "There is no record of this identifier.");
  return record;
}

async function list(
  visit: AnyVisit,
  repository: Repository,
  verb: "ListIdentifiers" | "ListRecords",
  given: OaiArguments,
): Promise<Fill> {
  const token = given["resumptionToken"] === undefined ? null : readToken(verb, given["resumptionToken"]);
  const wanted = token ? (token.given as OaiArguments) : given;
  const selection = readSelection(wanted);
  const found = await listHarvest(visit.trx, selection, token, IN_ONE_ANSWER + 1);
  const records = found.slice(0, IN_ONE_ANSWER);
  // Also at a token's end, where all that was left has changed since, out of the time that was asked for.
  if (records.length === 0)
    throw new OaiProblem("noRecordsMatch", "No record is in this set and changed in this time.");
  const cursor = token?.cursor ?? 0;
  const last = found.length > IN_ONE_ANSWER ? records.at(-1) : undefined;
  const total = token || last ? await countHarvest(visit.trx, selection) : records.length;
  return (element) => {
    for (const record of records)
      (verb === "ListRecords" ? writeRecord : writeHeader)(element, repository, record);
    if (!token && !last) return;
    const next = last
      ? writeToken({ verb, given: wanted, at: last.at, id: last.id, cursor: cursor + records.length })
      : null;
    writeResumption(element, next, { total, cursor });
  };
}

/** What is answered to a verb. @throws OaiProblem */
async function answerVerb(
  visit: AnyVisit,
  repository: Repository,
  verb: OaiVerb,
  given: OaiArguments,
): Promise<Fill> {
  switch (verb) {
    case "Identify": {
      const firstChange = (await findFirstChange(visit.trx)) ?? visit.now;
      const [first] = await listHarvest(visit.trx, { set: null, from: null, before: null }, null, 1);
      return (element) =>
        writeIdentify(element, repository, {
          adminEmail: visit.platform.config.mail?.from ?? NO_ADDRESS,
          firstChange,
          sample: first?.id ?? NO_RECORD,
        });
    }
    case "ListMetadataFormats":
      if (given["identifier"] !== undefined) await getRecord(visit, repository, given["identifier"]);
      return writeFormats;
    case "ListSets":
      if (given["resumptionToken"] !== undefined) readToken(verb, given["resumptionToken"]);
      return (element) =>
        writeSets(element, repository.labels, { state: "By state", category: "By category" });
    case "GetRecord": {
      const record = await getRecord(visit, repository, given["identifier"]);
      mustBeDublinCore(given["metadataPrefix"]);
      return (element) => writeRecord(element, repository, record);
    }
    default:
      return list(visit, repository, verb, given);
  }
}

/** Answers a harvester. What it does wrong is told in the answer, whose status is 200 all the same (3.6). */
async function answer(visit: AnyVisit, sent: OaiSent): Promise<Response> {
  const repository = await readRepository(visit);
  let asked: { verb: OaiVerb; given: OaiArguments } | null = null;
  let said: OaiProblem | Fill;
  try {
    asked = readOaiRequest(sent);
    said = await answerVerb(visit, repository, asked.verb, asked.given);
  } catch (error) {
    if (!(error instanceof OaiProblem)) throw error;
    if (error.code === "badArgument") asked = null;
    said = error;
  }
  return visit.c.body(writeAnswer(repository, visit.now, asked, said), 200, {
    "Content-Type": "text/xml; charset=utf-8",
  });
}

/** The library for harvesters (OAI-PMH 2.0). Asking by POST changes nothing either. */
export const oaiRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: OAI_PATH,
    who: "public",
    query: anything,
    handle: (visit) => answer(visit, visit.query),
  }),
  route({
    method: "POST",
    path: OAI_PATH,
    who: "public",
    form: anything,
    handle: (visit, form) => answer(visit, form),
  }),
];
