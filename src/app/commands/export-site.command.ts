import { exportSite } from "../static-site/export-site.tsx";
import { SiteProblem } from "../static-site/walk-site.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";

export const exportSiteCommand: Command = {
  words: ["export", "site"],
  usage: "export site DIR [--date 2026-11-22] [--address https://…]",
  about:
    "Writes the public library, careers, results, materials and feeds into a folder as static pages that open without the hub, from any web server or from a disk. The folder is empty or holds an earlier export. --address says where the copy will be found, --date which day it is of.",
  run: async (rest) => {
    const { values, positionals } = readOptions(exportSiteCommand, {
      args: rest,
      options: { date: { type: "string" }, address: { type: "string" } } as const,
    });
    const [folder] = positionals;
    if (!folder || positionals.length > 1)
      throw new CommandProblem(`Name one folder.\nUsage: npm run trellis -- ${exportSiteCommand.usage}`);
    const date = readDate(values["date"]);
    const address = readAddress(values["address"]);
    return withServices(async (services) => {
      try {
        const wanted = { folder, address, date: date ?? services.clock().toISOString().slice(0, 10) };
        const { pages, files } = await exportSite(services, wanted);
        if (!address && !services.config.publicUrl)
          process.stderr.write(
            "No address is known (--address, or TRELLIS_URL of the hub): feeds and citations name this machine.\n",
          );
        process.stdout.write(`${pages} pages and ${files} files written to ${folder}.\n`);
        return 0;
      } catch (error) {
        if (error instanceof SiteProblem) throw new CommandProblem(error.message, 1);
        throw error;
      }
    });
  },
};

function readDate(given: string | undefined): string | null {
  if (given === undefined) return null;
  const day = /^\d{4}-\d\d-\d\d$/.test(given) ? new Date(`${given}T12:00:00Z`) : null;
  if (!day || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== given)
    throw new CommandProblem(`"${given}" is not a day. Write it as 2026-11-22.`);
  return given;
}

function readAddress(given: string | undefined): string | null {
  if (given === undefined) return null;
  const url = URL.parse(given);
  if (!url || !/^https?:$/.test(url.protocol) || url.search !== "" || url.hash !== "")
    throw new CommandProblem(
      `"${given}" is not the address of a site. Write it as https://library.example.org.`,
    );
  return url.href.replace(/\/$/, "");
}
