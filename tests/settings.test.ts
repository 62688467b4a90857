// What is written of the settings is what the program reads.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { renderSettings, settingsFile } from "../scripts/settings-page.ts";
import { describeSettings } from "../src/platform/config/config.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";

const read = (path: string): string => readFileSync(join(projectFolder, path), "utf8");
const known = new Set([...describeSettings().map(({ name }) => name), "TRELLIS_BACKUP_PASSPHRASE"]);

test("the table of settings is the one of the configuration: npm run generate:settings", () => {
  expect(readFileSync(settingsFile, "utf8")).toBe(renderSettings());
  expect(known.size).toBeGreaterThan(20);
});

test("every setting that a guide, the image or a unit names is one", () => {
  const files = [
    "README.md",
    "docs/deployment.md",
    "docs/upgrade.md",
    "Dockerfile",
    "compose.yaml",
    "deploy/trellis.service",
    "deploy/trellis-backup.service",
  ];
  const named = files.flatMap((file) =>
    [...read(file).matchAll(/\bTRELLIS_[A-Z0-9_]*[A-Z0-9]\b(?!_)/g)].map(([name]) => `${file}: ${name}`),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((one) => !known.has(one.split(": ")[1] ?? ""))).toEqual([]);
});
