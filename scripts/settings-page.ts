import { join } from "node:path";
import { describeSettings } from "../src/platform/config/config.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";

/** Where the table of settings lies. */
export const settingsFile: string = join(projectFolder, "docs/settings.md");

/** Every setting as a page, from the typed configuration. */
export function renderSettings(): string {
  const rows = describeSettings().map(
    ({ name, fallback, meaning }) => `| \`${name}\` | ${cell(fallback)} | ${cell(meaning)} |`,
  );
  return `# Settings

Written by \`npm run generate:settings\` from \`src/platform/config/config.ts\`; not to be edited by hand.

Environment variables. An empty one counts as absent. A value that cannot be used stops the start with a message that
names it. Secrets come from here only; keep the file that holds them readable by the hub's own user alone.

| name | default | meaning |
|---|---|---|
${rows.join("\n")}

The command line also reads \`TRELLIS_BACKUP_PASSPHRASE\`, the passphrase of \`backup\` and \`restore\`.
`;
}

const cell = (text: string): string => text.replaceAll("|", "\\|");
