import { sql } from "kysely";
import type { Trx } from "../../../platform/database/database.ts";
import type { PracticeContent } from "../practices/practice.types.ts";

export interface PublishedPractice {
  slug: string;
  content: PracticeContent;
  keywords: string;
  facets: string[];
  published_at: Date;
  changed_at: Date;
}

/** The published library, in the order of the titles. */
export async function listPublished(trx: Trx): Promise<PublishedPractice[]> {
  const { rows } = await sql<PublishedPractice>`
    select slug, content, keywords, facets, published_at, changed_at from library.practice
    where state = 'published' order by library.plain(title), id`.execute(trx);
  return rows;
}

/** Every address that a practice or material of the library has had for the public: what was taken out answers still. */
export async function listPublicPlaces(trx: Trx): Promise<{ practices: string[]; materials: string[] }> {
  const practices = await trx
    .selectFrom("library.practice")
    .select("slug")
    .where("state", "<>", "draft")
    .where("published_at", "is not", null)
    .orderBy("slug")
    .execute();
  const materials = await trx
    .selectFrom("library.material")
    .select("slug")
    .where("state", "<>", "draft")
    .orderBy("slug")
    .execute();
  return {
    practices: practices.map(({ slug }) => slug),
    materials: materials.map(({ slug }) => slug),
  };
}
