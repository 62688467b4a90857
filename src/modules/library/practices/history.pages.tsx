import type { FC } from "hono/jsx";
import { DESK_LANGUAGE, langOf } from "../../../ui/language.ts";
import { momentInWords } from "../../../ui/moment.ts";
import { Difference } from "./difference.tsx";
import type { Practice, PracticeVersion } from "./practice.types.ts";
import { say } from "./practice.words.ts";
import type { PracticeLabels } from "./practice-labels.ts";

/** Every edit of a practice, the newest first: when, why, what it changed; and by whom, for those of the hub. */
export const HistoryPage: FC<{ practice: Practice; versions: PracticeVersion[]; labels: PracticeLabels }> = ({
  practice,
  versions,
  labels,
}) => (
  <div class="stack">
    <h1>{say("history_heading", { title: practice.content.title })}</h1>
    <ol class="history" reversed>
      {versions.map((version, index) => {
        const before = versions[index + 1];
        return (
          <li class="stack-tight">
            <h2 class="history-heading" lang={langOf(DESK_LANGUAGE)}>
              {version.reason}
            </h2>
            <p class="small soft">
              {say("version", { version: version.version, day: momentInWords(version.changedAt) })},{" "}
              {version.changedBy ? say("history_by", { name: version.changedBy }) : say("history_by_library")}
            </p>
            {before ? (
              <Difference before={before.content} after={version.content} labels={labels} />
            ) : (
              <p>{say("history_first")}</p>
            )}
          </li>
        );
      })}
    </ol>
  </div>
);
