import { existsSync } from "node:fs";
import {
  findHub,
  getHubOrganization,
  importShortageDesignations,
  ShortageFileProblem,
} from "../../modules/directory/index.ts";
import { system } from "../../platform/database/actor.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";

export const importShortageCommand: Command = {
  words: ["import", "shortage"],
  usage: "import shortage FILE",
  about:
    "Loads shortage designations (HPSA) from a file in HRSA's own layout; designated ones only. Replaces what an earlier file of the same disciplines loaded.",
  run: async (rest) => {
    const { positionals } = readOptions(importShortageCommand, { args: rest, options: {} });
    const [file] = positionals;
    if (!file || !existsSync(file))
      throw new CommandProblem(
        `Name a file that is there.\nUsage: npm run trellis -- ${importShortageCommand.usage}`,
      );
    return withServices(async (services) => {
      try {
        const loaded = await services.performBulk(system, async (work, client) => {
          if (!(await findHub(work.trx)))
            throw new CommandProblem(
              "This hub has not been set up yet. Start it once (npm start) and open it in the browser, or load the demonstration (npm run trellis -- demo load); then load the file again.",
              1,
            );
          return importShortageDesignations(work, client, file, (await getHubOrganization(work.trx)).id);
        });
        process.stdout.write(
          `${loaded.designations} designations in ${loaded.counties} counties loaded; ${loaded.leftOut} rows left out because they are not designated.\n`,
        );
        return 0;
      } catch (error) {
        if (error instanceof ShortageFileProblem) throw new CommandProblem(error.message, 1);
        throw error;
      }
    });
  },
};
