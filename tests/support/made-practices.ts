// Practices made for a test, without the form of the desk.

import {
  createPractice,
  editPractice,
  publishPractice,
  withdrawPractice,
} from "../../src/modules/library/practices/practice.actions.ts";
import { findPractice } from "../../src/modules/library/practices/practice.store.ts";
import { emptyContent, type PracticeContent } from "../../src/modules/library/practices/practice.types.ts";
import { system } from "../../src/platform/database/actor.ts";
import type { TestHub } from "./test-hub.ts";

/** Makes a practice and publishes it. @returns its slug. */
export const makePractice = (hub: TestHub, content: Partial<PracticeContent>): Promise<string> =>
  hub.services.perform(system, async (work) => {
    const { slug } = await createPractice(
      work,
      { ...emptyContent, title: "Made for a test", summary: "Made for a test.", ...content },
      "Made for a test",
    );
    const made = await findPractice(work.trx, slug);
    if (made) await publishPractice(work, made);
    return slug;
  });

/** Changes a practice. */
export const changePractice = (hub: TestHub, slug: string, change: Partial<PracticeContent>): Promise<void> =>
  hub.services.perform(system, async (work) => {
    const practice = await findPractice(work.trx, slug);
    if (!practice) throw new Error(`there is no ${slug}`);
    await editPractice(work, practice, {
      content: { ...practice.content, ...change },
      reason: "Changed for a test",
      seenVersion: practice.version,
    });
  });

/** Takes a practice out of the library. */
export const takeOut = (hub: TestHub, slug: string): Promise<void> =>
  hub.services.perform(system, async (work) => {
    const practice = await findPractice(work.trx, slug);
    if (practice) await withdrawPractice(work, practice, "Taken out for a test");
  });
