import type { Trx } from "../../platform/database/database.ts";
import type { SectionNavProps } from "../../ui/section-nav.tsx";
import { countLinks } from "./links/link.store.ts";
import { DESK_LINKS_PATH } from "./links/link-addresses.ts";
import { DESK_MATERIALS_PATH } from "./materials/material-addresses.ts";
import { DESK_PATH } from "./practices/practice-addresses.ts";
import { RATINGS_PATH } from "./ratings/rating-addresses.ts";
import { countSubmissions } from "./submissions/submission.store.ts";
import { DESK_DECISIONS_PATH, DESK_SUBMISSIONS_PATH } from "./submissions/submission-addresses.ts";

/** How much waits for the librarians, by where it waits. */
export async function countDeskWork(
  trx: Trx,
): Promise<{ submissions: number; spam: number; deadLinks: number }> {
  const submissions = await countSubmissions(trx);
  const countOf = (state: string): number =>
    submissions.filter((one) => one.state === state).reduce((sum, { count }) => sum + count, 0);
  return {
    submissions: countOf("waiting"),
    spam: countOf("probably_spam"),
    deadLinks: (await countLinks(trx)).get("dead") ?? 0,
  };
}

/** The same, each with where one goes on. */
export const deskWaiting = (
  work: Awaited<ReturnType<typeof countDeskWork>>,
): { label: string; href: string; count: number }[] => [
  { label: "Submissions to decide", href: DESK_SUBMISSIONS_PATH, count: work.submissions },
  { label: "Probably spam", href: `${DESK_SUBMISSIONS_PATH}?view=probably_spam`, count: work.spam },
  { label: "Dead links", href: `${DESK_LINKS_PATH}?view=dead`, count: work.deadLinks },
];

/** The pages of the library desk that one goes between, with what waits there. */
export async function deskSection(trx: Trx, path: string): Promise<SectionNavProps> {
  const { submissions, deadLinks } = await countDeskWork(trx);
  const links = [
    { label: "Library desk", href: DESK_PATH },
    { label: "Submissions", href: DESK_SUBMISSIONS_PATH, count: submissions },
    { label: "Decisions", href: DESK_DECISIONS_PATH },
    { label: "Materials", href: DESK_MATERIALS_PATH },
    { label: "Links", href: DESK_LINKS_PATH, count: deadLinks },
    { label: "Ratings", href: RATINGS_PATH },
  ];
  return { label: "Library desk", links: links.map((link) => ({ ...link, current: link.href === path })) };
}
