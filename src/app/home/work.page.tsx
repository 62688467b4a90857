import type { FC } from "hono/jsx";
import type { Actor } from "../../platform/database/actor.ts";
import { Card, Grid } from "../../ui/card.tsx";
import { ActionButton, Button } from "../../ui/form.tsx";
import { START_PATH } from "../hub/hub-addresses.ts";

interface Task {
  title: string;
  text: string;
  href: string;
  action: string;
}

const ROSTER: Task = {
  title: "Bring in a roster",
  text: "The spreadsheet of your trainees, as it is. Nothing is stored before you have seen what it would change.",
  href: "/pathways/rosters/new",
  action: "Choose a file",
};
const ROSTERS: Task = {
  title: "Rosters",
  text: "What came in, what waits for an answer, what can be undone.",
  href: "/pathways/rosters",
  action: "See the rosters",
};
const TRAINEES: Task = {
  title: "Trainees",
  text: "One row per trainee, program and year: filter, sort, take away.",
  href: "/pathways/enrollments",
  action: "Look them up",
};
const REPORTS: Task = {
  title: "Annual report",
  text: "The year's figures, each open down to its records; your words; review and publication.",
  href: "/reports",
  action: "Open the reports",
};
const ORGANIZATIONS: Task = {
  title: "Organizations and people",
  text: "Who works with the hub, in which role.",
  href: "/directory/organizations",
  action: "See the organizations",
};
const RESULTS: Task = {
  title: "Results",
  text: "The figures that are safe to publish.",
  href: "/results",
  action: "Read the results",
};

/** What each role comes for, the most frequent first. */
function tasksOf(actor: Actor): Task[] {
  if (actor.kind !== "person") return [];
  switch (actor.role) {
    case "administrator":
      return [REPORTS, ROSTERS, ORGANIZATIONS, TRAINEES];
    case "hub_staff":
      return actor.grants.includes("evaluator")
        ? [REPORTS, TRAINEES, RESULTS]
        : [ROSTERS, REPORTS, TRAINEES, ORGANIZATIONS];
    case "organization_lead":
      return [ROSTER, REPORTS, TRAINEES, ROSTERS];
    case "supervisor":
      return [TRAINEES, ROSTERS, REPORTS];
    case "worker":
    case "partner":
      return [RESULTS];
  }
}

/** How far a new hub has come; null where there is nothing to say. */
type OpenSteps = { done: number; total: number } | null;

const FirstStepsCard: FC<{ steps: NonNullable<OpenSteps> }> = ({ steps }) => (
  <Card heading={`First steps: ${steps.done} of ${steps.total} done`}>
    <div class="stack">
      <p>
        {steps.done === steps.total
          ? "Everything is set up. See what comes next."
          : "Logo, colors, mail, the first organization and its roster: a few minutes each, in any order."}
      </p>
      <div class="buttons">
        <Button label={steps.done === steps.total ? "See what comes next" : "Go on"} href={START_PATH} />
        <ActionButton action={START_PATH} label="I do not need them" />
      </div>
    </div>
  </Card>
);

/** The first page after signing in: what one comes for, each with its next step. */
export const WorkPage: FC<{ actor: Actor; openSteps: OpenSteps }> = ({ actor, openSteps }) => {
  const [first, ...others] = tasksOf(actor);
  return (
    <div class="stack">
      <h1>Good to see you{actor.kind === "person" ? `, ${actor.personName.split(" ")[0]}` : ""}</h1>
      {openSteps ? <FirstStepsCard steps={openSteps} /> : null}
      {first ? (
        <Card heading={first.title}>
          <div class="stack-tight">
            <p>{first.text}</p>
            <Button label={first.action} href={first.href} quiet={openSteps !== null} />
          </div>
        </Card>
      ) : null}
      <Grid>
        {others.map((task) => (
          <Card heading={task.title} level={2} href={task.href}>
            <p>{task.text}</p>
          </Card>
        ))}
      </Grid>
    </div>
  );
};
