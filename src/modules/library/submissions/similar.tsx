import type { FC } from "hono/jsx";
import { practicePath } from "../practices/practice-addresses.ts";
import { labelOf, type PracticeLabels } from "../practices/practice-labels.ts";
import type { SimilarPractice } from "./similar.store.ts";
import { say } from "./submission.words.ts";
import { inPageLanguage } from "./submission-addresses.ts";

/** So many are shown. */
export const MOST_SIMILAR = 5;

const NEAR = 60;
const NEAR_IN_A_STATE = 45;

/** Whether it is so much alike that one has to be asked. */
export const isNear = ({ alike, sharedStates, sharesLink }: SimilarPractice): boolean =>
  sharesLink || alike >= NEAR || (alike >= NEAR_IN_A_STATE && sharedStates.length > 0);

/** Why a practice is taken to be like another: "title 84 % alike, same state: Ohio". */
export function whyAlike(similar: SimilarPractice, labels: PracticeLabels): string {
  const { alike, sharedStates, sharesLink, hasWords } = similar;
  const states = sharedStates.map((state) => labelOf(labels, "state", state)).join(", ");
  return [
    say("alike", { percent: alike }),
    ...(states ? [say("same_state", { states })] : []),
    ...(sharesLink ? [say("same_link")] : []),
    ...(hasWords ? [say("same_words")] : []),
  ].join(", ");
}

/** Practices like the one that is being told of, each with the reason; in a form, each can be chosen. */
export const SimilarList: FC<{
  similar: readonly SimilarPractice[];
  labels: PracticeLabels;
  canChoose?: boolean | undefined;
}> = ({ similar, labels, canChoose }) => (
  <ul class="similar">
    {similar.map((one) => (
      <li>
        <span lang={one.language}>
          <a href={inPageLanguage(practicePath(one.slug))}>{one.title}</a>
        </span>{" "}
        <span class="small soft">({whyAlike(one, labels)})</span>
        {canChoose ? (
          <button class="usa-button usa-button--outline" type="submit" name="same" value={one.slug}>
            {say("same")}
            <span class="usa-sr-only">: {one.title}</span>
          </button>
        ) : null}
      </li>
    ))}
  </ul>
);

/** What stands below the title while it is written: the practices that may be meant. */
export const SimilarFound: FC<{
  similar: readonly SimilarPractice[];
  labels: PracticeLabels;
  asked: boolean;
}> = ({ similar, labels, asked }) =>
  similar.length > 0 ? (
    <div class="stack-tight similar-found">
      <p class="strong">
        {say("similar_heading")} {say("similar_lead")}
      </p>
      <SimilarList similar={similar} labels={labels} canChoose />
    </div>
  ) : (
    <div>{asked ? <p class="soft">{say("similar_none")}</p> : null}</div>
  );
