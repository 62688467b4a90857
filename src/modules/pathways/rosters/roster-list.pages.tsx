import type { FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentError, sentErrors, sentText } from "../../../platform/web/sent.ts";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { FileField, Select, TextField } from "../../../ui/fields.tsx";
import { Buttons, ErrorSummary, Form } from "../../../ui/form.tsx";
import { momentInWords } from "../../../ui/moment.ts";
import { DataTable } from "../../../ui/table.tsx";
import { Tag, type TagTone } from "../../../ui/tag.tsx";
import type { Roster, RosterState } from "./roster.types.ts";

export const ROSTERS_PATH = "/pathways/rosters";

const STATES: Record<RosterState, [tone: TagTone, words: string]> = {
  reading: ["neutral", "Being read"],
  asking: ["warn", "Has questions"],
  refused: ["bad", "Cannot be used"],
  ready: ["warn", "Ready to commit"],
  committing: ["neutral", "Being committed"],
  committed: ["good", "Committed"],
  undone: ["neutral", "Undone"],
  discarded: ["neutral", "Put aside"],
  failed: ["bad", "Broke off"],
};

export const StateTag: FC<{ state: RosterState }> = ({ state }) => (
  <Tag tone={STATES[state][0]}>{STATES[state][1]}</Tag>
);

type ListedRoster = Roster & { organizationName: string };

export const RosterListPage: FC<{ rosters: readonly ListedRoster[]; mayUpload: boolean }> = ({
  rosters,
  mayUpload,
}) => {
  const waiting = rosters.filter((roster) => roster.state === "asking" || roster.state === "ready").length;
  return (
    <div class="stack">
      <h1>
        {waiting === 0
          ? "Rosters"
          : waiting === 1
            ? "One roster waits for you"
            : `${waiting} rosters wait for you`}
      </h1>
      {mayUpload && rosters.length > 0 ? (
        <Buttons main={{ label: "Bring in a roster", href: `${ROSTERS_PATH}/new` }} />
      ) : null}
      {rosters.length === 0 ? (
        <EmptyState
          heading="No roster yet"
          {...(mayUpload ? { main: { label: "Bring in a roster", href: `${ROSTERS_PATH}/new` } } : {})}
        >
          <p>
            A roster is the spreadsheet in which you keep your trainees: one row per trainee, program and
            year. Bring it as it is. Nothing is stored before you have seen what it would change.
          </p>
        </EmptyState>
      ) : (
        <DataTable
          caption="Uploads, newest first"
          rows={rosters}
          columns={[
            {
              key: "file",
              label: "File",
              wrap: true,
              cell: (roster) => <a href={`${ROSTERS_PATH}/${roster.id}`}>{roster.fileName}</a>,
            },
            {
              key: "organization",
              label: "Organization",
              wrap: true,
              cell: (roster) => `${roster.organizationName} (${roster.granteeCode})`,
            },
            { key: "state", label: "State", cell: (roster) => <StateTag state={roster.state} /> },
            {
              key: "rows",
              label: "Rows",
              numeric: true,
              cell: (roster) => roster.outcome.rows?.total.toLocaleString("en-US") ?? "-",
            },
            {
              key: "left-out",
              label: "Left out",
              numeric: true,
              cell: (roster) => roster.outcome.rows?.rejected.toLocaleString("en-US") ?? "-",
            },
            { key: "at", label: "Brought in", cell: (roster) => momentInWords(roster.createdAt) },
          ]}
        />
      )}
    </div>
  );
};

export interface UploadPageProps {
  /** Organizations and codes that the person may bring rosters for. */
  targets: readonly { organizationId: string; organizationName: string; code: string }[];
  limitMegabytes: number;
  sent?: Sent | undefined;
}

export const UploadPage: FC<UploadPageProps> = (props) => (
  <div class="stack narrow">
    <h1>Bring in a roster</h1>
    <p>Nothing is stored before you have seen what the file would change, and a commit can be undone.</p>
    <ErrorSummary errors={sentErrors(props.sent)} />
    <UploadForm {...props} />
  </div>
);

/** The form alone, or why there is none. */
export const UploadForm: FC<UploadPageProps & { cancelHref?: null | undefined }> = ({
  targets,
  limitMegabytes,
  sent,
  cancelHref,
}) =>
  targets.length === 0 ? (
    <EmptyState heading="No grantee code yet">
      <p>
        Rosters name your organization by its grantee code. Ask an administrator of the hub to enter yours.
      </p>
    </EmptyState>
  ) : (
    <Form action={ROSTERS_PATH} multipart>
      <FileField
        name="file"
        label="The file"
        hint={`A text file (CSV, TSV), an Excel workbook (.xlsx), an OpenDocument sheet (.ods) or an HTML table, up to ${limitMegabytes} MB. As it is: title rows, totals and extra columns do no harm.`}
        accept=".csv,.tsv,.txt,.xlsx,.ods,.xls,.html,.htm"
        required
        error={sentError(sent, "file")}
      />
      <Select
        name="code"
        label="Whose trainees are in it?"
        required
        empty={targets.length === 1 ? null : "Choose a grantee"}
        value={sentText(sent, "code") ?? (targets.length === 1 ? targets[0]?.code : undefined)}
        error={sentError(sent, "code")}
        options={targets.map((target) => ({
          value: target.code,
          label: `${target.organizationName} (${target.code})`,
        }))}
      />
      <TextField
        name="year"
        label="Academic year"
        hint="Only if the file does not say it. Like this: 2024-25"
        required={false}
        width="short"
        value={sentText(sent, "year")}
        error={sentError(sent, "year")}
      />
      <TextField
        name="program"
        label="Program"
        hint="Only if the file does not say it."
        required={false}
        value={sentText(sent, "program")}
        error={sentError(sent, "program")}
      />
      <Buttons
        main={{ label: "Read the file" }}
        quiet={cancelHref === null ? [] : [{ label: "Cancel", href: ROSTERS_PATH }]}
      />
    </Form>
  );
