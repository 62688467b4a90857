import { z } from "zod";
import { conflict, forbidden, notFound } from "../../../platform/web/problems.ts";
import { type RouteDefinition, route, type Sent, type Visit } from "../../../platform/web/route.ts";
import { rosterAnswered, rosterCommitted, rosterDiscarded, rosterUndone } from "../events.ts";
import { findingRoutes } from "./findings.routes.tsx";
import { readAnswers } from "./question-form.ts";
import { answerRoster, discardRoster, requestCommit } from "./roster.actions.ts";
import { mayImport, refuseEvaluators } from "./roster.policy.ts";
import { countFindings, findRoster, listChangesOf, listFindings, listRosters } from "./roster.store.ts";
import type { Roster } from "./roster.types.ts";
import { ROSTERS_PATH, RosterListPage } from "./roster-list.pages.tsx";
import { RosterPage, RosterProgress, rosterHeading } from "./roster-state.pages.tsx";
import { undoRoster } from "./undo.actions.ts";
import { whyNotUndo } from "./undo.store.ts";
import { uploadRoutes } from "./upload.routes.tsx";

/** How many findings and changed rows the page of a roster shows; the rest is one step away. */
const SHOWN_FINDINGS = 100;
const SHOWN_CHANGES = 50;
const SHOWN_MISSING = 500;

export const ROSTER_READERS = ["administrator", "hub_staff", "organization_lead", "supervisor"] as const;
export const ROSTER_WRITERS = ["administrator", "hub_staff", "organization_lead"] as const;
const params = z.object({ id: z.uuid() });

type RosterVisit = Visit<{ id: string }, unknown>;

/** The roster of the address, for those who may see it. */
export async function getRoster(visit: Pick<RosterVisit, "trx" | "actor" | "params">): Promise<Roster> {
  refuseEvaluators(visit.actor);
  const roster = await findRoster(visit.trx, visit.params.id);
  if (!roster) throw notFound("This roster");
  return roster;
}

async function getOwnRoster(visit: RosterVisit): Promise<Roster> {
  const roster = await getRoster(visit);
  if (!mayImport(visit.actor, roster.organizationId))
    throw forbidden("Only the organization's lead and hub staff bring in rosters.");
  return roster;
}

async function showRoster(visit: RosterVisit, sent?: Sent): Promise<Response> {
  const roster = await getRoster(visit);
  const { trx } = visit;
  const running = roster.state === "reading" || roster.state === "committing";
  const page = (
    <RosterPage
      roster={roster}
      findings={await listFindings(trx, roster.id, {}, SHOWN_FINDINGS)}
      findingCount={await countFindings(trx, roster.id)}
      changed={await listChangesOf(trx, roster.id, "changed", SHOWN_CHANGES, 0)}
      missing={await listChangesOf(trx, roster.id, "missing", SHOWN_MISSING, 0)}
      mayImport={mayImport(visit.actor, roster.organizationId)}
      whyNotUndo={roster.state === "committed" ? await whyNotUndo(trx, roster) : null}
      hasFile={roster.fileRemovedAt === null && (await visit.platform.files.has(roster.fileHash))}
      sent={sent}
    />
  );
  return visit.page(
    {
      title: rosterHeading(roster),
      breadcrumbs: [{ label: "Rosters", href: ROSTERS_PATH }, { label: roster.fileName }],
      status: sent ? 422 : 200,
      scripts: running ? ["poll-progress"] : ["error-summary-focus", "submit-once"],
      ...(running ? { refreshSeconds: 3 } : {}),
    },
    page,
  );
}

const archive = z
  .union([z.array(z.string()), z.string().transform((one) => [one])])
  .default([])
  .transform((ids) => ids.map(Number).filter((id) => Number.isSafeInteger(id) && id > 0));

/** Rosters: what came in, and each on its way. */
export const rosterRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: ROSTERS_PATH,
    who: ROSTER_READERS,
    menu: { label: "Rosters", order: 20 },
    handle: async (visit) => {
      refuseEvaluators(visit.actor);
      const mayUpload = visit.actor.kind === "person" && mayImport(visit.actor, visit.actor.organizationId);
      return visit.page(
        { title: "Rosters" },
        <RosterListPage rosters={await listRosters(visit.trx)} mayUpload={mayUpload} />,
      );
    },
  }),
  ...uploadRoutes,
  route({
    method: "GET",
    path: `${ROSTERS_PATH}/:id`,
    who: ROSTER_READERS,
    params,
    handle: (visit) => showRoster(visit),
  }),
  route({
    method: "GET",
    path: `${ROSTERS_PATH}/:id/progress`,
    who: ROSTER_READERS,
    params,
    handle: async (visit) => visit.fragment(<RosterProgress roster={await getRoster(visit)} />),
  }),
  route({
    method: "POST",
    path: `${ROSTERS_PATH}/:id/answers`,
    who: ROSTER_WRITERS,
    params,
    form: z.looseObject({ asked: z.coerce.number().int().catch(-1) }),
    events: [rosterAnswered],
    handle: async (visit, form) => {
      const roster = await getOwnRoster(visit);
      const questions = roster.outcome.questions ?? [];
      if (roster.state !== "asking" || form.asked !== questions.length)
        throw conflict("The questions have changed meanwhile. Open the roster again.");
      const { answers, errors } = readAnswers(questions, form as Record<string, string | string[]>);
      if (Object.keys(errors).length > 0)
        return showRoster(visit, { values: form as Sent["values"], errors });
      await answerRoster(visit, roster.id, answers);
      return visit.redirect(`${ROSTERS_PATH}/${roster.id}`);
    },
  }),
  route({
    method: "POST",
    path: `${ROSTERS_PATH}/:id/commit`,
    who: ROSTER_WRITERS,
    params,
    form: z.object({ archive }),
    events: [rosterCommitted],
    handle: async (visit, form) => {
      const roster = await getOwnRoster(visit);
      await requestCommit(visit, roster.id, form.archive);
      return visit.redirect(`${ROSTERS_PATH}/${roster.id}`);
    },
  }),
  route({
    method: "POST",
    path: `${ROSTERS_PATH}/:id/undo`,
    who: ROSTER_WRITERS,
    params,
    events: [rosterUndone],
    handle: async (visit) => {
      const roster = await getOwnRoster(visit);
      await undoRoster(visit, roster.id);
      return visit.redirect(`${ROSTERS_PATH}/${roster.id}`, {
        kind: "good",
        text: "The import is undone. Every row is as it was before.",
      });
    },
  }),
  route({
    method: "POST",
    path: `${ROSTERS_PATH}/:id/discard`,
    who: ROSTER_WRITERS,
    params,
    events: [rosterDiscarded],
    handle: async (visit) => {
      const roster = await getOwnRoster(visit);
      await discardRoster(visit, roster.id);
      return visit.redirect(ROSTERS_PATH, {
        kind: "good",
        text: "The file is put aside. Nothing of it was stored.",
      });
    },
  }),
  ...findingRoutes,
];
