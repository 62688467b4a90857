import type { FC } from "hono/jsx";
import { Alert } from "../../../ui/alert.tsx";
import { Buttons } from "../../../ui/form.tsx";
import { momentInWords } from "../../../ui/moment.ts";
import { Progress } from "../../../ui/progress.tsx";
import { AskingView } from "./asking.pages.tsx";
import type { Roster } from "./roster.types.ts";
import { ROSTERS_PATH, StateTag } from "./roster-list.pages.tsx";
import { number, ReadView, type RosterPageProps, rows } from "./roster-read.pages.tsx";
import { RosterSteps } from "./roster-steps.tsx";

/** The page says it in its heading. */
export function rosterHeading(roster: Roster): string {
  const read = roster.outcome.rows;
  switch (roster.state) {
    case "reading":
      return "Your file is being read";
    case "asking": {
      const count = roster.outcome.questions?.length ?? 0;
      return count === 1
        ? "One question before the rows can be checked"
        : `${count} questions before the rows can be checked`;
    }
    case "refused":
      return "This file cannot be used as it is";
    case "ready": {
      const need = read?.rejected ?? 0;
      return `${rows(read?.total ?? 0)} read. ${need === 0 ? "All are ready." : `${number(read?.loaded)} are ready, ${number(need)} ${need === 1 ? "needs" : "need"} you.`}`;
    }
    case "committing":
      return "Your rows are being committed";
    case "committed":
      return `${rows(read?.loaded ?? 0)} committed`;
    case "undone":
      return "This import was undone";
    case "discarded":
      return "This file was put aside";
    case "failed":
      return "The work on this file broke off";
  }
}

/** How far the reading or the commit is; fetched again while it runs. */
export const RosterProgress: FC<{ roster: Roster }> = ({ roster }) => {
  const { step, rows: done, total } = roster.progress;
  const label =
    step === "checking"
      ? "Checking rows"
      : step === "comparing"
        ? "Comparing with what is stored"
        : step === "committing"
          ? "Committing"
          : "Reading rows";
  const running = roster.state === "reading" || roster.state === "committing";
  const here = `${ROSTERS_PATH}/${roster.id}`;
  return (
    <Progress
      label={label}
      done={done ?? 0}
      total={total}
      {...(running ? { poll: { href: `${here}/progress`, every: 1000 } } : {})}
      then={here}
      text="You may close this page; the work goes on."
    />
  );
};

/** One upload, wherever it is on its way. */
export const RosterPage: FC<RosterPageProps> = (props) => {
  const { roster } = props;
  return (
    <div class="stack">
      <h1>{rosterHeading(roster)}</h1>
      <div class="cluster soft">
        <span class="break">
          {roster.fileName} for {roster.granteeCode}, brought in {momentInWords(roster.createdAt)}
        </span>
        <StateTag state={roster.state} />
      </div>
      <RosterSteps roster={roster} />
      {roster.fileRemovedAt ? (
        <p>
          The uploaded file was removed {momentInWords(roster.fileRemovedAt)}, long after it was put aside.
          What was found in it is still listed here. If you need the file, bring it in again.
        </p>
      ) : null}
      <StateView {...props} />
    </div>
  );
};

const StateView: FC<RosterPageProps> = (props) => {
  const { roster, mayImport } = props;
  switch (roster.state) {
    case "reading":
    case "committing":
      return <RosterProgress roster={roster} />;
    case "asking":
      return mayImport ? (
        <AskingView roster={roster} sent={props.sent} />
      ) : (
        <p>The person who brought the file in has questions to answer.</p>
      );
    case "refused":
      return (
        <>
          <Alert kind="bad" heading="What to do">
            <p>{roster.outcome.refusal?.message}</p>
          </Alert>
          {mayImport ? (
            <Buttons main={{ label: "Bring in another file", href: `${ROSTERS_PATH}/new` }} />
          ) : null}
        </>
      );
    case "failed":
      return (
        <>
          <p>
            Nothing of it was stored. Bring the file in again; if it breaks off once more, tell the hub's
            administrator.
          </p>
          {mayImport ? <Buttons main={{ label: "Bring it in again", href: `${ROSTERS_PATH}/new` }} /> : null}
        </>
      );
    case "ready":
    case "committed":
    case "undone":
    case "discarded":
      return <ReadView {...props} />;
  }
};
