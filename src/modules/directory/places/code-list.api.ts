import { z } from "zod";
import { ApiProblem } from "../../../platform/api/api-problem.ts";
import { apiRoute } from "../../../platform/api/api-route.ts";
import { findCodeList, listCodeLists } from "../../../platform/database/code-list.store.ts";
import type { RouteDefinition } from "../../../platform/web/route.ts";

const GROUP = "Code lists";

const list = z
  .object({
    id: z.string(),
    version: z.int(),
    source: z.string(),
    verified: z.boolean().describe("Whether it was held against its source."),
    effective_from: z.iso.date().nullable(),
    effective_to: z.iso.date().nullable(),
  })
  .meta({ id: "CodeList", description: "A code list, in its newest version." });

const withCodes = list
  .extend({
    codes: z.array(z.object({ code: z.string(), label: z.string() })).describe("In the list's own order."),
  })
  .meta({ id: "CodeListWithCodes", description: "A code list with its codes." });

/** The code lists: public, since they say nothing of anybody. */
export const codeListApi: RouteDefinition[] = [
  apiRoute({
    method: "GET",
    path: "/code-lists",
    operationId: "listCodeLists",
    group: GROUP,
    scope: null,
    summary: "List the code lists",
    description:
      "What values mean that are given as codes: the newest version of each list, without its codes.",
    answer: z.object({ items: z.array(list) }),
    handle: async ({ trx }) => ({ data: { items: await listCodeLists(trx) } }),
  }),
  apiRoute({
    method: "GET",
    path: "/code-lists/:list",
    operationId: "getCodeList",
    group: GROUP,
    scope: null,
    summary: "Read one code list",
    description: "The newest version of a list, with its codes and their labels.",
    params: z.object({ list: z.string().max(60).describe("The list's id, such as `program_type`.") }),
    answer: withCodes,
    problems: [404],
    handle: async ({ trx, params }) => {
      const found = await findCodeList(trx, params.list);
      if (!found)
        throw new ApiProblem(
          404,
          "There is no such code list. GET /api/v1/code-lists names those there are.",
        );
      return { data: found };
    },
  }),
];
