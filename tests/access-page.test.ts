// docs/access.md: who may use which route, as the route table has it.
import { expect, test } from "vitest";
import { routes } from "../src/app/modules.ts";
import type { RouteDefinition } from "../src/platform/web/route.ts";

const WORDS = {
  public: "everybody",
  "signing-in": "everybody signed in, or on the way to it",
  "signed-in": "everybody signed in",
} as const;

const whoInWords = ({ who, api }: RouteDefinition): string => {
  const roles = typeof who === "string" ? WORDS[who] : who.join(", ");
  return api?.scope ? `a token with \`${api.scope}\`, of ${roles}` : roles;
};

const HEAD = `# Who may use what

Written from the route table by \`npm run generate:access\`; not to be edited by hand.

This is the first question that is asked of every request, by role or grant in the membership that one acts under. Behind it
a policy asks about the row itself, and the database about the organization that it belongs to: [SECURITY.md](../SECURITY.md),
*Access*. Whoever is refused by the first is told so, or led to the sign-in page; refused by the others, one gets what does not
exist. \`administrator\` and \`hub_staff\` act for every organization, all others for their own. Not in the route table: \`/healthz\`
and \`/readyz\`, for everybody; \`/metrics\`, with its own token; the built files below \`/assets\`.

| method | address | who |
|---|---|---|
`;

test("docs/access.md says who may use each route: npm run generate:access", async () => {
  const rows = routes
    .toSorted((a, b) => (`${a.path} ${a.method}` < `${b.path} ${b.method}` ? -1 : 1))
    .map((route) => `| ${route.method} | \`${route.path}\` | ${whoInWords(route)} |`);
  expect(rows.length).toBeGreaterThan(150);
  await expect(`${HEAD}${rows.join("\n")}\n`).toMatchFileSnapshot("../docs/access.md");
});
