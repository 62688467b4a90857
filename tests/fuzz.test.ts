// Generated requests over the route table. The same ones again: FUZZ_SEED=…; more of them: FUZZ_REQUESTS=100000;
// what stands behind a 500: TEST_LOG=error
import { expect, test } from "vitest";
import { routes } from "../src/app/modules.ts";
import { addPerson } from "../src/modules/directory/index.ts";
import { SCOPES } from "../src/platform/api/scopes.ts";
import { system } from "../src/platform/database/actor.ts";
import { forgeToken } from "./support/api-client.ts";
import { type FuzzWorld, makeRequest, readNaughtyStrings } from "./support/fuzz-requests.ts";
import { findLeaksBeside, type LeakFinder } from "./support/leaks.ts";
import { createTestHub } from "./support/test-hub.ts";
import { findRowIds, organizationOfCode, type RowIds, signInVisitors } from "./support/visitors.ts";

const COUNT = Number(process.env["FUZZ_REQUESTS"] ?? 4000);
const SEED = Number(process.env["FUZZ_SEED"] ?? Math.floor(Math.random() * 1_000_000));
const AT_A_TIME = 8;
const BETWEEN_JOBS = 1000;
/** So many problems are enough to begin with. */
const MOST_WRONG = 20;

const hub = await createTestHub({ demo: true });
const visitors = await signInVisitors(hub);
const naughty = readNaughtyStrings();
if (naughty.note) console.warn(naughty.note);

/** Rows of an organization, with a membership that may be ended without anybody here losing theirs. */
async function idsOf(code: string): Promise<RowIds> {
  const ids = await findRowIds(hub, await organizationOfCode(hub, code));
  const { membershipId: membership } = await hub.services.perform(system, (work) =>
    addPerson(work, {
      organizationId: ids.organization,
      name: "Pat Transient",
      email: `pat.${code}@example.org`,
      passwordHash: "none",
      role: "partner",
      grants: [],
    }),
  );
  return { ...ids, membership };
}

const world: FuzzWorld = {
  routes,
  cookies: visitors.map(({ cookie }) => cookie),
  tokens: await Promise.all(
    visitors.map(async ({ actor }) => (actor.kind === "person" ? forgeToken(hub, actor, SCOPES) : undefined)),
  ),
  ids: [await idsOf("G01"), await idsOf("G35"), await idsOf("G20"), await idsOf("G05")],
  strings: naughty.strings,
};
const leaks: (LeakFinder | null)[] = [];
for (const { actor, ofHub } of visitors)
  leaks.push(actor.kind === "person" && !ofHub ? await findLeaksBeside(hub, actor.organizationId) : null);

/** Text that would run: a script that is not one of ours, a handler, an address that is a program. */
const LIVE =
  /<script(?! type="application\/ld\+json">[^<>]*<\/script>)(?![^>]*\ssrc="\/assets\/[^">]+"[^>]*><\/script>)|<\w+(?:\s+[\w:-]+(?:=(?:"[^"]*"|[^\s">]+))?)*\s+on[a-z]+\s*=|\s(href|src|action|formaction)="\s*(javascript|data|vbscript):/i;

test("what would run is told from what is shown", () => {
  for (const live of [
    "<script>",
    '<script src="//evil.example/x.js"></script>',
    "<img src=x onerror=alert(1)>",
    '<input value="a" onfocus="b">',
    '<a class="b" href="javascript:alert(1)">',
  ])
    expect(live).toMatch(LIVE);
  for (const shown of [
    '<script type="module" src="/assets/a-1.js"></script>',
    '<input value="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;">',
    "&lt;script&gt;",
    '<a href="/work">on time = money</a>',
  ])
    expect(shown).not.toMatch(LIVE);
});

/** Public pages name the organizations that have published, nothing else of them. */
const isPublished = (path: string, mark: string): boolean =>
  (path === "/" || path.startsWith("/results") || path.startsWith("/api/v1/results")) &&
  organizations.has(mark);
const organizations = new Set(
  (
    await hub.services.database.owner.selectFrom("directory.organization").select(["id", "name"]).execute()
  ).flatMap(({ id, name }) => [id, name]),
);

/** What is wrong with the answer to a request, or null. */
async function whatIsWrong(number: number): Promise<string | null> {
  const made = makeRequest(world, SEED, number);
  if (!made) return null;
  const { request, said, visitor } = made;
  const name = `request ${number}: ${request.method} ${new URL(request.url).pathname.slice(0, 120)}`;
  const answer = await hub.app.request(request);
  const text = await answer.text();
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
  if (answer.status >= 500) return `${name} answers ${answer.status}`;
  const type = answer.headers.get("content-type") ?? "";
  if (!/text\/html|json/.test(type)) return null;
  if (type.includes("text/html") && LIVE.test(text))
    return `${name} shows text that would run: ${LIVE.exec(text)?.[0].slice(0, 80)}`;
  const foreign =
    leaks[visitor]
      ?.find(text)
      .filter((mark) => !said.includes(mark) && !isPublished(new URL(request.url).pathname, mark)) ?? [];
  return foreign.length > 0 ? `${name} shows ${foreign.slice(0, 3).join(", ")}` : null;
}

const statuses = new Map<number, number>();

test(
  `${COUNT} generated requests (seed ${SEED}) bring down nothing, show nothing of others and run nothing`,
  async () => {
    console.log(`fuzz: seed ${SEED}, ${COUNT} requests`);
    const wrong: string[] = [];
    for (let from = 0; from < COUNT && wrong.length < MOST_WRONG; from += BETWEEN_JOBS) {
      const waiting = Array.from(
        { length: Math.min(BETWEEN_JOBS, COUNT - from) },
        (_, place) => from + place,
      );
      const send = async (): Promise<void> => {
        for (let number = waiting.shift(); number !== undefined; number = waiting.shift()) {
          const problem = await whatIsWrong(number);
          if (problem) wrong.push(problem);
        }
      };
      await Promise.all(Array.from({ length: AT_A_TIME }, send));
      // What was uploaded is read in between; a file may be refused, a job may not break off.
      await hub.workJobs();
      if ((from + BETWEEN_JOBS) % 10_000 === 0) console.log(`fuzz: ${from + BETWEEN_JOBS} sent`);
    }
    console.log(`fuzz: ${JSON.stringify(Object.fromEntries([...statuses].toSorted(([a], [b]) => a - b)))}`);
    expect(wrong).toEqual([]);
    // The requests got somewhere: through the door, into handlers, forms and uploads.
    for (const status of [200, 303, 403, 404, 422])
      expect(statuses.get(status) ?? 0, `answers with ${status}`).toBeGreaterThan(COUNT / 100);
    const failed = await hub.services.database.owner
      .selectFrom("pathways.roster")
      .select("file_name")
      .where("state", "=", "failed")
      .execute();
    expect(failed).toEqual([]);
  },
  60_000 + COUNT * 30,
);
