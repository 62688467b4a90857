// What a practice is. The same form is kept in every version, travels in exports, and is checked when it comes back.
import { z } from "zod";

const line = (most: number) => z.string().trim().max(most);
const codes = z.array(z.string().regex(/^[a-z0-9_]{1,60}$/)).max(40);
const day = z.iso.date();
/** An address that a link may lead to: no script, no mail, nothing local. */
export const webAddress = z.url({ protocol: /^https?$/, hostname: z.regexes.domain }).max(2000);

/** How surely something is known: read in a source, told by another text, or only somebody's own knowledge. */
export const CERTAINTIES = ["found", "secondary", "own_knowledge"] as const;
export type Certainty = (typeof CERTAINTIES)[number];

const amount = z.object({
  /** What it is paid for: "Medical students, third year". */
  label: line(200),
  /** US dollars; the same number twice where it is one amount. */
  low: z.number().min(0).max(1e12).nullable(),
  high: z.number().min(0).max(1e12).nullable(),
  /** Per what: "person", "year", "program". */
  per: line(80),
});

/** What a person owes for what they were given. */
const obligation = z
  .object({
    /** Years of service, at least and at most; null where nobody has said. */
    yearsLow: z.number().min(0).max(40).nullable(),
    yearsHigh: z.number().min(0).max(40).nullable(),
    /** Where the service must be done. */
    siteRule: line(2000),
    /** What leaving early costs. */
    buyOut: line(2000),
  })
  .refine(({ yearsLow, yearsHigh }) => yearsLow === null || yearsHigh === null || yearsLow <= yearsHigh, {
    path: ["yearsHigh"],
    error: "The most years cannot be fewer than the least.",
  });

const contact = z.object({
  name: line(200),
  role: line(200),
  organization: line(200),
  email: z.union([z.literal(""), z.email().max(320)]),
  phone: line(60),
});

const link = z.object({ label: line(200), url: webAddress });

const source = z.object({
  title: line(500),
  publisher: line(300),
  year: z.number().int().min(1800).max(2200).nullable(),
  url: z.union([z.literal(""), webAddress]),
  /** What is taken from it. */
  supports: line(1000),
  certainty: z.enum(CERTAINTIES),
});

export const practiceContent = z.object({
  title: line(200).min(1),
  summary: line(500).min(1),
  /** Paragraphs with an empty line between them. */
  description: line(20_000),
  language: z.enum(["en", "es"]),
  /** Postal codes; US where it is national. */
  states: z.array(z.string().regex(/^[A-Z]{2}$/)).max(60),
  sponsor: line(300),
  categories: codes,
  stages: codes,
  occupations: codes,
  settings: codes,
  populations: codes,
  mechanisms: codes,
  funding: z.object({ note: line(4000), amounts: z.array(amount).max(20) }),
  obligation: obligation.nullable(),
  startYear: z.number().int().min(1800).max(2200).nullable(),
  status: z.string().regex(/^[a-z_]{1,40}$/),
  costToRun: line(4000),
  staffing: line(4000),
  adaptation: line(8000),
  contacts: z.array(contact).max(20),
  links: z.array(link).max(40),
  sources: z.array(source).max(60),
  lastVerifiedOn: day.nullable(),
  reviewBy: day.nullable(),
  license: z.string().regex(/^[a-z0-9_.-]{1,40}$/i),
});
export type PracticeContent = z.infer<typeof practiceContent>;

export type PracticeState = "draft" | "published" | "merged" | "withdrawn";

/** A practice with its present content. */
export interface Practice {
  id: string;
  slug: string;
  state: PracticeState;
  version: number;
  content: PracticeContent;
  /** A level of the rating ladder; null: not yet rated. */
  rating: string | null;
  mergedInto: { slug: string; title: string } | null;
  withdrawnBecause: string | null;
  publishedAt: Date | null;
  changedAt: Date;
}

/** One edit. */
export interface PracticeVersion {
  version: number;
  content: PracticeContent;
  reason: string;
  /** Known to those who work in the hub. */
  changedBy: string | null;
  changedAt: Date;
}

/** A practice of which nothing is known yet. */
export const emptyContent: PracticeContent = {
  title: "",
  summary: "",
  description: "",
  language: "en",
  states: [],
  sponsor: "",
  categories: [],
  stages: [],
  occupations: [],
  settings: [],
  populations: [],
  mechanisms: [],
  funding: { note: "", amounts: [] },
  obligation: null,
  startYear: null,
  status: "unknown",
  costToRun: "",
  staffing: "",
  adaptation: "",
  contacts: [],
  links: [],
  sources: [],
  lastVerifiedOn: null,
  reviewBy: null,
  license: "CC-BY-4.0",
};
