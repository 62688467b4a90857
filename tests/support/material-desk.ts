// A librarian's desk in a test: materials that come in through the front door.
import { expect } from "vitest";
import type { TestHub } from "./test-hub.ts";
import { upload } from "./visitors.ts";

export interface MaterialDesk {
  /** Writes the description down. @returns the slug. */
  describe(change?: Record<string, string>): Promise<string>;
  send(slug: string, file: File | null, fields?: Record<string, string>): Promise<Response>;
  sendCaptions(slug: string, text: string, language?: string): Promise<Response>;
  publish(slug: string): Promise<void>;
  /** All of it, and what the job does. @returns the slug. */
  offer(title: string, file: File | null, change?: Record<string, string>): Promise<string>;
}

export function openMaterialDesk(hub: TestHub, librarian: string): MaterialDesk {
  const describe: MaterialDesk["describe"] = async (change = {}) => {
    const form = {
      title: "A guide",
      summary: "For those who begin.",
      kind: "document",
      language: "en",
      license: "CC-BY-4.0",
      ...change,
    };
    const answer = await hub.post("/library/desk/materials/new", form, librarian);
    expect(answer.status).toBe(303);
    return /materials\/([^/]+)\/file$/.exec(answer.headers.get("location") ?? "")?.[1] ?? "";
  };
  const send: MaterialDesk["send"] = (slug, file, fields = {}) =>
    upload(
      hub,
      "/library/desk/materials/upload",
      { material: slug, reason: "From the author", ...fields },
      librarian,
      file ?? new File([], ""),
    );
  const publish: MaterialDesk["publish"] = async (slug) => {
    expect((await hub.post(`/library/desk/materials/${slug}/publish`, {}, librarian)).status).toBe(303);
  };
  return {
    describe,
    send,
    publish,
    sendCaptions: (slug, text, language = "en") =>
      upload(
        hub,
        "/library/desk/materials/captions",
        { material: slug, version: "1", language },
        librarian,
        new File([text], "captions.vtt"),
      ),
    offer: async (title, file, change = {}) => {
      const slug = await describe({ title, ...change });
      const sent = await send(slug, file, file ? {} : { url: "https://example.org/guide" });
      expect(sent.status, file?.name).toBe(303);
      await hub.workJobs();
      await publish(slug);
      return slug;
    },
  };
}
