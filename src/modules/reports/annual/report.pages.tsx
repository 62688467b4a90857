import type { Child, FC } from "hono/jsx";
import type { Sent } from "../../../platform/web/route.ts";
import { sentErrors, sentText } from "../../../platform/web/sent.ts";
import { Alert } from "../../../ui/alert.tsx";
import { Card } from "../../../ui/card.tsx";
import { Details } from "../../../ui/details.tsx";
import { TextArea, TextField } from "../../../ui/fields.tsx";
import { ActionButton, Button, Buttons, ErrorSummary, Form, Hidden } from "../../../ui/form.tsx";
import { SimpleTable } from "../../../ui/simple-table.tsx";
import { figureInWords } from "./report.rules.ts";
import type { FigureChange, Narrative, Report } from "./report.types.ts";
import { REPORTS_PATH, ReportStateTag } from "./report-list.pages.tsx";
import { reportSections } from "./report-sections.ts";

export interface ReportPageProps {
  report: Report;
  narratives: readonly Narrative[];
  versions: readonly { version: number; acceptedAt: Date; correctionReason: string | null }[];
  rights: { edit: boolean; submit: boolean; review: boolean; correct: boolean };
  /** ReportFiguresView over the live or the frozen figures, with the report's standing below its heading. */
  figures: (standing: Child) => Child;
  sent?: Sent | undefined;
}

const day = (moment: Date): string =>
  new Date(moment).toLocaleDateString("en-US", {
    month: "short",
    day: "numeric",
    year: "numeric",
    timeZone: "UTC",
  });

/** One organization's report: state and next step, figures, narrative, versions. */
export const ReportPage: FC<ReportPageProps> = (props) => {
  const { report, narratives, rights } = props;
  const here = `${REPORTS_PATH}/${report.organizationId}/${report.academicYear}`;
  return (
    <div class="stack">
      {props.figures(<Standing {...props} here={here} />)}
      <section class="stack" aria-labelledby="narrative-heading">
        <h2 id="narrative-heading">In your own words</h2>
        {reportSections.map((section) => (
          <NarrativeView
            here={here}
            section={section}
            narrative={narratives.find((one) => one.section === section.code)}
            mayEdit={rights.edit}
          />
        ))}
      </section>
      {rights.edit ? <InterprofessionalForm here={here} sent={props.sent} /> : null}
      <Versions here={here} versions={props.versions} />
      <p>
        Download: <a href={`${here}?format=xlsx`}>XLSX</a> · <a href={`${here}?format=json`}>JSON</a>
      </p>
    </div>
  );
};

/** The report's state, what was said about it, and the next step. */
const Standing: FC<ReportPageProps & { here: string }> = (props) => {
  const { report, rights } = props;
  return (
    <>
      <p class="soft">
        Annual report {report.academicYear}, version {report.version} <ReportStateTag state={report.state} />
      </p>
      <ErrorSummary errors={sentErrors(props.sent)} />
      {report.state === "returned" ? (
        <Alert kind="warn" heading="Returned: what to mend">
          <p>{report.returnedBecause}</p>
        </Alert>
      ) : null}
      {report.correctionReason && report.state !== "accepted" ? (
        <Alert kind="info" heading={`Correction: version ${report.version}`}>
          <p>{report.correctionReason}</p>
        </Alert>
      ) : null}
      {rights.submit || rights.review || rights.correct ? <NextStep {...props} /> : null}
    </>
  );
};

const NextStep: FC<ReportPageProps & { here: string }> = ({ rights, here, sent }) => (
  <div class="stack">
    {rights.submit ? (
      <ActionButton action={`${here}/submit`} label="Submit the report" quiet={false} />
    ) : null}
    {rights.review ? (
      <>
        <ActionButton action={`${here}/accept`} label="Accept the report" quiet={false} />
        <Details summary="Return it to be mended" open={Boolean(sent?.errors["because"])}>
          <Form action={`${here}/return`}>
            <TextArea
              name="because"
              label="What should be mended?"
              required
              value={sentText(sent, "because")}
              error={sent?.errors["because"]?.[0]}
              maxlength={2000}
            />
            <Buttons quiet={[{ label: "Return the report" }]} />
          </Form>
        </Details>
      </>
    ) : null}
    {rights.correct ? (
      <Details summary="Correct this report" open={Boolean(sent?.errors["reason"])}>
        <Form action={`${here}/correct`}>
          <TextArea
            name="reason"
            label="Why is a correction needed?"
            hint="The accepted version stays as it is. The next one says what changed, and why."
            required
            value={sentText(sent, "reason")}
            error={sent?.errors["reason"]?.[0]}
            maxlength={2000}
          />
          <Buttons quiet={[{ label: "Begin a correction" }]} />
        </Form>
      </Details>
    ) : null}
  </div>
);

interface NarrativeViewProps {
  here: string;
  section: (typeof reportSections)[number];
  narrative: Narrative | undefined;
  mayEdit: boolean;
}

const NarrativeView: FC<NarrativeViewProps> = ({ here, section, narrative, mayEdit }) => (
  <Card
    heading={section.title}
    level={3}
    foot={
      narrative?.editedAt
        ? `Last written by ${narrative.editedBy ?? "someone"}, ${day(narrative.editedAt)}`
        : undefined
    }
  >
    {narrative?.body ? (
      narrative.body.split(/\n{2,}/).map((paragraph) => <p>{paragraph}</p>)
    ) : (
      <p class="soft">{mayEdit ? section.guidance : "Nothing written."}</p>
    )}
    {mayEdit ? (
      <p>
        <a href={`${here}/narrative/${section.code}`}>
          {narrative?.body ? "Edit" : "Write"}
          <span class="usa-sr-only"> the section {section.title}</span>
        </a>
      </p>
    ) : null}
  </Card>
);

const InterprofessionalForm: FC<{ here: string; sent: Sent | undefined }> = ({ here, sent }) => (
  <Details
    summary="EXP-2: others who trained alongside"
    open={Boolean(sent?.errors["trainees"] ?? sent?.errors["program"])}
  >
    <p class="soft">
      The rosters count your own trainees. If trainees of other programs trained beside them, enter how many,
      by site and profession. Faculty and site staff do not count.
    </p>
    <Form action={`${here}/interprofessional`}>
      <TextField
        name="program"
        label="Your program"
        required
        value={sentText(sent, "program")}
        error={sent?.errors["program"]?.[0]}
      />
      <TextField
        name="site"
        label="Training site"
        required
        value={sentText(sent, "site")}
        error={sent?.errors["site"]?.[0]}
      />
      <TextField
        name="profession"
        label="Their profession"
        required
        value={sentText(sent, "profession")}
        error={sent?.errors["profession"]?.[0]}
      />
      <TextField
        name="trainees"
        label="How many"
        type="number"
        hint="0 takes the entry away."
        required
        value={sentText(sent, "trainees")}
        error={sent?.errors["trainees"]?.[0]}
      />
      <Buttons quiet={[{ label: "Save" }]} />
    </Form>
  </Details>
);

const Versions: FC<{ here: string; versions: ReportPageProps["versions"] }> = ({ here, versions }) =>
  versions.length === 0 ? null : (
    <section class="stack" aria-labelledby="versions-heading">
      <h2 id="versions-heading">Accepted versions</h2>
      <ul class="plain-list">
        {versions.map((version) => (
          <li>
            <a href={`${here}/versions/${version.version}`}>Version {version.version}</a>, accepted{" "}
            {day(version.acceptedAt)}
            {version.correctionReason ? `: ${version.correctionReason}` : ""}
          </li>
        ))}
      </ul>
    </section>
  );

/** What a correction changed, figure by figure. */
export const ChangesView: FC<{ changes: readonly FigureChange[]; reason: string | null }> = ({
  changes,
  reason,
}) =>
  reason === null && changes.length === 0 ? null : (
    <section class="stack" aria-labelledby="changes-heading">
      <h2 id="changes-heading">What this version changed</h2>
      {reason ? <p>{reason}</p> : null}
      {changes.length === 0 ? (
        <p>No figure changed.</p>
      ) : (
        <SimpleTable
          caption={`${changes.length} figures changed`}
          columns={[
            { label: "Figure" },
            { label: "Before", numeric: true },
            { label: "After", numeric: true },
          ]}
          rows={changes.map((change) => [
            figureInWords(change.figure),
            change.before?.toLocaleString("en-US") ?? "-",
            change.after?.toLocaleString("en-US") ?? "-",
          ])}
        />
      )}
    </section>
  );

export interface NarrativePageProps {
  here: string;
  section: (typeof reportSections)[number];
  revision: number;
  body: string;
  /** What another editor saved meanwhile; the typed text stays in the form. */
  theirs?: string | undefined;
}

/** Writing one section; two editors never overwrite each other. */
export const NarrativePage: FC<NarrativePageProps> = ({ here, section, revision, body, theirs }) => (
  <div class="stack narrow">
    <h1>{section.title}</h1>
    {theirs === undefined ? null : (
      <Alert kind="warn" heading="Someone saved this section while you were writing" announce>
        <p>Their text is below yours. Take over what you need, then save: your text then replaces theirs.</p>
      </Alert>
    )}
    <Form action={`${here}/narrative/${section.code}`}>
      <Hidden name="revision" value={revision} />
      <TextArea
        name="body"
        label={theirs === undefined ? "Text" : "Your text"}
        hint={section.guidance}
        rows={14}
        maxlength={20_000}
        value={body}
      />
      <div class="buttons">
        <Button label="Save" />
        <Button label="Back to the report" href={here} quiet />
      </div>
    </Form>
    {theirs === undefined ? null : (
      <Card heading="Their text">
        {theirs.split(/\n{2,}/).map((paragraph) => (
          <p>{paragraph}</p>
        ))}
      </Card>
    )}
  </div>
);
