// Writes docs/licenses.md from the lock file: npm run generate:licenses
import { writeFileSync } from "node:fs";
import { licensesFile, renderLicenses } from "./licenses-page.ts";

writeFileSync(licensesFile, renderLicenses());
