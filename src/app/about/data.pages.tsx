import type { Child, FC } from "hono/jsx";
import { sayData as say } from "./about.words.ts";

/** All that can be taken along. */
export const DataPage: FC<{
  hubName: string;
  sections: readonly { id: string; heading: string; content: Child }[];
}> = ({ hubName, sections }) => (
  <div class="stack">
    <h1>{say("title")}</h1>
    <p class="lead">{say("lead", { hub: hubName })}</p>
    {sections.map(({ id, heading, content }) => (
      <section class="stack-tight" aria-labelledby={id}>
        <h2 id={id}>{heading}</h2>
        {content}
      </section>
    ))}
  </div>
);
