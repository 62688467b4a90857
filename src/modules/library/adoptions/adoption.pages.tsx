import type { FC } from "hono/jsx";
import { DescriptionList } from "../../../ui/description-list.tsx";
import { Details } from "../../../ui/details.tsx";
import { ActionButton, Button, Buttons, Form, Hidden } from "../../../ui/form.tsx";
import { dayInWords, momentInWords } from "../../../ui/moment.ts";
import { Tag } from "../../../ui/tag.tsx";
import { practicePath } from "../practices/practice-addresses.ts";
import {
  type Adoption,
  type AdoptionChange,
  type AdoptionContent,
  contentOf,
  type ShownAdoption,
} from "./adoption.types.ts";
import { adoptionPath } from "./adoption-addresses.ts";
import {
  CHANGE_LABELS,
  FIELD_LABELS,
  fieldInWords,
  OUTCOME_LABELS,
  STATE_LABELS,
} from "./adoption-labels.ts";
import { TriedList } from "./tried-list.tsx";

export type AdoptionRights = { write: boolean; consent: boolean };

const typed = (text: string) => (text ? <span class="as-typed">{text}</span> : null);

/** All of an organization's use of one practice. */
export const AdoptionPage: FC<{
  adoption: Adoption;
  changes: AdoptionChange[];
  rights: AdoptionRights;
}> = ({ adoption, changes, rights }) => (
  <div class="stack">
    <div class="stack-tight">
      <div class="cluster">
        <Tag>{STATE_LABELS[adoption.state]}</Tag>
        <span class="soft">{adoption.organizationName}</span>
      </div>
      <h1>{adoption.practice.title}</h1>
    </div>
    {rights.write ? <Ways adoption={adoption} /> : null}
    <DescriptionList
      items={[
        { term: FIELD_LABELS.since, value: dayInWords(adoption.since) },
        ...(adoption.endedOn
          ? [
              { term: FIELD_LABELS.endedOn, value: dayInWords(adoption.endedOn) },
              { term: FIELD_LABELS.outcome, value: adoption.outcome && OUTCOME_LABELS[adoption.outcome] },
              { term: FIELD_LABELS.howItWent, value: typed(adoption.howItWent) },
            ]
          : []),
        { term: FIELD_LABELS.takesOn, value: typed(adoption.takesOn) },
        { term: FIELD_LABELS.adapts, value: typed(adoption.adapts) },
        { term: FIELD_LABELS.need, value: typed(adoption.need) },
        { term: FIELD_LABELS.contactId, value: adoption.contactName },
        {
          term: "Practice",
          value: (
            <>
              <a href={practicePath(adoption.practice.slug)}>{adoption.practice.title}</a>, taken up as{" "}
              <a href={`${practicePath(adoption.takenUp.slug)}/history`}>
                version {adoption.takenUp.version}
              </a>
            </>
          ),
        },
      ]}
    />
    <Sharing adoption={adoption} rights={rights} />
    <History adoption={adoption} changes={changes} />
  </div>
);

const Ways: FC<{ adoption: Adoption }> = ({ adoption: { id, state } }) => (
  <Buttons
    quiet={[
      { label: "Change", href: `${adoptionPath(id)}/edit` },
      {
        label: { considering: "It is not taken up", running: "End it", ended: "Mend how it went" }[state],
        href: `${adoptionPath(id)}/end`,
      },
    ]}
  />
);

const Sharing: FC<{ adoption: Adoption; rights: AdoptionRights }> = ({ adoption, rights }) => (
  <section class="stack-tight" aria-labelledby="sharing-heading">
    <h2 id="sharing-heading">Who can read this</h2>
    {adoption.consent ? (
      <>
        <p>
          Everybody can read a part of it on the{" "}
          <a href={`${practicePath(adoption.practice.slug)}#tried-heading`}>practice’s page</a>.{" "}
          {adoption.consent.by} allowed it on {dayInWords(adoption.consent.at)}.
        </p>
        {rights.write ? (
          <ActionButton
            action={`${adoptionPath(adoption.id)}/consent`}
            label="Show it no more"
            fields={{ consent: "no" }}
          />
        ) : null}
      </>
    ) : (
      <>
        <p>
          {adoption.organizationName} and the hub. The practice’s page counts those who use it or have used
          it, and names nobody.
        </p>
        {rights.consent ? (
          <div class="buttons">
            <Button quiet label="Let everybody read it" href={`${adoptionPath(adoption.id)}/consent`} />
          </div>
        ) : rights.write ? (
          <p class="soft">A lead of the organization can let everybody read a part of it.</p>
        ) : null}
      </>
    )}
  </section>
);

const FIELDS = Object.keys(FIELD_LABELS) as (keyof AdoptionContent)[];

const History: FC<{ adoption: Adoption; changes: AdoptionChange[] }> = ({ adoption, changes }) => (
  <section class="stack-tight" aria-labelledby="changes-heading">
    <h2 id="changes-heading">Changes</h2>
    {changes.length === 0 ? (
      <p>Nothing has been changed since it was written down.</p>
    ) : (
      <ul>
        {changes.map((change, index) => (
          <li>
            {CHANGE_LABELS[change.kind]}, {momentInWords(change.at)}
            {change.by ? `, ${change.by}` : ""}
            <Earlier change={change} after={changes[index - 1]?.before ?? contentOf(adoption)} />
          </li>
        ))}
      </ul>
    )}
  </section>
);

/** What stood there before a change. How it went nobody could know before it ended. */
const Earlier: FC<{ change: AdoptionChange; after: AdoptionContent }> = ({ change, after }) => {
  const { before, kind } = change;
  const changed = FIELDS.filter(
    (field) => before[field] !== after[field] && (kind !== "ended" || fieldInWords(before, field) !== ""),
  );
  return changed.length === 0 ? null : (
    <Details summary="What stood there before">
      <DescriptionList
        missing="Nothing"
        items={changed.map((field) => ({
          term: FIELD_LABELS[field],
          value: typed(fieldInWords(before, field)),
        }))}
      />
    </Details>
  );
};

/** What everybody would read, before the lead allows it. */
export const ConsentPage: FC<{ adoption: Adoption; shown: ShownAdoption }> = ({ adoption, shown }) => (
  <div class="stack">
    <h1>Let everybody read it?</h1>
    <p>
      This would stand on the public page of{" "}
      <a href={practicePath(adoption.practice.slug)}>{adoption.practice.title}</a>, and nothing else. What you
      change later is shown at once.
    </p>
    <section class="stack-tight" aria-labelledby="preview-heading">
      <h2 id="preview-heading">As everybody would see it</h2>
      <TriedList adoptions={[shown]} />
    </section>
    <p>
      It is yours to allow and to take back: “Show it no more” takes it off the page at once. What others have
      copied by then stays with them.
    </p>
    <Form action={`${adoptionPath(adoption.id)}/consent`}>
      <Hidden name="consent" value="yes" />
      <Hidden name="edition" value={adoption.edition} />
      <Buttons
        main={{ label: "Let everybody read it" }}
        quiet={[{ label: "Cancel", href: adoptionPath(adoption.id) }]}
      />
    </Form>
  </div>
);
