// Organizations that use practices, through their pages, for tests.
import { expect } from "vitest";
import { openRatingDesk, type RatingDesk } from "./rating-desk.ts";
import type { TestHub } from "./test-hub.ts";
import { organizationOfCode } from "./visitors.ts";

/** What a lead types. */
export const ADOPTION_FORM = {
  state: "running",
  since: "2023-09-01",
  takesOn: "The mentors, not the stipend",
  adapts: "We meet by phone, for the roads",
  need: "Counselors leave within a year",
};

const PEOPLE = ["samuel", "ada", "noor", "june", "walt", "lena", "priya"] as const;

export interface AdoptionDesk extends RatingDesk {
  /** Cookies: lead of Nebraska's, lead, supervisor and worker of Ohio's, a partner, hub staff, an evaluator. */
  who: Record<(typeof PEOPLE)[number], string>;
  /** The organizations of the two leads. */
  nebraska: string;
  ohio: string;
  nameOf(organization: string): Promise<string>;
  /** What everybody reads of who has tried a practice. */
  tried(practice: string): Promise<string>;
  /** @returns the entry's path. */
  adopt(practice: string, cookie: string, change?: Record<string, string>): Promise<string>;
  /** Sends one of the forms of an entry with the edition that its page has. */
  send(
    entry: string,
    form: "edit" | "end" | "consent",
    values: Record<string, string>,
    cookie: string,
  ): Promise<Response>;
  end(entry: string, values: Record<string, string>, cookie: string): Promise<Response>;
  /** What was recorded of an entry. */
  events(entry: string): Promise<string[]>;
}

export async function openAdoptionDesk(hub: TestHub): Promise<AdoptionDesk> {
  const { ownerPool } = hub.services.database;
  const desk = await openRatingDesk(hub);
  const cookies: [string, string][] = [];
  for (const name of PEOPLE) cookies.push([name, await hub.signIn(`${name}@demo.example`)]);
  const send: AdoptionDesk["send"] = async (entry, form, values, cookie) => {
    const page = await desk.textOf(`${entry}/${form}`, cookie);
    const edition = /name="edition" value="(\d+)"/.exec(page)?.[1] ?? "0";
    return hub.post(`${entry}/${form}`, { edition, ...values }, cookie);
  };
  return {
    ...desk,
    who: Object.fromEntries(cookies) as AdoptionDesk["who"],
    nebraska: await organizationOfCode(hub, "G35"),
    ohio: await organizationOfCode(hub, "G01"),
    send,
    nameOf: async (id) => {
      const { rows } = await ownerPool.query<{ name: string }>(
        "select name from directory.organization where id = $1",
        [id],
      );
      return rows[0]?.name ?? "";
    },
    tried: async (practice) =>
      /<section[^>]*aria-labelledby="tried-heading".*?<\/section>/s.exec(await desk.textOf(practice))?.[0] ??
      "",
    adopt: async (practice, cookie, change = {}) => {
      const answer = await hub.post(`${practice}/adopt`, { ...ADOPTION_FORM, ...change }, cookie);
      expect(answer.status).toBe(303);
      return answer.headers.get("location") ?? "";
    },
    end: (entry, values, cookie) => send(entry, "end", { endedOn: "2024-06-30", ...values }, cookie),
    events: async (entry) => {
      const { rows } = await ownerPool.query<{ event: string }>(
        "select event from platform.audit where subject_kind = 'adoption' and subject_id = $1 order by id",
        [entry.split("/").at(-1)],
      );
      return rows.map(({ event }) => event);
    },
  };
}
