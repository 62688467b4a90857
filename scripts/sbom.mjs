// Writes the software bill of materials, CycloneDX as JSON: npm run sbom [FILE], else dist/sbom.cdx.json
// npm makes the list from the lock file. Added to it: what is needed to run, and what lies inside packages.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { broughtAlong, readDependencies } from "./dependencies.ts";
import { runNpm } from "./npm.mjs";
import { projectFolder } from "./source-stamp.mjs";

const own = JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8"));
const { stdout, status } = runNpm(
  "sbom",
  "--sbom-format=cyclonedx",
  "--sbom-type=application",
  "--package-lock-only",
);
if (status !== 0) {
  console.error("npm could not make the list. It takes npm 10 or newer, and package-lock.json.");
  process.exit(1);
}
const bill = JSON.parse(stdout);
// npm names it after the folder.
bill.metadata.component.name = own.name;

const needed = new Set(
  readDependencies()
    .filter(({ neededBy }) => neededBy.length > 0)
    .map(({ name, version }) => `${name}@${version}`),
);
for (const component of bill.components) {
  const name = component.group ? `${component.group}/${component.name}` : component.name;
  component.scope = needed.has(`${name}@${component.version}`) ? "required" : "excluded";
}
const LISTED = new Set(["MIT", "PostgreSQL", "OpenSSL", "ICU", "Zlib"]);
for (const { name, version, license, from } of broughtAlong) {
  bill.components.push({
    "bom-ref": `inside:${name}`,
    type: name === "nodejs" ? "platform" : name === "postgresql" ? "application" : "library",
    name,
    ...(version ? { version, purl: `pkg:generic/${name}@${version}` } : { purl: `pkg:generic/${name}` }),
    scope: "required",
    description: `Brought by ${from.replaceAll("`", "")}`,
    licenses: [
      { license: LISTED.has(license) ? { id: license } : { name: license.replace("LicenseRef-", "") } },
    ],
  });
}

const file = resolve(process.argv[2] ?? join(projectFolder, "dist/sbom.cdx.json"));
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify(bill, null, 2)}\n`);
console.log(`${bill.components.length} components, ${needed.size} packages needed to run: ${file}`);
