import type { Child, FC } from "hono/jsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { langOf } from "../../../ui/language.ts";
import { Said } from "../../../ui/said.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import type { Practice } from "./practice.types.ts";
import { say } from "./practice.words.ts";
import { PRACTICES_PATH, practicePath } from "./practice-addresses.ts";
import { RatingTag } from "./practice-card.tsx";
import { factsOf, longFactsOf } from "./practice-facts.tsx";
import type { PracticeLabels } from "./practice-labels.ts";

/** Two to four practices, a column each. */
export const ComparePage: FC<{ practices: Practice[]; labels: PracticeLabels }> = ({ practices, labels }) => {
  if (practices.length < 2)
    return (
      <div class="stack">
        <h1>{say("compare")}</h1>
        <EmptyState
          icon="search"
          heading={say("compare_few")}
          main={{ label: say("back_to_list"), href: PRACTICES_PATH }}
        />
      </div>
    );
  const unknown = <span class="soft">{say("not_known")}</span>;
  const facts = practices.map(({ content }) => [...factsOf(content, labels), ...longFactsOf(content)]);
  const rows: Child[][] = [
    [say("summary"), ...practices.map(({ content }) => <Said in={content.language}>{content.summary}</Said>)],
    [say("evidence"), ...practices.map(({ rating }) => <RatingTag rating={rating} labels={labels} />)],
    ...(facts[0] ?? []).map(({ term }, index) => [term, ...facts.map((one) => one[index]?.value ?? unknown)]),
  ];
  return (
    <div class="stack">
      <h1>{say("compare_heading", { count: practices.length })}</h1>
      <div class="compare">
        <SimpleTable
          caption={say("compare")}
          captionHidden
          columns={[
            { label: say("compare_field") },
            ...practices.map(({ slug, content }) => ({
              label: (
                <a href={practicePath(slug)} lang={langOf(content.language)}>
                  {content.title}
                </a>
              ),
            })),
          ]}
          rows={rows}
        />
      </div>
    </div>
  );
};
