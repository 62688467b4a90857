// The practices that every library begins with, from reference/practices.json.

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type pg from "pg";
import { z } from "zod";
import { projectFolder } from "../../../platform/config/project-folder.ts";
import { setActor, system } from "../../../platform/database/actor.ts";
import { transactionOver } from "../../../platform/database/transaction-over.ts";
import { insertPractice, listPracticesBySlug } from "./practice.store.ts";
import { practiceContent } from "./practice.types.ts";
import { keywordsOf } from "./practice-labels.ts";

export const SEED_FILE = "practices.json";
const REASON = "As it came with Trellis.";

const seedFile = z.object({
  source: z.string(),
  verified: z.boolean(),
  practices: z.array(
    z.object({
      slug: z.string(),
      // The same day in every hub, so that two libraries tell the same history.
      addedOn: z.iso.date(),
      content: practiceContent,
    }),
  ),
});

/** Brings in what is not there yet. What is there, whoever has edited it, stays as it is. */
export async function loadSeedPractices(client: pg.ClientBase): Promise<void> {
  const { practices } = seedFile.parse(
    JSON.parse(readFileSync(join(projectFolder, "reference", SEED_FILE), "utf8")),
  );
  const trx = transactionOver(client);
  await setActor(trx, system);
  const known = await listPracticesBySlug(
    trx,
    practices.map(({ slug }) => slug),
  );
  const missing = practices.filter(({ slug }) => known.every((one) => one.slug !== slug));
  const keywords = await keywordsOf(
    trx,
    missing.map(({ content }) => content),
  );
  for (const [index, { slug, addedOn, content }] of missing.entries())
    await insertPractice(trx, {
      id: idOf(slug),
      slug,
      state: "published",
      version: 1,
      content,
      keywords: keywords[index] ?? "",
      reason: REASON,
      changedBy: null,
      at: new Date(`${addedOn}T00:00:00Z`),
    });
}

/** The same id in every hub, so that two libraries know their entries for the same (a name-based UUID, RFC 9562 version 8). */
function idOf(slug: string): string {
  const hex = createHash("sha256").update(`trellis practice ${slug}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
