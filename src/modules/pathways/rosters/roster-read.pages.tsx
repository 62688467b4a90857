import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Card } from "../../../ui/card.tsx";
import { Details } from "../../../ui/details.tsx";
import { DiffBar } from "../../../ui/diff-bar.tsx";
import { ActionButton, Button } from "../../../ui/form.tsx";
import { momentInWords } from "../../../ui/moment.ts";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { DataTable } from "../../../ui/table.tsx";
import { columnLabel } from "../roster-reading/finding-messages.rules.ts";
import { LayoutView } from "./asking.pages.tsx";
import { EffectTag } from "./effect-tag.tsx";
import type { StoredChange, StoredFinding } from "./roster.store.ts";
import type { Roster } from "./roster.types.ts";
import { ROSTERS_PATH } from "./roster-list.pages.tsx";

export interface RosterPageProps {
  roster: Roster;
  findings: readonly StoredFinding[];
  findingCount: number;
  changed: readonly StoredChange[];
  missing: readonly StoredChange[];
  mayImport: boolean;
  /** Why a committed roster cannot be undone, or null. */
  whyNotUndo: string | null;
  hasFile: boolean;
  sent?: Sent | undefined;
}

/** A count as people read it. */
export const number = (value: number | undefined): string => (value ?? 0).toLocaleString("en-US");
/** So many rows. */
export const rows = (count: number): string => `${number(count)} ${count === 1 ? "row" : "rows"}`;

/** A file whose rows are checked: what it changes, what needs the person, commit or undo. */
export const ReadView: FC<RosterPageProps> = (props) => {
  const { roster, findings, findingCount, missing, changed, mayImport } = props;
  const here = `${ROSTERS_PATH}/${roster.id}`;
  const changes = roster.outcome.changes;
  return (
    <>
      {changes ? (
        <Card
          heading={
            roster.state === "ready"
              ? "What will change"
              : roster.state === "committed"
                ? "What changed"
                : "What it would have changed"
          }
        >
          <DiffBar
            parts={[
              { label: "new", count: changes.new, tone: "good" },
              { label: "changed", count: changes.changed, tone: "warn" },
              { label: "unchanged", count: changes.unchanged, tone: "neutral" },
              { label: "left out until mended", count: roster.outcome.rows?.rejected ?? 0, tone: "bad" },
            ]}
          />
          {changes.missing > 0 ? (
            <p>
              {rows(changes.missing)} stored for the same years and programs{" "}
              {changes.missing === 1 ? "is" : "are"} missing from this file. They are kept.
            </p>
          ) : null}
          {roster.state === "ready" ? (
            <p class="soft">
              All or nothing, and you can undo it. Rows with errors stay out until they are mended; nothing is
              guessed.
            </p>
          ) : null}
        </Card>
      ) : null}
      {roster.state === "ready" && mayImport ? <CommitForm roster={roster} missing={missing} /> : null}
      {roster.state === "committed" ? <Committed {...props} /> : null}
      {roster.outcome.fileFindings?.map((finding) => (
        <Alert kind="warn" heading="A column was left out">
          <p>{finding.message}</p>
        </Alert>
      ))}
      {findingCount > 0 ? (
        <Findings here={here} findings={findings} total={findingCount} hasFile={props.hasFile} />
      ) : (
        <p>No row needs your attention.</p>
      )}
      {changed.length > 0 ? <Changed changed={changed} total={changes?.changed ?? changed.length} /> : null}
      <Details summary="How the file was read">
        <LayoutView sheets={roster.outcome.file?.sheets ?? []} />
      </Details>
    </>
  );
};

const CommitForm: FC<{ roster: Roster; missing: readonly StoredChange[] }> = ({ roster, missing }) => {
  const here = `${ROSTERS_PATH}/${roster.id}`;
  const loaded = roster.outcome.rows?.loaded ?? 0;
  return (
    <form method="post" action={`${here}/commit`} data-submit-once="" class="stack">
      {missing.length > 0 ? (
        <Details summary={`Missing from this file: ${rows(missing.length)}. Tick what should be archived.`}>
          <p class="soft">
            A trainee who is not in the file may have been forgotten. Nothing is archived unless you tick it.
          </p>
          <fieldset class="usa-fieldset">
            <legend class="usa-sr-only">Archive these stored rows</legend>
            {missing.map((row) => (
              <div class="usa-checkbox choice">
                <input
                  class="usa-checkbox__input"
                  type="checkbox"
                  id={`archive-${row.enrollmentId}`}
                  name="archive"
                  value={String(row.enrollmentId)}
                />
                <label class="usa-checkbox__label" for={`archive-${row.enrollmentId}`}>
                  {row.traineeCode}, {row.programName}, {row.academicYear}
                </label>
              </div>
            ))}
          </fieldset>
        </Details>
      ) : null}
      <div class="buttons">
        <Button label={`Commit ${rows(loaded)}`} />
        <Button label="Mend the file first" href={`${ROSTERS_PATH}/new`} quiet />
        <Button label="Put this file aside" formaction={`${here}/discard`} quiet />
      </div>
    </form>
  );
};

const Committed: FC<RosterPageProps> = ({ roster, mayImport, whyNotUndo }) => (
  <div class="stack">
    <p>
      Committed {roster.committedAt ? momentInWords(roster.committedAt) : ""} for{" "}
      {roster.academicYears.join(" and ") || "no year"}.
    </p>
    {mayImport ? (
      whyNotUndo ? (
        <p class="soft">This import cannot be undone: {whyNotUndo}</p>
      ) : (
        <ActionButton action={`${ROSTERS_PATH}/${roster.id}/undo`} label="Undo this import" />
      )
    ) : null}
  </div>
);

const OF_BLANK_CELLS = new Set(["REQUIRED_MISSING", "KEY_MISSING", "LEFT_NO_DATE", "COMPLETED_NO_DATE"]);

/** A date or a code, which reads badly on two lines. */
const SHORT_VALUE = 12;

/** The cell as it was read; what may be an SSN is not shown. */
const WhatWeRead: FC<{ finding: StoredFinding }> = ({ finding }) =>
  finding.read ? (
    <span class={finding.read.length <= SHORT_VALUE ? "cell nowrap" : "cell"}>{finding.read}</span>
  ) : (
    <span class="soft">{OF_BLANK_CELLS.has(finding.code) ? "(blank)" : "Not shown"}</span>
  );

const Findings: FC<{ here: string; findings: readonly StoredFinding[]; total: number; hasFile: boolean }> = ({
  here,
  findings,
  total,
  hasFile,
}) => (
  <section class="stack" aria-labelledby="findings-heading">
    <h2 id="findings-heading">What needs you</h2>
    {hasFile ? (
      <p>
        <a href={`${here}/annotated`}>Download your file with these findings beside each row</a>
      </p>
    ) : null}
    <DataTable
      caption={
        findings.length < total
          ? `The first ${number(findings.length)} of ${number(total)} findings`
          : "Findings"
      }
      rows={findings}
      columns={[
        {
          key: "row",
          label: "Row",
          cell: (finding) => (
            <>
              {finding.sheet ? `${finding.sheet}, ` : ""}
              <span class="nowrap">row {finding.row ?? ""}</span>
            </>
          ),
        },
        { key: "column", label: "Column", cell: (finding) => columnLabel(finding.column) },
        { key: "read", label: "What we read", cell: (finding) => <WhatWeRead finding={finding} /> },
        {
          key: "mend",
          label: "What is wrong, and how to mend it",
          wrap: true,
          cell: (finding) => finding.message,
        },
        {
          key: "effect",
          label: "Effect",
          cell: (finding) => <EffectTag severity={finding.severity} />,
        },
      ]}
    />
    {findings.length < total ? (
      <p>
        <a href={`${here}/findings`}>All {number(total)} findings, to sort and download</a>
      </p>
    ) : null}
  </section>
);

const Changed: FC<{ changed: readonly StoredChange[]; total: number }> = ({ changed, total }) => (
  <Details summary={`Changed rows: ${number(total)}`}>
    <SimpleTable
      caption={
        changed.length < total
          ? `The first ${number(changed.length)} of ${number(total)} changed rows`
          : "Changed rows"
      }
      columns={[{ label: "Trainee" }, { label: "Program and year" }, { label: "Before and after" }]}
      rows={changed.map((row) => [
        row.traineeCode,
        `${row.programName}, ${row.academicYear}`,
        <ul class="plain">
          {Object.entries(row.columns).map(([column, [before, after]]) => (
            <li>
              {columnLabel(column)}: <del>{before || "blank"}</del> → <ins>{after || "blank"}</ins>
            </li>
          ))}
        </ul>,
      ])}
    />
  </Details>
);
