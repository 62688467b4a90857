// What a harvester may ask (OAI-PMH 2.0, sections 3 and 4), read and checked. Pure.
import { z } from "zod";

export const OAI_DC = "oai_dc";

export type OaiErrorCode =
  | "badArgument"
  | "badResumptionToken"
  | "badVerb"
  | "cannotDisseminateFormat"
  | "idDoesNotExist"
  | "noRecordsMatch";

/** What is answered instead of what was asked. */
export class OaiProblem extends Error {
  readonly code: OaiErrorCode;
  constructor(code: OaiErrorCode, message: string) {
    super(message);
    this.name = "OaiProblem";
    this.code = code;
  }
}

const LIST = { required: ["metadataPrefix"], optional: ["from", "until", "set"], exclusive: true };
const VERBS = {
  Identify: { required: [], optional: [], exclusive: false },
  ListMetadataFormats: { required: [], optional: ["identifier"], exclusive: false },
  ListSets: { required: [], optional: [], exclusive: true },
  GetRecord: { required: ["identifier", "metadataPrefix"], optional: [], exclusive: false },
  ListIdentifiers: LIST,
  ListRecords: LIST,
} as const satisfies Record<
  string,
  { required: readonly string[]; optional: readonly string[]; exclusive: boolean }
>;
export type OaiVerb = keyof typeof VERBS;
export type OaiArguments = Readonly<Record<string, string>>;

/** What was sent, as it was sent: an argument that comes twice is an error. */
export type OaiSent = Readonly<Record<string, string | readonly string[]>>;

/** The verb and its arguments. @throws OaiProblem */
export function readOaiRequest(sent: OaiSent): { verb: OaiVerb; given: OaiArguments } {
  const { verb, ...rest } = sent;
  if (typeof verb !== "string" || !Object.hasOwn(VERBS, verb))
    throw new OaiProblem("badVerb", `The verb must be one of ${Object.keys(VERBS).join(", ")}, once.`);
  const { required, optional, exclusive } = VERBS[verb as OaiVerb];
  const allowed: readonly string[] = [...required, ...optional, ...(exclusive ? ["resumptionToken"] : [])];
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (!allowed.includes(name)) throw new OaiProblem("badArgument", `${verb} takes no such argument.`);
    if (typeof value !== "string") throw new OaiProblem("badArgument", `${name} was given more than once.`);
    given[name] = value;
  }
  if ("resumptionToken" in given) {
    if (Object.keys(given).length > 1)
      throw new OaiProblem("badArgument", "A resumptionToken stands alone beside its verb.");
  } else
    for (const name of required)
      if (!given[name]) throw new OaiProblem("badArgument", `${verb} needs the argument ${name}.`);
  return { verb: verb as OaiVerb, given };
}

/** Which records a list is of. `before` is the first moment that no longer belongs to it. */
export interface OaiSelection {
  set: string | null;
  from: Date | null;
  before: Date | null;
}

const DAY = 86_400_000;
const SECOND = 1000;

/** A datestamp of either granularity, with how long it lasts. */
function readStamp(name: string, text: string): { at: number; lasts: number } {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text);
  const isSecond = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text);
  const at = isDay || isSecond ? Date.parse(text) : Number.NaN;
  // The 30th of February is read as a day of March: it is none.
  if (Number.isNaN(at) || !new Date(at).toISOString().startsWith(text.replace("Z", "")))
    throw new OaiProblem(
      "badArgument",
      `${name} must be a moment of UTC such as 2026-11-22 or 2026-11-22T10:00:00Z.`,
    );
  return { at, lasts: isDay ? DAY : SECOND };
}

/** What a list's arguments select. @throws OaiProblem */
export function readSelection({ from, until, set, metadataPrefix }: OaiArguments): OaiSelection {
  mustBeDublinCore(metadataPrefix);
  const start = from === undefined ? null : readStamp("from", from);
  const end = until === undefined ? null : readStamp("until", until);
  if (start && end && start.lasts !== end.lasts)
    throw new OaiProblem("badArgument", "from and until must be of the same granularity.");
  if (start && end && start.at > end.at)
    throw new OaiProblem("badArgument", "from must not be later than until.");
  if (set !== undefined && !/^[\w.!~*'()-]+(:[\w.!~*'()-]+)*$/.test(set))
    throw new OaiProblem("badArgument", "set must be a setSpec of ListSets.");
  return {
    set: set ?? null,
    from: start ? new Date(start.at) : null,
    before: end ? new Date(end.at + end.lasts) : null,
  };
}

/** The one format that there is. */
export function mustBeDublinCore(prefix: string | undefined): void {
  if (prefix !== OAI_DC)
    throw new OaiProblem(
      "cannotDisseminateFormat",
      `Every record is there as ${OAI_DC}, and as nothing else.`,
    );
}

const LIST_ARGUMENTS = ["metadataPrefix", "from", "until", "set"] as const;
const tokenContent = z.object({
  verb: z.enum(["ListIdentifiers", "ListRecords"]),
  given: z.partialRecord(z.enum(LIST_ARGUMENTS), z.string().max(200)),
  /** The last record that was given: its change in microseconds, and its id. */
  at: z.string().regex(/^\d{1,17}$/),
  id: z.uuid(),
  /** How many were given so far. */
  cursor: z.number().int().min(1),
});
export type OaiToken = z.infer<typeof tokenContent>;

/**
 * Where a list goes on. All of it is in the token, and it is after a record, not at a number: nothing is kept for a
 * harvester, a token does not run out, and a record that changes meanwhile moves behind it and comes again.
 */
export const writeToken = (token: OaiToken): string =>
  Buffer.from(JSON.stringify(token)).toString("base64url");

/** @throws OaiProblem for a token that no list of this verb has given. */
export function readToken(verb: OaiVerb, text: string): OaiToken {
  try {
    const token = tokenContent.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    if (token.verb === verb) {
      readSelection(token.given);
      return token;
    }
  } catch {
    // Told below.
  }
  throw new OaiProblem("badResumptionToken", "This token was not given for this verb. Begin the list again.");
}
