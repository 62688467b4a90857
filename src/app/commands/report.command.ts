import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isReportingYear } from "../../methods/reporting-year.ts";
import { findHub, findOrganizationByCode } from "../../modules/directory/index.ts";
import {
  type ReportFigures,
  ReportFiguresView,
  readReportFigures,
  readReportLabels,
  reportHeading,
  reportJson,
  reportWorkbook,
} from "../../modules/reports/index.ts";
import { system } from "../../platform/database/actor.ts";
import type { Work } from "../../platform/events/work.ts";
import { assetsFolder, readAssets } from "../../platform/web/assets.ts";
import { escapeHtml, renderChild } from "../../ui/render-child.ts";
import { type Command, CommandProblem, readOptions, withServices } from "./command.ts";

const FORMATS = ["json", "xlsx", "html"] as const;
type Format = (typeof FORMATS)[number];

const EXIT_UNKNOWN_ORGANIZATION = 1;

export const reportCommand: Command = {
  words: ["report"],
  usage: "report --format json|xlsx|html [--year 2024-25] [--organization CODE] [--out FILE]",
  about:
    "Writes the annual report's figures: of a reporting year or all years, of one organization (by its grantee code) or the portfolio.",
  run: async (rest) => {
    const options = {
      format: { type: "string" },
      year: { type: "string" },
      organization: { type: "string" },
      out: { type: "string" },
    } as const;
    const { values, positionals } = readOptions(reportCommand, { args: rest, options });
    if (positionals.length > 0)
      throw new CommandProblem(
        `"${positionals.join(" ")}" is not understood.\nUsage: npm run trellis -- ${reportCommand.usage}`,
      );
    const format = readFormat(values["format"]);
    const academicYear = readYear(values["year"]);
    const written = await withServices((services) =>
      services.perform(system, (work) =>
        writeReport(work, {
          format,
          academicYear,
          code: values["organization"] ?? null,
        }),
      ),
    );
    if (values["out"] !== undefined) writeFileSync(values["out"], written);
    else
      await new Promise<void>((resolve, reject) =>
        process.stdout.write(written, (error) => (error ? reject(error) : resolve())),
      );
    return 0;
  },
};

function readFormat(given: string | undefined): Format {
  const found = FORMATS.find((format) => format === given);
  if (!found)
    throw new CommandProblem(
      `${given === undefined ? "Name a format" : `"${given}" is not a format`}: --format json, --format xlsx or --format html.`,
    );
  return found;
}

function readYear(given: string | undefined): string | null {
  if (given === undefined) return null;
  if (!isReportingYear(given))
    throw new CommandProblem(
      `"${given}" is not a reporting year. Write it as 2024-25 (July 1, 2024 to June 30, 2025), or leave --year out for all years.`,
    );
  return given;
}

async function writeReport(
  work: Work,
  wanted: { format: Format; academicYear: string | null; code: string | null },
): Promise<string | Buffer> {
  const organization = wanted.code === null ? null : await findOrganizationByCode(work.trx, wanted.code);
  if (wanted.code !== null && organization === null)
    throw new CommandProblem(
      `No organization has the grantee code ${wanted.code}. Leave --organization out for the portfolio, or add the code on the organization's page.`,
      EXIT_UNKNOWN_ORGANIZATION,
    );
  const figures = await readReportFigures(work.trx, {
    academicYear: wanted.academicYear,
    organizationId: organization?.id ?? null,
  });
  if (wanted.format === "json") return `${JSON.stringify(reportJson(figures, work.now), null, 2)}\n`;
  const labels = await readReportLabels(work.trx);
  if (wanted.format === "xlsx") return reportWorkbook(figures, labels);
  const hub = (await findHub(work.trx))?.name ?? "Trellis";
  return document(
    figures,
    hub,
    work.now,
    renderChild(await ReportFiguresView({ figures, labels, hrefOf: () => null })),
  );
}

/** A document that needs nothing else: the hub's styles stand in it, and its figures are no links, since it leaves the hub. */
function document(figures: ReportFigures, hub: string, now: Date, body: string): string {
  const styles = readAssets()
    .css.map((address) => readFileSync(join(assetsFolder, address), "utf8"))
    .join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(`${reportHeading(figures)} - ${hub}`)}</title>
<style>${styles}</style>
</head>
<body>
<main class="wrap page stack">
<p class="soft">${escapeHtml(hub)}, as the records stood on ${escapeHtml(now.toISOString().slice(0, 10))}. Counts are not protected: this report is not for publication.</p>
${body}
</main>
</body>
</html>
`;
}
