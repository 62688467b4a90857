// The library in Spanish: whatever a page says in English says so, so that it is not read out as Spanish.
import { beforeAll, expect, test } from "vitest";
import { fillLibrary } from "./support/full-library.ts";
import { attribute, type Element, readElements } from "./support/read-page.ts";
import { createTestHub } from "./support/test-hub.ts";

const hub = await createTestHub({ demo: true });
let material: string;
let recording: string;
beforeAll(async () => {
  ({ material, recording } = await fillLibrary(hub));
}, 120_000);

/** Words that English sentences have and Spanish ones have not. */
const ENGLISH = /\b(the|of|and|with|is|are|was|for|this|that|you|by|from|which|not|its|were|what|who)\b/i;

/** Names, which are the same in Spanish. */
const NAMES =
  /What Works for Health|County Health Rankings & Roadmaps|Rural Health Models and Innovations|ESSA tiers of evidence|What Works Clearinghouse|U\.S\. Department of Education|University of Wisconsin Population Health Institute/g;

/** And Spanish ones that English sentences have not. */
const SPANISH = /\b(el|los|las|una|que|para|del|con|por|se|su|este|esta|cada|cómo|qué|años|estado)\b/i;

interface Texts {
  spanish: string[];
  english: string[];
}

/** Texts of a page by the language in which they are read out. */
function textsOf(html: string): Texts {
  const texts: Texts = { spanish: [], english: [] };
  const walk = (node: Element, inherited: string): void => {
    const language = attribute(node, "lang") ?? inherited;
    if (["script", "style", "code", "svg"].includes(node.tagName)) return;
    const into = language === "es" ? texts.spanish : texts.english;
    for (const name of ["title", "aria-label", "alt", "placeholder", "data-label"])
      into.push(attribute(node, name) ?? "");
    for (const one of node.childNodes) {
      if ("tagName" in one) walk(one, language);
      else if ("value" in one) into.push(one.value.replaceAll(NAMES, "").replaceAll(/\s+/g, " ").trim());
    }
  };
  const [root] = readElements(html);
  if (!root) throw new Error("no page");
  expect(attribute(root, "lang")).toBe("es");
  walk(root, "es");
  return texts;
}

test("no page of the library has English words that are not marked as English, nor Spanish ones that are", async () => {
  const paths = [
    "/library",
    "/library/practices",
    "/library/practices?q=rural&stage=high_school",
    "/library/practices?q=zzzz",
    "/library/states/NE",
    "/library/states/GU",
    "/library/categories/loan_repayment",
    "/library/practices/hb-2949-oregon",
    "/library/practices/club-scrub-wisconsin",
    "/library/practices/club-scrub-wisconsin/history",
    "/library/compare?practice=hb-2949-oregon&practice=club-scrub-wisconsin",
    "/library/compare",
    "/library/submit",
    "/library/practices/club-scrub-wisconsin/correct",
    "/library/follow",
    "/library/evidence",
    "/library/materials",
    "/library/materials?q=supervision",
    `/library/materials/${material}`,
    `/library/materials/${recording}`,
    "/careers",
    "/careers?stage=high_school&state=NE",
    "/careers/peer_support_specialist?stage=high_school&state=NE",
    "/library/practices/no-such",
    "/about",
    "/data",
  ];
  const found: string[] = [];
  let read = 0;
  for (const path of paths) {
    const answer = await hub.get(`/es${path}`);
    const { spanish, english } = textsOf(await answer.text());
    read += answer.status === 200 ? 1 : 0;
    const wrong = [
      ...spanish.filter((text) => ENGLISH.test(text)),
      ...english.filter((text) => SPANISH.test(text)).map((text) => `marked as English: ${text}`),
    ];
    found.push(...wrong.map((text) => `${path}: ${text.slice(0, 120)}`));
  }
  expect(found).toEqual([]);
  expect(read).toBeGreaterThan(paths.length - 6);
});

test("forms that are there in English only are led to as they are, also from below /es", async () => {
  const lead = await hub.signIn("ada@demo.example");
  const practice = "/library/practices/club-scrub-wisconsin";
  const page = await (await hub.get(`/es${practice}`, lead)).text();
  expect(page).toContain(`href="${practice}/adopt"`);
  expect(page).toContain(`href="/es${practice}/history"`);
  for (const path of ["adopt", "evidence/new", "edit", "merge"]) {
    const answer = await hub.get(`/es${practice}/${path}`, lead);
    expect([answer.status, answer.headers.get("location")]).toEqual([308, `${practice}/${path}`]);
  }
  expect(await (await hub.get(`${practice}/adopt`, lead)).text()).toContain('<html lang="en"');
});
