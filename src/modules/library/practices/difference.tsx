import { diffLines, diffWordsWithSpace } from "diff";
import type { FC } from "hono/jsx";
import { langOf, languageNow } from "../../../ui/language.ts";
import { Said } from "../../../ui/said.tsx";
import { changedFields } from "./changed-fields.ts";
import type { PracticeContent } from "./practice.types.ts";
import { say } from "./practice.words.ts";
import type { PracticeLabels } from "./practice-labels.ts";
import { fieldLabels, fieldText, isProse } from "./practice-text.ts";

/** What an edit changed: each field with what was taken away and what was added, said as well as colored. */
export const Difference: FC<{ before: PracticeContent; after: PracticeContent; labels: PracticeLabels }> = ({
  before,
  after,
  labels,
}) => {
  const names = fieldLabels();
  return (
    <dl class="difference">
      {changedFields(before, after).map((field) => (
        <div>
          <dt>{names[field]}</dt>
          <dd>
            <Pieces
              before={fieldText(before, field, labels)}
              after={fieldText(after, field, labels)}
              byWord={isProse(field)}
              language={isProse(field) ? after.language : languageNow()}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
};

const Pieces: FC<{ before: string; after: string; byWord: boolean; language: string }> = ({
  before,
  after,
  byWord,
  language,
}) => {
  const pieces = byWord
    ? diffWordsWithSpace(before, after)
    : diffLines(`${before}\n`, `${after}\n`, { stripTrailingCr: true });
  return (
    <>
      {pieces.map(({ value, added, removed }) =>
        added ? (
          <ins>
            <span class="usa-sr-only"> {say("added")}: </span>
            <Said in={language}>{value}</Said>
          </ins>
        ) : removed ? (
          <del>
            <span class="usa-sr-only"> {say("removed")}: </span>
            <Said in={language}>{value}</Said>
          </del>
        ) : (
          <span lang={langOf(language)}>{value}</span>
        ),
      )}
    </>
  );
};
