import { join } from "node:path";
import { projectFolder } from "../src/platform/config/project-folder.ts";
import { broughtAlong, type Dependency, readDependencies, readDirect } from "./dependencies.ts";

/** Where the list of licenses lies. */
export const licensesFile: string = join(projectFolder, "docs/licenses.md");

/** Every package with its license as a page, from the lock file. */
export function renderLicenses(): string {
  const all = readDependencies();
  const shipped = all.filter(({ neededBy }) => neededBy.length > 0);
  const besides = all.filter((one) => one.besides);
  const development = all.filter((one) => one.neededBy.length === 0 && !one.besides);
  return `# Licenses

Written by \`npm run generate:licenses\` from \`package-lock.json\`; not to be edited by hand. Trellis itself is under the Apache
License 2.0, see [LICENSE](../LICENSE). Most packages hold their license's text. The sources of the
reference data are in [reference/README.md](../reference/README.md).

## What runs
${shipped.length} packages. Of those for other systems and processors npm installs the one that fits the machine.

| license | packages |
|---|---|
${countByLicense(shipped)}

| package | version | license | needed by |
|---|---|---|---|
${unique(shipped.map(shippedRow)).join("\n")}

## Inside these packages
Not in the lock file. Versions as the files for Linux on x64 name themselves.

| what | version | license | brought by |
|---|---|---|---|
${broughtAlong.map(({ name, version, license, from }) => `| ${name} | ${version || "not said"} | ${license.replace("LicenseRef-", "")} | ${from} |`).join("\n")}

## Compiled in
\`@uswds/uswds\` is a development package, whose styles are compiled into the hub's own: works of the United States
Government in the public domain (CC0 1.0 elsewhere), parts under MIT. Its fonts and pictures, which have other licenses, are
not used.

## For development
Not needed to run. ${development.length} packages, by license:

${listByLicense(development)}

${besides.length} more are for development, but \`npm ci --omit=dev\` installs them too, because a package that runs names one
of them as something it may use (\`better-auth\` names \`vitest\`). Nothing loads them:

${listByLicense(besides)}
`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");

function shippedRow({ name, version, license, neededBy }: Dependency): string {
  const asked = readDirect().shipped.includes(name)
    ? "Trellis"
    : neededBy.map((one) => `\`${one}\``).join(", ");
  return `| \`${name}\` | ${version} | ${cell(license)} | ${asked} |`;
}

const unique = (rows: readonly string[]): string[] => [...new Set(rows)];

function byLicense(packages: readonly Dependency[]): [string, Dependency[]][] {
  const groups = Object.entries(Object.groupBy(packages, ({ license }) => license));
  return groups
    .map(([license, group]): [string, Dependency[]] => [license, group ?? []])
    .toSorted(([a, first], [b, second]) => second.length - first.length || (a < b ? -1 : 1));
}

const countByLicense = (packages: readonly Dependency[]): string =>
  byLicense(packages)
    .map(([license, group]) => `| ${cell(license)} | ${group.length} |`)
    .join("\n");

const listByLicense = (packages: readonly Dependency[]): string =>
  byLicense(packages)
    .map(
      ([license, group]) =>
        `- ${license}: ${unique(group.map(({ name, version }) => `${name} ${version}`)).join(", ")}`,
    )
    .join("\n");
