import { type SearchResults, searchLibrary, unknownChoices } from "../../modules/library/index.ts";
import { system } from "../../platform/database/actor.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";

const EXIT_UNKNOWN_CODE = 1;
const USUAL_LIMIT = 20;
const HIGHEST_LIMIT = 10_000;

export const librarySearchCommand: Command = {
  words: ["library", "search"],
  usage: 'library search "TEXT" [--state NE] [--category CODE] [--limit 20] [--json]',
  about:
    "Searches the published practices as the library's pages do, typing errors forgiven; without a text all of them. --json writes {total, facets, items}.",
  run: async (rest) => {
    const { values, positionals } = readOptions(librarySearchCommand, {
      args: rest,
      options: {
        state: { type: "string", multiple: true },
        category: { type: "string", multiple: true },
        limit: { type: "string" },
        json: { type: "boolean" },
      } as const,
    });
    if (positionals.length > 1)
      throw new CommandProblem(
        `Put the words between quotation marks, they are one text.\nUsage: npm run trellis -- ${librarySearchCommand.usage}`,
      );
    const chosen = {
      ...(values["state"] ? { state: values["state"].map((code) => code.toUpperCase()) } : {}),
      ...(values["category"] ? { category: values["category"] } : {}),
    };
    const limit = readLimit(values["limit"]);
    const results = await withServices(({ perform }) =>
      perform(system, async ({ trx }) => {
        const unknown = await unknownChoices(trx, chosen);
        if (unknown.length > 0)
          throw new CommandProblem(
            `The library does not know ${unknown.join(", ")}. A state is two letters (US: everywhere); categories are named in the addresses of /library.`,
            EXIT_UNKNOWN_CODE,
          );
        return searchLibrary(trx, { words: positionals[0] ?? "", chosen }, limit);
      }),
    );
    process.stdout.write(values["json"] ? asJson(results) : inWords(results));
    return 0;
  },
};

function readLimit(given: string | undefined): number {
  if (given === undefined) return USUAL_LIMIT;
  const limit = /^\d{1,5}$/.test(given) ? Number(given) : 0;
  if (limit < 1 || limit > HIGHEST_LIMIT)
    throw new CommandProblem(`--limit is a number from 1 to ${HIGHEST_LIMIT}, not "${given}".`);
  return limit;
}

const asJson = ({ total, facets, items }: SearchResults): string =>
  `${JSON.stringify({ total, facets, items }, null, 2)}\n`;

function inWords({ total, items, isAny }: SearchResults): string {
  const lines = items.map(
    ({ slug, title, states }) => `${title} (${states.join(", ")})\n  /library/practices/${slug}`,
  );
  const head = `${total} ${total === 1 ? "practice" : "practices"}${isAny ? " with some of these words, none with all" : ""}`;
  return `${[head, ...lines].join("\n")}\n`;
}
