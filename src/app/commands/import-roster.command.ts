import { createHash } from "node:crypto";
import { createReadStream, existsSync, readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { createOrganization, findOrganizationByCode } from "../../modules/directory/index.ts";
import {
  type ImportResult,
  importRoster,
  type RosterAnswer,
  rosterReport,
} from "../../modules/pathways/index.ts";
import { system } from "../../platform/database/actor.ts";
import type { Services } from "../services.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";

/** Exit codes of the roster import. */
const LOADED = 0;
const UNUSABLE = 1;
const SOME_REJECTED = 2;
const QUESTIONS_OPEN = 3;

const answersFile = z.array(z.looseObject({ question: z.string(), answer: z.unknown() }));

interface Request {
  file: string;
  organization: string;
  create: boolean;
  year: string | undefined;
  program: string | undefined;
  answers: RosterAnswer[];
  dryRun: boolean;
}

export const importRosterCommand: Command = {
  words: ["import", "roster"],
  usage:
    "import roster FILE --organization CODE [--create] [--year 2024-25] [--program NAME] [--answers FILE.json] [--dry-run] [--json]",
  about:
    "Reads, checks and commits a roster for the organization with that grantee code. Exit: 0 loaded, 2 some rows rejected, 3 questions open, 1 unusable file.",
  run: async (rest) => {
    const { values, positionals } = readOptions(importRosterCommand, {
      args: rest,
      options: {
        organization: { type: "string" },
        create: { type: "boolean" },
        year: { type: "string" },
        program: { type: "string" },
        answers: { type: "string" },
        "dry-run": { type: "boolean" },
        json: { type: "boolean" },
      },
    });
    const [file] = positionals;
    if (!file || positionals.length > 1)
      throw new CommandProblem(`Name one file.\nUsage: npm run trellis -- ${importRosterCommand.usage}`);
    if (!values.organization)
      throw new CommandProblem("Say for which grantee the file is: --organization CODE");
    if (values.year && !/^20\d\d-\d\d$/.test(values.year))
      throw new CommandProblem("Write the year like this: --year 2024-25");
    if (!existsSync(file) || !statSync(file).isFile())
      throw new CommandProblem(`There is no file ${file}`, UNUSABLE);
    const request: Request = {
      file,
      organization: values.organization.trim().toUpperCase(),
      create: values.create ?? false,
      year: values.year,
      program: values.program,
      answers: values.answers ? readAnswers(values.answers) : [],
      dryRun: values["dry-run"] ?? false,
    };
    const result = await withServices((services) => importFile(services, request));
    process.stdout.write(
      values.json ? `${JSON.stringify(rosterReport(result))}\n` : describe(result, request.dryRun),
    );
    return exitCode(result);
  },
};

function readAnswers(path: string): RosterAnswer[] {
  try {
    return answersFile.parse(JSON.parse(readFileSync(path, "utf8"))) as RosterAnswer[];
  } catch {
    throw new CommandProblem(
      `${path} is not a list of answers. It looks like this: [{"question":"Q_DATE_ORDER","column":"started_on","answer":"mdy"}]`,
    );
  }
}

/** Carries the result out of a transaction that must leave nothing behind. */
class NothingStored extends Error {
  readonly result: ImportResult;
  constructor(result: ImportResult) {
    super("nothing is stored");
    this.result = result;
  }
}

async function importFile(services: Services, request: Request): Promise<ImportResult> {
  const stored = request.dryRun
    ? await hashFile(request.file)
    : await services.files.put(createReadStream(request.file), { limit: Number.MAX_SAFE_INTEGER });
  try {
    return await services.performBulk(system, async (work, client) => {
      const known = await findOrganizationByCode(work.trx, request.organization);
      if (!known && !request.create && !request.dryRun)
        throw new CommandProblem(
          `No organization has the grantee code ${request.organization}. Add --create to make one.`,
          UNUSABLE,
        );
      const organizationId =
        known?.id ??
        (await createOrganization(work, {
          name: request.organization,
          organizationType: "other",
          state: null,
          granteeCodes: [request.organization],
        }));
      const result = await importRoster(work, client, {
        path: request.file,
        fileName: basename(request.file),
        fileHash: stored.hash,
        fileSize: stored.bytes,
        organizationId,
        granteeCode: request.organization,
        given: {
          academicYear: request.year,
          programName: request.program,
          answers: request.answers,
          archive: [],
        },
        maxWorkbookBytes: services.config.maxWorkbookBytes,
      });
      // A trial run, open questions and an unusable file leave nothing behind.
      if (request.dryRun || result.questions.length > 0 || result.outcome.refusal)
        throw new NothingStored(result);
      return result;
    });
  } catch (error) {
    if (error instanceof NothingStored) return error.result;
    throw error;
  }
}

async function hashFile(path: string): Promise<{ hash: string; bytes: number }> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  return { hash: hash.digest("hex"), bytes: statSync(path).size };
}

function exitCode(result: ImportResult): number {
  if (result.outcome.refusal) return UNUSABLE;
  if (result.questions.length > 0) return QUESTIONS_OPEN;
  return (result.outcome.rows?.rejected ?? 0) > 0 ? SOME_REJECTED : LOADED;
}

function describe(result: ImportResult, dryRun: boolean): string {
  const { outcome, questions, findings } = result;
  if (outcome.refusal) return `${outcome.refusal.message} (${outcome.refusal.code})\n`;
  const lines: string[] = [];
  const rows = outcome.rows ?? { total: 0, loaded: 0, rejected: 0, warned: 0 };
  if (questions.length > 0) {
    lines.push(
      `${questions.length} questions are open; nothing was stored. Answer them with --answers FILE.json:`,
    );
    for (const question of questions)
      lines.push(
        `  ${question.text}`,
        `    ${JSON.stringify({ ...question, text: undefined, options: undefined })}`,
      );
  }
  lines.push(
    `${rows.total} rows read: ${rows.loaded} loaded (${rows.warned} of them flagged), ${rows.rejected} left out.`,
  );
  if (outcome.changes)
    lines.push(
      `${outcome.changes.new} new, ${outcome.changes.changed} changed, ${outcome.changes.unchanged} unchanged, ${outcome.changes.missing} stored rows are missing from the file.`,
    );
  if (dryRun) lines.push("This was a trial: nothing was stored.");
  for (const finding of findings.slice(0, 200))
    lines.push(
      `  ${finding.sheet ? `${finding.sheet}, ` : ""}row ${finding.row}, ${finding.column}: ${finding.message} (${finding.code})`,
    );
  if (findings.length > 200) lines.push(`  … and ${findings.length - 200} more: --json lists all.`);
  return `${lines.join("\n")}\n`;
}
