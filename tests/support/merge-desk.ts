// A librarian who makes one practice of two, through the pages, for tests.
import { expect } from "vitest";
import type { TestHub } from "./test-hub.ts";

export interface MergeDesk {
  librarian: string;
  textOf(path: string, cookie?: string): Promise<string>;
  /** What a page says, without head and foot. */
  mainOf(path: string, cookie?: string): Promise<string>;
  /** Adds a practice. @returns its slug. */
  add(title: string, change?: Record<string, string>, isPublished?: boolean): Promise<string>;
  addEvidence(slug: string, outcome: string): Promise<void>;
  merge(loser: string, into: string, change?: Record<string, string>): Promise<Response>;
  mergePage(loser: string, into: string): Promise<string>;
}

export async function openMergeDesk(hub: TestHub): Promise<MergeDesk> {
  const librarian = await hub.signIn("lena@demo.example");
  const textOf: MergeDesk["textOf"] = async (path, cookie) => (await hub.get(path, cookie)).text();
  return {
    librarian,
    textOf,
    mainOf: async (path, cookie) => /<main[\s\S]*<\/main>/.exec(await textOf(path, cookie))?.[0] ?? "",
    add: async (title, change = {}, isPublished = true) => {
      const answer = await hub.post(
        "/library/desk/new",
        {
          title,
          summary: `What ${title} is.`,
          language: "en",
          status: "unknown",
          license: "CC0-1.0",
          reason: "Told by the clinic",
          ...change,
        },
        librarian,
      );
      expect(answer.status).toBe(303);
      const path = answer.headers.get("location") ?? "";
      if (isPublished) expect((await hub.post(`${path}/publish`, {}, librarian)).status).toBe(303);
      return path.split("/").at(-1) ?? "";
    },
    addEvidence: async (slug, outcome) => {
      const found = { kind: "study", design: "randomized", outcome, direction: "against" };
      const added = await hub.post(
        `/library/practices/${slug}/evidence/new`,
        { ...found, sourceTitle: "A trial" },
        librarian,
      );
      expect(added.status).toBe(303);
    },
    merge: (loser, into, change = {}) =>
      hub.post(
        `/library/practices/${loser}/merge`,
        { into, "version-loser": "1", "version-survivor": "1", reason: "They are the same", ...change },
        librarian,
      ),
    mergePage: (loser, into) => textOf(`/library/practices/${loser}/merge?into=${into}`, librarian),
  };
}

/** What the page of a merge says of what goes along, line by line. */
export const carriedIn = (page: string): string[] =>
  [...(/<ul class="carried">(.*?)<\/ul>/s.exec(page)?.[1] ?? "").matchAll(/<li>(.*?)<\/li>/gs)].map(
    ([, line = ""]) => line.replaceAll(/<[^>]+>/g, ""),
  );
