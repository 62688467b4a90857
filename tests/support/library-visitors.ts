// What the parameters and forms of the library stand for, for tests/support/visitors.ts.
import type { RowIds } from "./visitors.ts";

/** One of the practices that every library begins with. */
const PRACTICE = "club-scrub-wisconsin";

export const LIBRARY_PARAMETERS: readonly [
  path: RegExp,
  parameter: string,
  value: (ids: RowIds) => string,
][] = [
  // No material at all: the demonstration has none.
  [/^\/library\/(desk\/)?materials\//, "slug", () => "no-such-material"],
  [/^\/library\/materials\//, "version", () => "1"],
  [/^\/library\/materials\//, "language", () => "en"],
  [/^\/library\//, "slug", () => PRACTICE],
  // No submission at all, and a secret that nobody was given.
  [/^\/library\/desk\/submissions\//, "id", () => "00000000-0000-4000-8000-000000000000"],
  [/^\/library\/submissions\//, "token", () => "no-such-secret"],
  [/^\/library\/follow\//, "token", () => "no-such-token"],
  // No rating and no evidence: nothing is made up about the programs that there are.
  [/^\/library\/desk\/ratings\//, "round", () => "00000000-0000-4000-8000-000000000000"],
  // Nothing that organizations are said to do with the programs that there are.
  [/^\/library\/adoptions\//, "adoption", () => "00000000-0000-4000-8000-000000000000"],
  [/^\/library\//, "evidence", () => "00000000-0000-4000-8000-000000000000"],
  [/^\/careers\//, "occupation", () => "peer_support"],
  [/^\/library\//, "state", () => "WI"],
  [/^\/library\//, "category", () => "pipeline"],
];

/** A practice as the form of the desk sends it. */
const practice = {
  title: "Sent by the access test",
  summary: "A practice that a test sends.",
  language: "en",
  status: "unknown",
  license: "CC0-1.0",
  reason: "Sent by the access test",
};

const adoption = { state: "running", since: "2024-09-01", takesOn: "Sent by the access test" };

/** A material as the form of the desk sends it. */
const material = {
  title: "Sent by the access test",
  summary: "A material that a test sends.",
  kind: "document",
  language: "en",
  license: "CC0-1.0",
};

export const LIBRARY_FORMS: Record<string, (ids: RowIds) => Record<string, string>> = {
  "/library/desk/materials/new": () => ({ ...material, title: `${material.title} ${Math.random()}` }),
  "/library/desk/materials/:slug/edit": () => ({ ...material, edition: "1" }),
  "/library/desk/materials/:slug/publish": () => ({}),
  "/library/desk/materials/:slug/archive": () => ({ because: "Sent by the access test" }),
  "/library/desk/materials/:slug/captions/remove": () => ({ version: "1", language: "en" }),
  "/library/oai": () => ({ verb: "Identify" }),
  "/library/follow": () => ({
    email: `nobody.${Math.random()}@demo.example`,
    often: "weekly",
    view: "state=WI",
  }),
  "/library/follow/confirm/:token": () => ({}),
  "/library/follow/leave/:token": () => ({}),
  "/library/practices/:slug/adopt": (ids) => ({
    ...adoption,
    organization: ids.organization,
  }),
  "/library/adoptions/:adoption/edit": () => ({ ...adoption, edition: "1" }),
  "/library/adoptions/:adoption/end": () => ({ endedOn: "2025-06-30", outcome: "worked", howItWent: "Well" }),
  "/library/adoptions/:adoption/consent": () => ({ consent: "yes", edition: "1" }),
  "/library/practices/:slug/evidence/new": () => ({
    kind: "study",
    design: "randomized",
    outcome: "Sent by the access test",
    direction: "against",
    sourceTitle: "Sent by the access test",
  }),
  "/library/practices/:slug/evidence/:evidence/archive": () => ({ because: "Sent by the access test" }),
  // By two who are nobody.
  "/library/practices/:slug/ratings/new": () => ({
    scale: "what_works_for_health",
    first: "00000000-0000-4000-8000-000000000001",
    second: "00000000-0000-4000-8000-000000000002",
  }),
  "/library/desk/ratings/:round/answer": () => ({ step: "propose" }),
  "/library/desk/ratings/:round/third": () => ({ third: "00000000-0000-4000-8000-000000000001" }),
  "/library/desk/ratings/:round/cancel": () => ({ because: "Sent by the access test" }),
  "/library/desk/new": () => ({ ...practice, title: `${practice.title} ${Math.random()}` }),
  "/library/practices/:slug/edit": () => ({ ...practice, version: "1" }),
  "/library/practices/:slug/publish": () => ({}),
  "/library/practices/:slug/withdraw": () => ({ because: "Sent by the access test" }),
  // Without the stamp of an opened form: shown once more.
  "/library/submit": () => ({ title: practice.title, what: practice.summary, language: "en" }),
  "/library/practices/:slug/correct": () => ({ part: "sponsor", right: practice.summary }),
  // Into itself, which is refused.
  "/library/practices/:slug/merge": () => ({ into: PRACTICE, reason: practice.reason }),
  "/library/desk/submissions/:id/draft": () => practice,
  "/library/desk/submissions/:id/apply": () => practice,
  "/library/desk/submissions/:id/duplicate": () => ({ version: "1", of: PRACTICE }),
  "/library/desk/submissions/:id/refuse": () => ({ version: "1", reason: practice.reason }),
  "/library/desk/submissions/:id/spam": () => ({ version: "1" }),
  "/library/desk/submissions/:id/wait": () => ({ version: "1" }),
};
