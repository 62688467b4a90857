import { z } from "zod";
import { listFailures } from "../../platform/watching/failure.store.ts";
import { FAILURES_KEPT_DAYS } from "../../platform/watching/failures.ts";
import {
  listSlowQueries,
  QUERY_ORDERS,
  readStatementStatistics,
} from "../../platform/watching/slow-query.store.ts";
import { type RouteDefinition, route } from "../../platform/web/route.ts";
import { readStatus } from "./read-status.ts";
import {
  ERRORS_PATH,
  ErrorsPage,
  QUERIES_PATH,
  QueriesPage,
  STATUS_PATH,
  StatusPage,
  statusSection,
} from "./status.pages.tsx";

const CRUMB = { label: "Status", href: STATUS_PATH };
const MOST_QUERIES = 50;
const MOST_FAILURES = 200;

/** How the hub is: for who runs it. */
export const statusRoutes: RouteDefinition[] = [
  route({
    method: "GET",
    path: STATUS_PATH,
    who: ["administrator", "hub_staff"],
    menu: { label: "Status", order: 92 },
    handle: async (visit) => {
      const isAdministrator = visit.actor.kind === "person" && visit.actor.role === "administrator";
      const lines = await readStatus(visit.trx, visit.platform, visit.now, isAdministrator);
      return visit.page(
        { title: "Status", wide: true, ...statusSection(STATUS_PATH, isAdministrator) },
        <StatusPage lines={lines} now={visit.now} />,
      );
    },
  }),
  route({
    method: "GET",
    path: QUERIES_PATH,
    who: ["administrator"],
    query: z.object({ order: z.enum(QUERY_ORDERS).default("total").catch("total") }),
    handle: async (visit) => {
      const { order } = visit.query;
      const statistics = await readStatementStatistics(visit.trx);
      const queries =
        statistics.state === "kept"
          ? await listSlowQueries(visit.trx, statistics.schema, order, MOST_QUERIES)
          : [];
      return visit.page(
        {
          title: "Slow queries",
          wide: true,
          breadcrumbs: [CRUMB, { label: "Slow queries" }],
          ...statusSection(QUERIES_PATH, true),
        },
        <QueriesPage statistics={statistics} queries={queries} order={order} />,
      );
    },
  }),
  route({
    method: "GET",
    path: ERRORS_PATH,
    who: ["administrator"],
    handle: async (visit) =>
      visit.page(
        {
          title: "Errors",
          wide: true,
          breadcrumbs: [CRUMB, { label: "Errors" }],
          ...statusSection(ERRORS_PATH, true),
        },
        <ErrorsPage failures={await listFailures(visit.trx, MOST_FAILURES)} keptDays={FAILURES_KEPT_DAYS} />,
      ),
  }),
];
