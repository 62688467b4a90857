import { makeApiDocument } from "../../platform/api/openapi.ts";
import type { OpenApiDocument } from "../../platform/api/openapi.types.ts";
import { hubAddress } from "../../platform/config/config.ts";
import { type RouteDefinition, route, type Visit } from "../../platform/web/route.ts";
import { ApiPage, apiSections } from "./api.pages.tsx";

/** The API's documentation: one document for programs, and the same for people. */
export function apiPages(routes: () => readonly RouteDefinition[]): RouteDefinition[] {
  // By the hub's address: one process may hold several hubs.
  const made = new Map<string, OpenApiDocument>();
  const document = (visit: Visit<unknown, unknown>): OpenApiDocument => {
    const address = hubAddress(visit.platform.config);
    const known = made.get(address) ?? makeApiDocument(routes(), { title: "Trellis API", address });
    made.set(address, known);
    return known;
  };
  return [
    route({
      method: "GET",
      path: "/api",
      who: "public",
      handle: async (visit) => {
        const shown = document(visit);
        return visit.page(
          {
            title: "API",
            description: "What programs can read and write in this hub.",
            section: apiSections(shown),
            wide: true,
          },
          <ApiPage
            document={shown}
            examples={
              new Map(routes().flatMap(({ api }) => (api?.example ? [[api.operationId, api.example]] : [])))
            }
          />,
        );
      },
    }),
    route({
      method: "GET",
      path: "/api/v1/openapi.json",
      who: "public",
      handle: async (visit) =>
        visit.c.json(document(visit), 200, {
          "Cache-Control": "public, max-age=300",
          "Access-Control-Allow-Origin": "*",
        }),
    }),
  ];
}
