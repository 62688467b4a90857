import type { FC } from "hono/jsx";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import { JsonLd } from "../../../ui/json-ld.tsx";
import type { Found } from "../practices/find-practices.ts";
import { HITS_PER_PAGE } from "../practices/list-view.ts";
import type { Practice } from "../practices/practice.types.ts";
import { type ListView, practicePath } from "../practices/practice-addresses.ts";
import type { PracticeLabels } from "../practices/practice-labels.ts";
import { inPageLanguage } from "../submissions/submission-addresses.ts";
import { ATOM } from "./atom.ts";
import { say } from "./follow.words.ts";
import { feedPath } from "./follow-addresses.ts";
import { listData, practiceData } from "./structured-data.ts";
import { viewInWords } from "./view-in-words.ts";

const addressIn =
  (config: Config) =>
  (path: string): string =>
    hubAddress(config, inPageLanguage(path));

/** The feed of a view, for feed readers that are given the page. */
export const FeedLink: FC<{ view: ListView }> = ({ view }) => (
  <link rel="alternate" type={ATOM} title={say("follow_feed")} href={inPageLanguage(feedPath(view))} />
);

/** What a list tells programs: its feed, and what stands in it. */
export const ListHead: FC<{ view: ListView; found: Found; labels: PracticeLabels; config: Config }> = ({
  view,
  found,
  labels,
  config,
}) => (
  <>
    <FeedLink view={view} />
    {found.hits.length > 0 ? (
      <JsonLd
        data={listData(
          viewInWords(view, labels),
          found.hits,
          { total: found.total, before: ((view.page ?? 1) - 1) * HITS_PER_PAGE },
          addressIn(config),
          practicePath,
        )}
      />
    ) : null}
  </>
);

/** What a practice's page tells programs. */
export const PracticeHead: FC<{
  practice: Practice;
  labels: PracticeLabels;
  config: Config;
  hubName: string;
}> = ({ practice, labels, config, hubName }) =>
  practice.state === "published" ? (
    <JsonLd
      data={practiceData(
        practice,
        labels,
        { hubName, addressOf: addressIn(config) },
        practicePath(practice.slug),
      )}
    />
  ) : null;
