// A hub's librarians and reviewers at work: practices, evidence and ratings through their pages, for tests.
import { expect } from "vitest";
import { hubOrganizationId, membershipOf } from "./people.ts";
import type { TestHub } from "./test-hub.ts";

/** Somebody of the hub who may rate, signed in. */
export interface Rater {
  personId: string;
  cookie: string;
}

export interface RatingDesk {
  administrator: string;
  librarian: Rater;
  /** Two reviewers who are no librarians, and a third. */
  first: Rater;
  second: Rater;
  third: Rater;
  /** A published practice of its own. @returns its path. */
  addPractice(title: string): Promise<string>;
  addEvidence(practice: string, change?: Record<string, string>): Promise<void>;
  /** Asks two for a rating. @returns the round's path. */
  ask(practice: string, scale?: string, two?: readonly [Rater, Rater]): Promise<string>;
  /** Sends a reviewer's answer; the level is the rubric's where none is given. */
  answer(round: string, rater: Rater, answers: Answered): Promise<Response>;
  textOf(path: string, cookie?: string): Promise<string>;
}

export interface Answered {
  answers?: Record<string, string>;
  level: string;
  reason?: string;
}

/** One trial in favor. */
export const ONE_TRIAL = {
  design: "randomized",
  studies: "one",
  direction: "favors",
  consistency: "single",
  places: "one",
  experts: "no",
};

export async function openRatingDesk(hub: TestHub): Promise<RatingDesk> {
  const administrator = await hub.signIn("marisol@demo.example");
  const hubId = await hubOrganizationId(hub);
  // Two of the hub's staff become reviewers, as an administrator makes them.
  for (const email of ["theo@demo.example", "kofi@demo.example"]) {
    const membership = await membershipOf(hub, email, hubId);
    const changed = await hub.post(
      `/directory/organizations/${hubId}/people/${membership}/role`,
      { role: "hub_staff", grant: "reviewer" },
      administrator,
    );
    expect(changed.status).toBe(303);
  }
  const raterOf = async (email: string): Promise<Rater> => {
    const { rows } = await hub.services.database.ownerPool.query<{ id: string }>(
      'select p.id from directory.person p join auth."user" u on u.id = p.user_id where u.email = $1',
      [email],
    );
    return { personId: rows[0]?.id ?? "", cookie: await hub.signIn(email) };
  };
  const librarian = await raterOf("lena@demo.example");
  const first = await raterOf("imani@demo.example");
  const second = await raterOf("theo@demo.example");
  const third = await raterOf("kofi@demo.example");
  const textOf = async (path: string, cookie?: string): Promise<string> =>
    (await hub.get(path, cookie)).text();
  return {
    administrator,
    librarian,
    first,
    second,
    third,
    textOf,
    addPractice: async (title) => {
      const made = await hub.post(
        "/library/desk/new",
        {
          title,
          summary: "Made for a test of ratings.",
          language: "en",
          states: "OH",
          status: "operating",
          license: "CC-BY-4.0",
          reason: "A test",
        },
        librarian.cookie,
      );
      const path = made.headers.get("location") ?? "";
      expect((await hub.post(`${path}/publish`, {}, librarian.cookie)).status).toBe(303);
      return path;
    },
    addEvidence: async (practice, change = {}) => {
      const answer = await hub.post(
        `${practice}/evidence/new`,
        {
          kind: "study",
          design: "randomized",
          setting: "Two clinics in Ohio",
          participants: "120",
          outcome: "Staff who stay two years",
          direction: "favors",
          sourceTitle: "A made-up trial",
          sourcePublisher: "Journal of Tests",
          sourceYear: "2021",
          ...change,
        },
        librarian.cookie,
      );
      expect(answer.status).toBe(303);
    },
    ask: async (practice, scale = "what_works_for_health", two = [first, second]) => {
      const answer = await hub.post(
        `${practice}/ratings/new`,
        { scale, first: two[0].personId, second: two[1].personId },
        librarian.cookie,
      );
      expect(answer.status).toBe(303);
      return answer.headers.get("location") ?? "";
    },
    answer: (round, rater, { answers = ONE_TRIAL, level, reason = "As the evidence says." }) =>
      hub.post(
        `${round}/answer`,
        {
          ...Object.fromEntries(Object.entries(answers).map(([id, code]) => [`answer-${id}`, code])),
          level,
          reason,
          step: "send",
        },
        rater.cookie,
      ),
  };
}
