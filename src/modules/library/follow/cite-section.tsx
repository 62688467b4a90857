import type { FC } from "hono/jsx";
import { type Config, hubAddress } from "../../../platform/config/config.ts";
import type { Trx } from "../../../platform/database/database.ts";
import type { Visit } from "../../../platform/web/route.ts";
import { dayInWords } from "../../../ui/moment.ts";
import { findHub } from "../../directory/index.ts";
import type { Practice } from "../practices/practice.types.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import { inPageLanguage } from "../submissions/submission-addresses.ts";
import { asBibtex, asRis, type Citation } from "./citation.ts";
import { say } from "./follow.words.ts";

/** The files that a citation is offered as. */
export const CITATION_FORMATS = ["ris", "bibtex"] as const;
export type CitationFormat = (typeof CITATION_FORMATS)[number];

async function citationOf(trx: Trx, config: Config, practice: Practice): Promise<Citation> {
  const { content, version, changedAt } = practice;
  return {
    hubName: (await findHub(trx))?.name ?? "Trellis",
    title: content.title,
    summary: content.summary,
    slug: practice.slug,
    version,
    changedAt,
    language: content.language,
    address: hubAddress(config, inPageLanguage(practicePath(practice.slug))),
    note: say("cite_version", { version, day: dayInWords(changedAt) }),
  };
}

/** A practice's citation as a file. */
export async function citationDownload(
  visit: Visit<unknown, unknown>,
  practice: Practice,
  format: CitationFormat,
): Promise<Response> {
  const citation = await citationOf(visit.trx, visit.platform.config, practice);
  return format === "ris"
    ? visit.download(
        `${practice.slug}.ris`,
        "application/x-research-info-systems; charset=utf-8",
        asRis(citation),
      )
    : visit.download(`${practice.slug}.bib`, "application/x-bibtex; charset=utf-8", asBibtex(citation));
}

/** How a published entry is cited, as a part of the practice's page. */
export async function citePart(trx: Trx, config: Config, practice: Practice) {
  return practice.state === "published" ? (
    <CiteSection citation={await citationOf(trx, config, practice)} />
  ) : null;
}

const CiteSection: FC<{ citation: Citation }> = ({ citation }) => {
  const place = practicePath(citation.slug);
  return (
    // The practice may be written in another language than the page.
    <section class="stack-tight" aria-labelledby="cite-heading">
      <h2 id="cite-heading">{say("cite")}</h2>
      <p class="no-print">{say("cite_lead")}</p>
      <p class="citation">
        {say("cite_sentence", {
          hub: citation.hubName,
          title: citation.title,
          version: citation.version,
          day: dayInWords(citation.changedAt),
          address: citation.address,
        })}
      </p>
      <p class="small no-print">
        <a href={`${place}?format=ris`}>{say("cite_ris")}</a> ·{" "}
        <a href={`${place}?format=bibtex`}>{say("cite_bibtex")}</a>
      </p>
    </section>
  );
};
