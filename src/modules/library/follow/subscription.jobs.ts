import { z } from "zod";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import { system } from "../../../platform/database/actor.ts";
import { readSecret } from "../../../platform/database/database.ts";
import type { PerformWork, Work } from "../../../platform/events/work.ts";
import { defineJob, type JobDefinition } from "../../../platform/jobs/jobs.ts";
import { listReturnedAddresses } from "../../../platform/mail/mail.store.ts";
import { queueMail } from "../../../platform/mail/mail.ts";
import { inLanguage, LANGUAGES, type Language, languageNow } from "../../../ui/language.ts";
import { findHub } from "../../directory/index.ts";
import { searchOf } from "../practices/find-practices.ts";
import { practicePath, viewPath } from "../practices/practice-addresses.ts";
import { type PracticeLabels, readPracticeLabels } from "../practices/practice-labels.ts";
import { listHits, type PracticeHit } from "../practices/search.store.ts";
import { inPageLanguage } from "../submissions/submission-addresses.ts";
import { findLastChange, listFirstPublished } from "./feed.store.ts";
import { leavePath, viewOfKey } from "./follow-addresses.ts";
import { leaveToken, OFTEN } from "./follow-link.ts";
import { forgetUnconfirmed, mailKey } from "./subscription.actions.ts";
import { periodStart, settledUntil } from "./subscription.rules.ts";
import { listDue, noteTold, type Subscription } from "./subscription.store.ts";
import { changesLetter, FORGOTTEN_AFTER_DAYS } from "./subscription-letters.ts";
import { viewInWords } from "./view-in-words.ts";

/** What the jobs need. */
export interface SubscriptionServices {
  config: Config;
  perform: PerformWork;
}

type Due = Subscription & { toldUntil: Date };
const DAY = 86_400_000;
/** More changes of one view than these are not counted. */
const MOST_CHANGES = 200;
const nothing = z.object({});

/** The newest changes of a view, with when each was published first. */
async function changesOf(work: Work, key: string, until: Date) {
  const search = await searchOf(work.trx, viewOfKey(key));
  const hits = await listHits(work.trx, search, { order: "changed", limit: MOST_CHANGES, offset: 0 });
  const settled = hits.filter(({ changedAt }) => changedAt <= until);
  return {
    hits: settled,
    published: await listFirstPublished(
      work.trx,
      settled.map(({ id }) => id),
    ),
  };
}

interface Telling {
  work: Work;
  config: Config;
  hub: string;
  labels: ReadonlyMap<Language, PracticeLabels>;
}

/** Writes to one who follows, where there is something to tell. */
async function tell(
  { work, config, hub, labels }: Telling,
  due: Due,
  changes: Awaited<ReturnType<typeof changesOf>>,
): Promise<void> {
  const hits = changes.hits.filter(({ changedAt }) => changedAt > due.toldUntil);
  if (hits.length === 0) return;
  const view = viewOfKey(due.view);
  const leave = leavePath(leaveToken(readSecret(config), due.id));
  await inLanguage(due.language, () =>
    queueMail(work, {
      to: due.email,
      personId: null,
      kind: "follow",
      language: languageNow(),
      // One for what was told up to a moment: a second run would have the same key.
      key: mailKey(due.id, `told/${due.toldUntil.getTime()}`),
      leavePath: inPageLanguage(leave),
      ...changesLetter({
        hub,
        what: viewInWords(view, labels.get(due.language) ?? new Map()),
        often: due.often,
        hits,
        isNew: (hit: PracticeHit) => (changes.published.get(hit.id) ?? due.toldUntil) > due.toldUntil,
        addressOf: (hit) => hubAddress(config, inPageLanguage(practicePath(hit.slug))),
        listAddress: hubAddress(config, inPageLanguage(viewPath({ ...view, sort: "changed" }))),
        leaveAddress: hubAddress(config, inPageLanguage(leave)),
      }),
    }),
  );
}

async function writeToFollowers(work: Work, config: Config): Promise<void> {
  const until = settledUntil(work.now);
  const due: Due[] = [];
  for (const often of OFTEN) due.push(...(await listDue(work.trx, often, periodStart(often, work.now))));
  if (due.length === 0) return;
  const lastChange = await findLastChange(work.trx);
  const concerned = due.filter(({ toldUntil }) => lastChange !== null && lastChange > toldUntil);
  const returned = await listReturnedAddresses(
    work.trx,
    concerned.map(({ email }) => email),
  );
  const labels = new Map<Language, PracticeLabels>();
  for (const language of LANGUAGES)
    labels.set(language, await inLanguage(language, () => readPracticeLabels(work.trx)));
  const hub = (await findHub(work.trx))?.name ?? "Trellis";
  const telling = { work, config, hub, labels };
  // By view: those who follow the same are told of one search.
  const reachable = concerned.filter(({ email }) => !returned.has(email.toLowerCase()));
  for (const key of new Set(reachable.map(({ view }) => view))) {
    const changes = await changesOf(work, key, until);
    for (const one of reachable.filter(({ view }) => view === key)) await tell(telling, one, changes);
  }
  await noteTold(
    work.trx,
    due.map(({ id }) => id),
    until,
  );
}

/** Telling who follows a list what is new, and forgetting who never said yes. */
export const subscriptionJobs: JobDefinition<SubscriptionServices>[] = [
  defineJob<SubscriptionServices, typeof nothing>({
    name: "library.write-to-followers",
    label: "Writing to who follows the library",
    payload: nothing,
    // Every hour of the day, so that a hub that was stopped in the morning writes later; each change is told once.
    schedule: "20 12-18 * * *",
    retries: 2,
    handle: async ({ config, perform }) => {
      if (config.mail) await perform(system, (work) => writeToFollowers(work, config));
    },
  }),
  defineJob<SubscriptionServices, typeof nothing>({
    name: "library.forget-unconfirmed",
    label: "Forgetting who did not say yes",
    payload: nothing,
    schedule: "41 3 * * *",
    retries: 2,
    handle: ({ perform }) =>
      perform(system, (work) =>
        forgetUnconfirmed(work, new Date(work.now.getTime() - FORGOTTEN_AFTER_DAYS * DAY)),
      ),
  }),
];
