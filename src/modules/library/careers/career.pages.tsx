import type { Child, FC } from "hono/jsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { Select } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { languageNow, localeNow } from "../../../ui/language.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { Tag } from "../../../ui/tag.tsx";
import { viewPath } from "../practices/practice-addresses.ts";
import { PracticeCard } from "../practices/practice-card.tsx";
import { labelOf, type PracticeLabels } from "../practices/practice-labels.ts";
import type { PracticeHit } from "../practices/search.store.ts";
import type { Months, Way } from "./career.rules.ts";
import { type Careers, type CareerText, type Pay, STAGES, type Stage } from "./career.types.ts";
import { say } from "./career.words.ts";

export const CAREERS_PATH = "/careers";

/** The address of a kind of work, as seen from where somebody stands. */
export const careerPath = (code: string, stage?: Stage | null, state?: string | null): string => {
  const parts = new URLSearchParams();
  if (stage) parts.set("stage", stage);
  if (state) parts.set("state", state);
  const query = parts.toString();
  return `${CAREERS_PATH}/${code}${query ? `?${query}` : ""}`;
};

const text = (words: CareerText): string => words[languageNow()];

/** Months in words: "3 to 9 months", "2 to 3 years". */
export function monthsInWords(months: Months): string {
  if (!months) return say("time_unknown");
  const [low, high] = months;
  if (high < 24) return low === high ? say("months", { count: high }) : say("months_range", { low, high });
  const years = (value: number): number => Math.round(value / 6) / 2;
  const inFigures = (value: number): string => years(value).toLocaleString(localeNow());
  if (years(low) === years(high)) return say("years", { count: years(high) });
  return low < 6
    ? say("less_than_year", { high: inFigures(high) })
    : say("years_range", { low: inFigures(low), high: inFigures(high) });
}

const dollars = (value: number): string =>
  value
    .toLocaleString(localeNow(), { style: "currency", currency: "USD", maximumFractionDigits: 2 })
    .replace(/[.,]00$/, "");

type AskProps = { stage: Stage | null; state: string | null; labels: PracticeLabels };

const Ask: FC<AskProps> = ({ stage, state, labels }) => (
  <FilterForm action={CAREERS_PATH} submit={say("show")} label={say("heading")}>
    <Select
      name="stage"
      label={say("where")}
      value={stage}
      empty={null}
      options={STAGES.map((value) => ({ value, label: labelOf(labels, "stage", value) }))}
    />
    <Select
      name="state"
      label={say("state")}
      value={state}
      empty={say("any_state")}
      options={[...(labels.get("state") ?? [])]
        .filter(([code]) => code !== "US")
        .map(([value, label]) => ({ value, label }))}
    />
  </FilterForm>
);

export type CareersPageProps = AskProps & {
  stage: Stage;
  careers: Careers;
  ways: Way[];
  payOf: (way: Way) => readonly Pay[];
  /** How many practices of the library there are for each kind of work, for this stage and state. */
  programs: ReadonlyMap<string, number>;
  /** What is offered to anybody of this stage. */
  near: PracticeHit[];
};

/** Every kind of work, from where somebody stands. */
export const CareersPage: FC<CareersPageProps> = (props) => {
  const { stage, state, labels, careers, ways, near } = props;
  const values = { count: ways.length, stage: labelOf(labels, "stage", stage).toLowerCase() };
  return (
    <div class="stack">
      <h1>{say("heading")}</h1>
      <p class="lead">{say("lead")}</p>
      <Ask stage={stage} state={state} labels={labels} />
      <section class="stack" aria-labelledby="ways-heading">
        <h2 id="ways-heading">
          {state
            ? say("from_state_heading", { ...values, state: labelOf(labels, "state", state) })
            : say("from_heading", values)}
        </h2>
        <p>
          <strong>{say("do_next")}:</strong> {text(careers.next[stage])}
        </p>
        <p class="small soft">{say("order_note")}</p>
        <ul class="practice-list practice-list--two">
          {ways.map((way) => (
            <WayCard {...props} way={way} />
          ))}
        </ul>
      </section>
      <Programs heading={say("near")} hits={near} labels={labels} />
      <WordsToKnow />
    </div>
  );
};

const WayCard: FC<CareersPageProps & { way: Way }> = ({
  way,
  careers,
  stage,
  state,
  labels,
  payOf,
  programs,
}) => {
  const { code, work, license, firstCredential } = way.occupation;
  // Finishing school is everybody's first step, and said above.
  const first = way.ahead.find(({ key }) => key !== "hs");
  const credential = careers.steps[firstCredential]?.credential;
  const count = programs.get(code) ?? 0;
  const pay = payInWords(payOf(way), state, labels);
  return (
    <li class="practice-card">
      <h3 class="practice-card-title">
        <a href={careerPath(code, stage, state)}>{labelOf(labels, "occupation", code)}</a>
      </h3>
      <p>{text(work)}</p>
      <ul class="career-facts">
        {way.hasFirstCredential || !credential ? null : (
          <li>
            <strong>{monthsInWords(way.toFirstCredential)}</strong>{" "}
            {say("to_credential", { credential: text(credential) })}
          </li>
        )}
        {license === null ? (
          <li>{say("no_license")}</li>
        ) : license === firstCredential && !way.hasFirstCredential ? null : (
          <li>
            <strong>{monthsInWords(way.toLicense)}</strong> {say("to_license")}
          </li>
        )}
        {first ? <li>{say("first_step", { step: text(first.step.title) })}</li> : null}
        {pay ? <li>{pay}</li> : null}
        {count === 0 ? null : (
          <li>
            <a
              href={viewPath({
                chosen: { occupation: [code], stage: [stage], ...(state ? { state: [state] } : {}) },
              })}
            >
              {say("programs", { count })}
            </a>
          </li>
        )}
      </ul>
    </li>
  );
};

/** What a state pays, where a source says it. */
function payInWords(pay: readonly Pay[], state: string | null, labels: PracticeLabels): string | null {
  if (pay.length === 0) return null;
  const own = pay.find((one) => one.state === state);
  return own
    ? say("pay_state", { annual: dollars(own.annualMedian), state: labelOf(labels, "state", own.state) })
    : say("pay_many");
}

const Programs: FC<{ heading: string; hits: PracticeHit[]; labels: PracticeLabels }> = ({
  heading,
  hits,
  labels,
}) =>
  hits.length === 0 ? null : (
    <section class="stack-tight">
      <h2>{heading}</h2>
      <ul class="practice-list">
        {hits.map((hit) => (
          <PracticeCard hit={hit} labels={labels} level={3} />
        ))}
      </ul>
    </section>
  );

const WordsToKnow: FC = () => (
  <section class="stack-tight" aria-labelledby="words-heading">
    <h2 id="words-heading">{say("words")}</h2>
    <p class="prose">{say("word_credential")}</p>
    <p class="prose">{say("word_supervision")}</p>
    <p class="prose">{say("rules_note")}</p>
  </section>
);

export type CareerPageProps = AskProps & {
  stage: Stage;
  careers: Careers;
  /** From the very beginning. */
  whole: Way;
  way: Way;
  pay: readonly Pay[];
  near: PracticeHit[];
  elsewhere: PracticeHit[];
};

/** One kind of work: the whole way, from grade 8 to the license. */
export const CareerPage: FC<CareerPageProps> = (props) => {
  const { careers, whole, way, labels, state, stage, pay } = props;
  const { apprenticeship } = way.occupation;
  const begun = whole.ahead.length - way.ahead.length;
  return (
    <div class="stack">
      <h1>{labelOf(labels, "occupation", way.occupation.code)}</h1>
      <p class="lead">{text(way.occupation.work)}</p>
      <p>
        <strong>{say("do_next")}:</strong> {text(careers.next[stage])}
      </p>
      <section class="stack" aria-labelledby="steps-heading">
        <h2 id="steps-heading">{say("steps_heading")}</h2>
        {begun > 0 && way.ahead.length > 0 ? <p>{say("steps_from", { step: begun + 1 })}</p> : null}
        <ol class="career-steps">
          {whole.ahead.map(({ key, step, months }, index) => (
            <li class={index < begun ? "career-step career-step--behind" : "career-step"}>
              <h3 class="practice-card-title">{text(step.title)}</h3>
              {index < begun ? <Tag>{say("behind")}</Tag> : null}
              <p class="prose">{text(step.what)}</p>
              <DescriptionList
                items={[
                  {
                    term: say("time"),
                    value: monthsInWords(way.ahead.find((one) => one.key === key)?.months ?? months),
                  },
                  { term: say("cost"), value: say("cost_none") },
                  ...(step.credential ? [{ term: say("credential"), value: text(step.credential) }] : []),
                  ...(step.grantedBy ? [{ term: say("granted_by"), value: text(step.grantedBy) }] : []),
                ]}
              />
              <p class="small soft">
                {say(`sure_${step.certainty}`, { source: sourceInWords(careers, step.source) })}
              </p>
            </li>
          ))}
        </ol>
      </section>
      {apprenticeship ? (
        <section class="stack-tight" aria-labelledby="apprenticeship-heading">
          <h2 id="apprenticeship-heading">{say("apprenticeship")}</h2>
          <p class="prose">
            {say("apprenticeship_text", {
              low: apprenticeship.hours[0].toLocaleString(localeNow()),
              high: apprenticeship.hours[1].toLocaleString(localeNow()),
              source: sourceInWords(careers, apprenticeship.source),
            })}{" "}
            {apprenticeship.code ? say("apprenticeship_code", { code: apprenticeship.code }) : ""}
          </p>
        </section>
      ) : null}
      <Programs
        heading={
          state ? say("near_state", { state: labelOf(labels, "state", state) }) : say("near_occupation")
        }
        hits={props.near}
        labels={labels}
      />
      <Programs heading={say("near_elsewhere")} hits={props.elsewhere} labels={labels} />
      <PayTable careers={careers} pay={pay} labels={labels} />
      <WordsToKnow />
      <p>
        <a href={CAREERS_PATH}>{say("all_ways")}</a>
      </p>
    </div>
  );
};

function sourceInWords(careers: Careers, key: string | null): string {
  const source = key === null ? undefined : careers.sources[key];
  return source ? [source.title, source.publisher, source.year].filter(Boolean).join(", ") : "";
}

const PayTable: FC<{ careers: Careers; pay: readonly Pay[]; labels: PracticeLabels }> = ({
  careers,
  pay,
  labels,
}) => {
  if (pay.length === 0)
    return (
      <section class="stack-tight" aria-labelledby="pay-heading">
        <h2 id="pay-heading">{say("pay")}</h2>
        <p>{say("pay_none")}.</p>
      </section>
    );
  const rows: Child[][] = pay.map((one) => [
    labelOf(labels, "state", one.state),
    dollars(one.annualMedian),
    dollars(one.hourlyMedian),
    one.employed.toLocaleString(localeNow()),
  ]);
  return (
    <section class="stack-tight" aria-labelledby="pay-heading">
      <h2 id="pay-heading">{say("pay_heading")}</h2>
      <p class="small soft">{say("pay_note", { source: sourceInWords(careers, "bls-2020") })}</p>
      <SimpleTable
        caption={say("pay_caption")}
        columns={[
          { label: say("state").replaceAll(/[¿?]/g, "") },
          { label: say("pay_year"), numeric: true },
          { label: say("pay_hour"), numeric: true },
          { label: say("pay_people"), numeric: true },
        ]}
        rows={rows}
        compact
      />
    </section>
  );
};
