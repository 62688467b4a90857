import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Radios } from "../../../ui/choices.tsx";
import { TextField } from "../../../ui/fields.tsx";
import { FilterForm } from "../../../ui/filter-form.tsx";
import { Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";
import type { Practice, PracticeContent } from "../practices/practice.types.ts";
import { practicePath } from "../practices/practice-addresses.ts";
import type { PracticeLabels } from "../practices/practice-labels.ts";
import { fieldLabels, fieldText } from "../practices/practice-text.ts";
import type { SimilarPractice } from "../submissions/similar.store.ts";
import { whyAlike } from "../submissions/similar.tsx";
import { BeingRated, type Carried, CarriedList } from "./carried.tsx";
import { choicesFor, type FieldChoice, type Pick } from "./merge.rules.ts";

export const mergePath = (slug: string): string => `${practicePath(slug)}/merge`;

const withTarget = (loser: Practice, slug: string): string =>
  `${mergePath(loser.slug)}?${new URLSearchParams({ into: slug }).toString()}`;

/** A draft was never public, and does not become so by leading somewhere. */
const whereItLeads = ({ state, content: { title } }: Practice): string =>
  state === "draft"
    ? `“${title}” is a draft, and nobody outside of the hub has seen it: its address will lead there for the hub alone, and to everybody else there will never have been such a page.`
    : `The address of “${title}” leads there from then on.`;

/** Which practice the merged one is to be told by. */
export const ChooseSurvivorPage: FC<{
  loser: Practice;
  /** Practices that are like it, or that were searched for. */
  offered: readonly SimilarPractice[];
  q: string;
  labels: PracticeLabels;
}> = ({ loser, offered, q, labels }) => (
  <div class="stack">
    <h1>Merge “{loser.content.title}” into another practice</h1>
    <p>
      Choose the one that stays. {whereItLeads(loser)} On the next page you see what goes along, and choose,
      field by field, whose words stay.
    </p>
    <FilterForm action={mergePath(loser.slug)} clearHref={q ? mergePath(loser.slug) : null} submit="Search">
      <TextField name="q" label="Search by title" value={q} type="search" />
    </FilterForm>
    {offered.length > 0 ? (
      <ul class="similar">
        {offered.map((one) => (
          <li>
            <a href={withTarget(loser, one.slug)}>{one.title}</a>{" "}
            <span class="small soft">({whyAlike(one, labels)})</span>
          </li>
        ))}
      </ul>
    ) : (
      <p class="soft">{q ? "Nothing is found. Use fewer words." : "Nothing in the library is like it."}</p>
    )}
    <Buttons quiet={[{ label: "Cancel", href: practicePath(loser.slug) }]} />
  </div>
);

export interface MergePageProps {
  loser: Practice;
  survivor: Practice;
  carried: Carried;
  labels: PracticeLabels;
  sent?: Sent | undefined;
}

const NAMES: Record<Pick, (survivor: string, loser: string) => string> = {
  keep: (survivor) => `As in “${survivor}”`,
  take: (_, loser) => `As in “${loser}”`,
  both: () => "Both, one after the other",
};

/** Both practices side by side where they differ, and whose words stay. */
export const MergePage: FC<MergePageProps> = ({ loser, survivor, carried, labels, sent }) => {
  const [stays, goes] = [survivor.content.title, loser.content.title];
  return (
    <div class="stack">
      <h1>
        Merge “{goes}” into “{stays}”
      </h1>
      <ErrorSummary errors={sentErrors(sent)} />
      <Alert kind="info">
        <p>
          “{stays}” stays, with a new version. {whereItLeads(loser)} This cannot be taken back, but nothing of
          either history is lost.
        </p>
      </Alert>
      {loser.state === "published" ? (
        <p>
          <a href={withTarget(survivor, loser.slug)}>The other way round: “{goes}” stays</a>
        </p>
      ) : null}
      <CarriedList carried={carried} survivor={survivor} />
      {carried.openRound === null ? (
        <MergeForm loser={loser} survivor={survivor} labels={labels} sent={sent} />
      ) : (
        <BeingRated title={goes} round={carried.openRound} />
      )}
    </div>
  );
};

type MergeFormProps = Omit<MergePageProps, "carried">;

const MergeForm: FC<MergeFormProps> = ({ loser, survivor, labels, sent }) => {
  const choices = choicesFor(survivor.content, loser.content);
  // A draft's title was never public, and the reason will be.
  const suggested =
    loser.state === "draft"
      ? "Merged with a draft that told of the same"
      : `Merged with “${loser.content.title}”: they are the same`;
  return (
    <Form action={mergePath(loser.slug)}>
      <Hidden name="into" value={survivor.slug} />
      <Hidden name="version-loser" value={loser.version} />
      <Hidden name="version-survivor" value={survivor.version} />
      {choices.length === 0 ? <p>Both say the same.</p> : null}
      {choices.map((choice) => (
        <MergeField choice={choice} loser={loser} survivor={survivor} labels={labels} sent={sent} />
      ))}
      <TextField
        name="reason"
        label="Why do you merge them?"
        hint="Everybody can read it in the history."
        value={sentText(sent, "reason") ?? suggested.slice(0, 1000)}
        error={sentError(sent, "reason")}
        required
        maxlength={1000}
      />
      <Buttons
        main={{ label: "Merge them", danger: true }}
        quiet={[{ label: "Cancel", href: practicePath(loser.slug) }]}
      />
    </Form>
  );
};

const MergeField: FC<MergeFormProps & { choice: FieldChoice }> = ({
  choice: { field, picks, suggested },
  loser,
  survivor,
  labels,
  sent,
}) => {
  const name = fieldLabels()[field];
  const side = (practice: Practice, content: PracticeContent) => (
    <div>
      <p class="small soft">{practice.content.title}</p>
      <div class="as-typed">
        {fieldText(content, field, labels) || <span class="soft">Not known yet</span>}
      </div>
    </div>
  );
  return (
    <section class="merge-field stack-tight" aria-label={name}>
      <h2>{name}</h2>
      <div class="side-by-side">
        {side(survivor, survivor.content)}
        {side(loser, loser.content)}
      </div>
      <Radios
        name={`pick-${field}`}
        label={<span class="usa-sr-only">{name}: what stays</span>}
        value={sentText(sent, `pick-${field}`) ?? suggested}
        options={picks.map((value) => ({
          value,
          label: NAMES[value](survivor.content.title, loser.content.title),
        }))}
      />
    </section>
  );
};
