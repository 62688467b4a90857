// A library with something of everything: published, drafted, withdrawn and merged practices, hostile texts, materials.
import { existsSync, readFileSync } from "node:fs";
import { expect } from "vitest";
import { type MaterialDesk, openMaterialDesk } from "./material-desk.ts";
import { mp3, pdf } from "./material-files.ts";
import type { TestHub } from "./test-hub.ts";

/** Files of strings that are known to break things, where they are at hand. */
const TORTURE = process.env["TEST_TORTURE"] ?? "../shared/data/torture/blns.json";

export interface FullLibrary {
  published: string[];
  draft: string;
  withdrawn: string;
  merged: string;
  /** A draft that was merged: it was never public. */
  mergedDraft: string;
  hostile: string;
  hostileTitle: string;
  /** A PDF, a page of markup, and a recording with captions. */
  material: string;
  htmlMaterial: string;
  recording: string;
  librarian: string;
  desk: MaterialDesk;
}

const SEEDED = "club-scrub-wisconsin";
const HOSTILE = `</script><img src=x onerror=alert(1)> "quoted" =cmd|'/c calc'!A1`;

const typed = (change: Record<string, string>): Record<string, string> => ({
  title: "Warm handoff rounds",
  summary: "Weekly rounds in which two clinics hand people over in person.",
  description: "Staff meet every week.\n\nNobody is sent away with a phone number only.",
  language: "en",
  states: "OH",
  categories: "integrated_care",
  status: "operating",
  license: "CC-BY-4.0",
  reason: "Told by the clinic",
  ...change,
});

/** Texts that somebody may send on purpose. */
function readTorture(): string[] {
  if (!existsSync(TORTURE)) {
    console.warn("SKIPPED: no file of hostile strings (TEST_TORTURE)");
    return [];
  }
  return (JSON.parse(readFileSync(TORTURE, "utf8")) as string[]).filter((text) => text.trim() !== "");
}

export async function fillLibrary(hub: TestHub): Promise<FullLibrary> {
  const librarian = await hub.signIn("lena@demo.example");
  const post = async (path: string, form: Record<string, string>): Promise<string> => {
    const answer = await hub.post(path, form, librarian);
    expect(answer.status, `${path}: ${form["title"] ?? ""}`).toBe(303);
    return (answer.headers.get("location") ?? "").split("/").at(-1) ?? "";
  };
  const add = async (change: Record<string, string>): Promise<string> => {
    const slug = await post("/library/desk/new", typed(change));
    if (change["keep"] !== "draft") await post(`/library/practices/${slug}/publish`, {});
    return slug;
  };
  const hostile = await add({
    title: HOSTILE,
    summary: '=HYPERLINK("http://evil")',
    sponsor: "<script>alert(1)</script>",
  });
  const published = [SEEDED, hostile];
  const torture = readTorture();
  const size = Math.ceil(torture.length / 10) || 1;
  for (let from = 0; from < Math.max(torture.length, 10); from += size) {
    const texts = torture.slice(from, from + size);
    published.push(
      await add({
        title: `Strange words ${1 + from / size} ${texts[0]?.slice(0, 60) ?? ""}`,
        description: texts.join("\n\n").slice(0, 19_000),
        states: "NE",
      }),
    );
  }
  const edited = await add({ title: "Edited twice" });
  await post(
    `/library/practices/${edited}/edit`,
    typed({
      title: "Edited twice",
      summary: "Monthly rounds.",
      version: "1",
      reason: "They meet monthly now",
    }),
  );
  const spanish = await add({
    title: "Rondas de acompañamiento",
    language: "es",
    summary: "Año nuevo en la clínica.",
  });
  const withdrawn = await add({ title: "Withdrawn one" });
  await post(`/library/practices/${withdrawn}/withdraw`, { because: "It was never run." });
  const merged = await add({ title: "Told twice" });
  await post(`/library/practices/${merged}/merge`, {
    into: edited,
    "version-loser": "1",
    "version-survivor": "2",
    reason: "The same rounds",
  });
  const mergedDraft = await add({ title: "Told quietly", keep: "draft" });
  await post(`/library/practices/${mergedDraft}/merge`, {
    into: edited,
    "version-loser": "1",
    "version-survivor": "3",
    reason: "The same rounds once more",
  });
  const desk = openMaterialDesk(hub, librarian);
  const material = await desk.offer(
    "Supervision handbook",
    new File([pdf("Reflective supervision")], "hand book.pdf"),
    {
      practices: `/library/practices/${SEEDED}`,
    },
  );
  const page = new File(["<!doctype html><title>x</title><script>alert(1)</script>"], "page.html");
  const htmlMaterial = await desk.offer("A saved page", page);
  const recording = await desk.offer("A talk", new File([mp3(2)], "talk.mp3"), { kind: "recording" });
  expect((await desk.sendCaptions(recording, "WEBVTT\n\n00:01.000 --> 00:02.000\nWelcome\n")).status).toBe(
    303,
  );
  return {
    published: [...published, edited, spanish],
    draft: await add({ title: "Quiet draft", keep: "draft" }),
    withdrawn,
    merged,
    mergedDraft,
    hostile,
    hostileTitle: HOSTILE,
    material,
    htmlMaterial,
    recording,
    librarian,
    desk,
  };
}
