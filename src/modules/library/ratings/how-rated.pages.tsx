import type { FC } from "hono/jsx";
import type { Agreement } from "../../../methods/kappa.ts";
import { Card } from "../../../ui/card.tsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { Details } from "../../../ui/details.tsx";
import { localeNow } from "../../../ui/language.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { ProcessList } from "../../../ui/summary-box.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { say } from "../practices/practice.words.ts";
import { viewPath } from "../practices/practice-addresses.ts";
import { RatingTag } from "../practices/practice-card.tsx";
import type { PracticeLabels } from "../practices/practice-labels.ts";
import { FEWEST_FOR_KAPPA, type measureAgreement } from "./agreement.ts";
import { sayRating } from "./rating.words.ts";
import { findLevel, inWords, LADDER, offeredScales, QUESTIONS, type Scale } from "./scales.ts";

export type HowRatedPageProps = {
  agreement: ReturnType<typeof measureAgreement>;
  /** Published practices by rung; null: not yet rated. */
  counts: ReadonlyMap<string | null, number>;
  labels: PracticeLabels;
};

/** How practices are rated, and how far the reviewers can be relied on. */
export const HowRatedPage: FC<HowRatedPageProps> = ({ agreement, counts, labels }) => (
  <div class="stack">
    <h1>{sayRating("page_heading")}</h1>
    <p class="lead">{sayRating("page_lead")}</p>
    <section class="stack-tight" aria-labelledby="steps-heading">
      <h2 id="steps-heading">{sayRating("steps")}</h2>
      <ProcessList
        items={(["gather", "two", "settle", "keep"] as const).map((step) => ({
          heading: sayRating(`step_${step}`),
          text: sayRating(`step_${step}_text`),
        }))}
      />
    </section>
    <Ladder counts={counts} labels={labels} />
    <AgreementSection {...agreement} />
    <section class="stack" aria-labelledby="scales-heading">
      <h2 id="scales-heading">{sayRating("scales_heading")}</h2>
      <p>{sayRating("scales_lead")}</p>
      {offeredScales().map((scale) => (
        <ScaleCard scale={scale} labels={labels} />
      ))}
    </section>
    <Questions />
    <section class="stack-tight" aria-labelledby="limits-heading">
      <h2 id="limits-heading">{sayRating("limits_heading")}</h2>
      <ul>
        {(["size", "cost", "fairness", "local"] as const).map((limit) => (
          <li>{sayRating(`limits_${limit}`)}</li>
        ))}
      </ul>
      <p>{sayRating("limits_unrated", { count: counts.get(null) ?? 0 })}</p>
    </section>
  </div>
);

const Ladder: FC<Pick<HowRatedPageProps, "counts" | "labels">> = ({ counts, labels }) => (
  <section class="stack-tight" aria-labelledby="ladder-heading">
    <h2 id="ladder-heading">{sayRating("ladder_heading")}</h2>
    <p>{sayRating("ladder_lead")}</p>
    <DescriptionList
      items={([...LADDER, "not_rated"] as const).map((rung) => {
        const count = counts.get(rung === "not_rated" ? null : rung) ?? 0;
        const practices = say("found", { count });
        return {
          term: <RatingTag rating={rung === "not_rated" ? null : rung} labels={labels} />,
          value: (
            <>
              {sayRating(`means_${rung}`)}{" "}
              {count > 0 ? (
                <a href={viewPath({ chosen: { rating: [rung] } })}>{practices}</a>
              ) : (
                <span class="soft">{practices}</span>
              )}
            </>
          ),
        };
      })}
    />
  </section>
);

const percent = (share: number): string =>
  share.toLocaleString(localeNow(), { style: "percent", maximumFractionDigits: 0 });
const decimals = (value: number): string =>
  value.toLocaleString(localeNow(), { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** Kappa, or why there is none. */
export function kappaInWords({ n, kappa, interval }: Agreement): string {
  if (n < FEWEST_FOR_KAPPA) return sayRating("kappa_few");
  if (kappa === null) return sayRating("kappa_undefined");
  return interval
    ? sayRating("kappa_interval", {
        kappa: decimals(kappa),
        low: decimals(interval.low),
        high: decimals(interval.high),
      })
    : sayRating("kappa_no_interval", { kappa: decimals(kappa) });
}

const nameOf = (scaleId: string): string => offeredScales().find(({ id }) => id === scaleId)?.name ?? scaleId;

const AgreementSection: FC<HowRatedPageProps["agreement"]> = ({ scales, ladder }) => {
  const row = (name: string, agreement: Agreement) => [
    name,
    agreement.n.toLocaleString(localeNow()),
    agreement.agreed.toLocaleString(localeNow()),
    agreement.observed === null ? "" : percent(agreement.observed),
    kappaInWords(agreement),
  ];
  return (
    <section class="stack-tight" aria-labelledby="agreement-heading">
      <h2 id="agreement-heading">{sayRating("agreement_heading")}</h2>
      {ladder.n === 0 ? <p>{sayRating("agreement_none")}</p> : null}
      <p>{sayRating("agreement_lead")}</p>
      {ladder.n === 0 ? null : (
        <SimpleTable
          caption={sayRating("agreement_caption")}
          columns={[
            { label: sayRating("of_scale") },
            { label: sayRating("ratings"), numeric: true },
            { label: sayRating("same_level"), numeric: true },
            { label: sayRating("share"), numeric: true },
            { label: sayRating("kappa") },
          ]}
          rows={scales.map(({ scaleId, agreement }) => row(nameOf(scaleId), agreement))}
          foot={row(sayRating("of_ladder"), ladder)}
        />
      )}
    </section>
  );
};

const ScaleCard: FC<{ scale: Scale; labels: PracticeLabels }> = ({ scale, labels }) => (
  <Card
    heading={scale.name}
    level={3}
    tags={scale.verified ? null : <Tag tone="warn">{sayRating("unverified")}</Tag>}
  >
    <div class="stack-tight">
      <p>
        <a href={scale.url} rel="external noopener">
          {scale.publisher}
        </a>
      </p>
      <p>{inWords(scale.note)}</p>
      <DescriptionList
        items={scale.levels.map((level) => ({
          term: inWords(level.label),
          value: (
            <>
              {inWords(level.criteria)} <RatingTag rating={level.ladder} labels={labels} />
            </>
          ),
        }))}
      />
      <Details summary={sayRating("rules_of", { name: scale.name })}>
        <p>{sayRating("rules_lead")}</p>
        <ol>
          {scale.rules.map((rule) => (
            <li>
              <RuleInWords scale={scale} rule={rule} />
            </li>
          ))}
        </ol>
        {scale.rules.some(({ all, any }) => Object.keys(all).length === 0 && !any) ? null : (
          <p>{sayRating("rule_none")}</p>
        )}
      </Details>
    </div>
  </Card>
);

/** "What did they find?: it works, or it cannot be said". */
function conditionsInWords(conditions: Readonly<Record<string, readonly string[]>>): string {
  return Object.entries(conditions)
    .map(([id, codes]) => {
      const question = QUESTIONS.find((one) => one.id === id);
      const answers = codes.map((code) => {
        const answer = question?.answers.find((one) => one.code === code);
        return `“${answer ? inWords(answer.label) : code}”`;
      });
      return `${question ? inWords(question.label) : id} ${new Intl.ListFormat(localeNow(), { type: "disjunction" }).format(answers)}`;
    })
    .join("; ");
}

const RuleInWords: FC<{ scale: Scale; rule: Scale["rules"][number] }> = ({ scale, rule }) => {
  const level = findLevel(scale, rule.level);
  const isRest = Object.keys(rule.all).length === 0 && !rule.any;
  return (
    <>
      <strong>{level ? inWords(level.label) : rule.level}</strong>:{" "}
      {isRest ? sayRating("rule_otherwise") : conditionsInWords(rule.all)}
      {rule.any ? (
        <>
          {"; "}
          {sayRating("rule_one_of")}
          <ul>
            {rule.any.map((conditions) => (
              <li>{conditionsInWords(conditions)}</li>
            ))}
          </ul>
        </>
      ) : null}
    </>
  );
};

const Questions: FC = () => (
  <section class="stack-tight" aria-labelledby="questions-heading">
    <h2 id="questions-heading">{sayRating("questions_heading")}</h2>
    <p>{sayRating("questions_lead")}</p>
    <ol>
      {QUESTIONS.map((question) => (
        <li>
          <strong>{inWords(question.label)}</strong>{" "}
          {question.answers.map(({ label }) => inWords(label)).join(" · ")}
          <p class="small soft">
            {sayRating("asked_by", {
              scales: offeredScales()
                .filter(({ questions }) => questions.includes(question.id))
                .map(({ name }) => name)
                .join(", "),
            })}
          </p>
        </li>
      ))}
    </ol>
  </section>
);
