import { createHash } from "node:crypto";
import type { Hex } from "../../methods/contrast.ts";
import { accentStyles } from "../../modules/directory/index.ts";

export const HUB_PATH = "/hub";
export const START_PATH = "/hub/start";

export const logoPath = (hash: string): string => `${HUB_PATH}/logo/${hash}`;

interface AccentSheet {
  path: string;
  hash: string;
  text: string;
}

let last: { accent: Hex; sheet: AccentSheet } | null = null;

/** The style sheet of an accent, and its address, which changes with it. The last one is kept: every page asks. */
export function accentSheet(accent: Hex): AccentSheet {
  if (last?.accent === accent) return last.sheet;
  const text = accentStyles(accent);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const sheet = { path: `${HUB_PATH}/colors/${hash}`, hash, text };
  last = { accent, sheet };
  return sheet;
}
