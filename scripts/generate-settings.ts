// Writes docs/settings.md from the typed configuration: npm run generate:settings
import { writeFileSync } from "node:fs";
import { renderSettings, settingsFile } from "./settings-page.ts";

writeFileSync(settingsFile, renderSettings());
