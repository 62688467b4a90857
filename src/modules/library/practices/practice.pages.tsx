import type { Child, FC } from "hono/jsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { Buttons } from "../../../ui/form.tsx";
import { langOf } from "../../../ui/language.ts";
import { dayInWords } from "../../../ui/moment.ts";
import { Said } from "../../../ui/said.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { sayWith } from "../../../ui/words.tsx";
import { DeadLink, type DeadLinks } from "../links/dead-link.tsx";
import { CorrectLink } from "../submissions/submission.pages.tsx";
import type { Practice, PracticeContent } from "./practice.types.ts";
import { say } from "./practice.words.ts";
import { LIBRARY_PATH, practicePath } from "./practice-addresses.ts";
import { PracticeCard, RatingTag } from "./practice-card.tsx";
import { factsOf, longFactsOf, paragraphs } from "./practice-facts.tsx";
import { labelOf, type PracticeLabels } from "./practice-labels.ts";
import type { RelatedPractice } from "./related.store.ts";

export type PracticePageProps = {
  practice: Practice;
  labels: PracticeLabels;
  related: RelatedPractice[];
  /** What those of the hub may do. */
  ways?: Child;
  /** After the facts: evidence, who tried it, materials. Each part brings its own heading. */
  parts?: Child[];
  /** After all that is known: how it is cited. */
  ending?: Child;
  /** Links that lead nowhere any more. */
  dead?: DeadLinks;
};

/** Everything that the library knows of one practice. */
export const PracticePage: FC<PracticePageProps> = ({
  practice,
  labels,
  related,
  ways,
  parts = [],
  ending,
  dead,
}) => {
  const { content } = practice;
  return (
    <article class="stack practice">
      <div class="stack-tight">
        <div class="cluster">
          {practice.state === "draft" ? <Tag tone="warn">{say("draft")}</Tag> : null}
          <RatingTag rating={practice.rating} labels={labels} />
        </div>
        <h1 lang={langOf(content.language)}>{content.title}</h1>
        <p class="lead" lang={langOf(content.language)}>
          {content.summary}
        </p>
      </div>
      {ways}
      {paragraphs(content.description, content.language)}
      <DescriptionList
        items={factsOf(content, labels)
          .filter(({ value }) => value !== null)
          .map(({ term, value }) => ({ term, value }))}
      />
      {longFactsOf(content)
        .filter(({ value }) => value !== null)
        .map(({ key, term, value }) => (
          <section class="stack-tight" aria-labelledby={`${key}-heading`}>
            <h2 id={`${key}-heading`}>{term}</h2>
            {value}
          </section>
        ))}
      {parts}
      <Contacts content={content} />
      <Links content={content} dead={dead} />
      <Unknown content={content} labels={labels} slug={practice.slug} />
      <Sources content={content} dead={dead} />
      {ending}
      <Related related={related} labels={labels} />
      <Standing practice={practice} labels={labels} />
    </article>
  );
};

const Contacts: FC<{ content: PracticeContent }> = ({ content }) =>
  content.contacts.length === 0 ? null : (
    <section class="stack-tight" aria-labelledby="contacts-heading">
      <h2 id="contacts-heading">{say("contacts")}</h2>
      <ul>
        {content.contacts.map((contact) => (
          <li>
            <Said in={content.language}>
              {[contact.name, contact.role, contact.organization].filter(Boolean).join(", ")}
            </Said>
            {contact.email ? (
              <>
                {" "}
                <a href={`mailto:${encodeURIComponent(contact.email).replace("%40", "@")}`}>
                  {contact.email}
                </a>
              </>
            ) : null}
            {contact.phone ? ` ${contact.phone}` : null}
          </li>
        ))}
      </ul>
    </section>
  );

type LinkedProps = { content: PracticeContent; dead: DeadLinks | undefined };

const Links: FC<LinkedProps> = ({ content, dead }) =>
  content.links.length === 0 ? null : (
    <section class="stack-tight" aria-labelledby="links-heading">
      <h2 id="links-heading">{say("links")}</h2>
      <ul>
        {content.links.map(({ label, url }) => (
          <li>
            <a href={url} rel="external noopener" lang={langOf(content.language)}>
              {label || url}
            </a>
            <DeadLink url={url} dead={dead} />
          </li>
        ))}
      </ul>
    </section>
  );

/** What nobody has told the library: said, so that somebody who knows can. */
const Unknown: FC<{ content: PracticeContent; labels: PracticeLabels; slug: string }> = ({
  content,
  labels,
  slug,
}) => {
  const missing = [...factsOf(content, labels), ...longFactsOf(content)].filter(
    ({ value }) => value === null,
  );
  return missing.length === 0 ? null : (
    <section class="stack-tight" aria-labelledby="unknown-heading">
      <h2 id="unknown-heading">{say("unknown_heading")}</h2>
      <p>{say("unknown_lead")}</p>
      <p class="soft">{missing.map(({ term }) => term).join(" · ")}</p>
      <CorrectLink slug={slug} />
    </section>
  );
};

const Sources: FC<LinkedProps> = ({ content, dead }) =>
  content.sources.length === 0 ? null : (
    <section class="stack-tight" aria-labelledby="sources-heading">
      <h2 id="sources-heading">{say("sources")}</h2>
      <ol class="sources">
        {content.sources.map((source) => (
          <li>
            {source.url ? (
              <a href={source.url} rel="external noopener" lang={langOf(content.language)}>
                {source.title}
              </a>
            ) : (
              <cite lang={langOf(content.language)}>{source.title}</cite>
            )}
            {source.publisher ? (
              <>
                , <Said in={content.language}>{source.publisher}</Said>
              </>
            ) : null}
            {source.year === null ? "" : `, ${source.year}`}.
            <DeadLink url={source.url} dead={dead} />{" "}
            <Tag tone={source.certainty === "own_knowledge" ? "warn" : "neutral"}>
              {say(`certainty_${source.certainty}`)}
            </Tag>
            {source.supports ? (
              <span class="small soft">
                {" "}
                {say("source_supports")} <Said in={content.language}>{source.supports}</Said>
              </span>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  );

const Related: FC<{ related: RelatedPractice[]; labels: PracticeLabels }> = ({ related, labels }) =>
  related.length === 0 ? null : (
    <section class="stack-tight no-print" aria-labelledby="related-heading">
      <h2 id="related-heading">{say("related")}</h2>
      <ul class="practice-list">
        {related.map(({ hit, shared }) => (
          <PracticeCard
            hit={hit}
            labels={labels}
            level={3}
            because={say("related_because", {
              what: shared.map(({ key, code }) => labelOf(labels, key, code)).join(", "),
            })}
          />
        ))}
      </ul>
    </section>
  );

const Standing: FC<{ practice: Practice; labels: PracticeLabels }> = ({ practice, labels }) => {
  const { content } = practice;
  return (
    <footer class="practice-foot small stack-tight">
      <p>
        {say("verified")}:{" "}
        {content.lastVerifiedOn ? dayInWords(content.lastVerifiedOn) : say("never_verified")}.
        {content.reviewBy ? ` ${say("review_due")}: ${dayInWords(content.reviewBy)}.` : ""} {say("license")}:{" "}
        {labelOf(labels, "license", content.license)}.
      </p>
      <p>
        {say("version", { version: practice.version, day: dayInWords(practice.changedAt) })}.{" "}
        <a href={`${practicePath(practice.slug)}/history`}>{say("history")}</a>
      </p>
      {practice.state === "published" ? <CorrectLink slug={practice.slug} /> : null}
    </footer>
  );
};

/** What stands at the address of a practice that is no longer offered. */
export const GonePracticePage: FC<{ practice: Practice }> = ({ practice }) => {
  const { title } = practice.content;
  return (
    <div class="stack">
      <h1>{say(practice.mergedInto ? "merged_heading" : "withdrawn_heading", { title })}</h1>
      {practice.mergedInto ? (
        <p>
          {sayWith(say("merged_link"), {
            link: <a href={practicePath(practice.mergedInto.slug)}>{practice.mergedInto.title}</a>,
          })}
        </p>
      ) : (
        <p>
          {say("withdrawn_when", {
            day: dayInWords(practice.changedAt),
            why: practice.withdrawnBecause ?? "",
          })}
        </p>
      )}
      <Buttons
        quiet={[
          { label: say("history"), href: `${practicePath(practice.slug)}/history` },
          { label: say("library"), href: LIBRARY_PATH },
        ]}
      />
    </div>
  );
};
