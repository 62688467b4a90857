// The house, as ARCHITECTURE.md tells it.
import { expect, test } from "vitest";
import { events, routes } from "../src/app/modules.ts";
import { moduleRanks as ranks } from "./support/ranks.ts";
import { countLines, findCycle, isTest, readSources, type SourceFile } from "./support/source-files.ts";

/** Files besides the stores that hold SQL, each with its reason. */
const sqlElsewhere: Record<string, string> = {
  "src/app/status.ts": "asks the database whether it answers",
  "src/modules/pathways/enrollments/enrollment.filters.ts":
    "the conditions that the stores of pathways share",
};

const sources = readSources("src");
const product = sources.filter((file) => !isTest(file.path));

/** "platform", "ui", "methods", "app", or the name of a module. */
function layerOf(path: string): string {
  const [, layer, module] = path.split("/");
  return layer === "modules" ? (module ?? "") : /\.tsx?$/.test(layer ?? "") ? "app" : (layer ?? "");
}

function mayImport(from: string, to: string): boolean {
  const [importer, imported] = [layerOf(from), layerOf(to)];
  if (importer === "app" || importer === imported) return true;
  if (imported === "app") return false;
  if (importer === "methods") return false;
  if (importer === "ui") return imported === "methods";
  if (importer === "platform") return imported === "methods" || imported === "ui";
  if (!(imported in ranks)) return true;
  return (ranks[imported] ?? 0) < (ranks[importer] ?? 0) && to === `src/modules/${imported}/index.ts`;
}

const listImports = (files: readonly SourceFile[]) =>
  files.flatMap((file) => file.imports.map((one) => ({ from: file.path, to: one.path })));

test("methods import nothing, ui methods, platform these two, a module these, itself and the doors of lower ranks, app everything, and nobody app", () => {
  const imports = listImports(product);
  expect(imports.length).toBeGreaterThan(300);
  expect(imports.filter(({ from, to }) => !mayImport(from, to))).toEqual([]);
});

test("every module has a rank", () => {
  const modules = new Set(
    sources.filter((file) => file.path.startsWith("src/modules/")).map((file) => layerOf(file.path)),
  );
  expect([...modules].filter((module) => !(module in ranks))).toEqual([]);
});

test("the product imports itself and reference data, and no test", () => {
  expect(listImports(product).filter(({ to }) => isTest(to) || !/^(src|reference)\//.test(to))).toEqual([]);
});

test("nothing imports itself in a circle when it is loaded", () => {
  expect(findCycle(sources)).toBeNull();
  // The finder finds: a circle of two, and none where one half is a type.
  const circle = (typeOnly: boolean): SourceFile[] => [
    { path: "a.ts", text: "", imports: [{ path: "b.ts", typeOnly: false }] },
    { path: "b.ts", text: "", imports: [{ path: "a.ts", typeOnly }] },
  ];
  expect(findCycle(circle(false))).toEqual(["a.ts", "b.ts", "a.ts"]);
  expect(findCycle(circle(true))).toBeNull();
});

test("only stores hold SQL, the platform's database aside", () => {
  const sql =
    /\bsql(<[^`]*>)?`|\.(selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(|\.query(<[^(]*>)?\(\s*[`"]/;
  const place = /\.store\.ts$|^src\/platform\/(database|jobs|sign-in)\//;
  const found = product
    .filter((file) => sql.test(file.text) && !place.test(file.path))
    .map((file) => file.path);
  expect(found.filter((path) => !(path in sqlElsewhere))).toEqual([]);
  // An exception that is not needed any more is taken off the list.
  expect(Object.keys(sqlElsewhere).filter((path) => !found.includes(path))).toEqual([]);
});

test("files are named kebab-case after what they hold, never utils, helpers, common or misc", () => {
  const named = /^([a-z0-9]+(-[a-z0-9]+)*)(\.[a-z0-9]+(-[a-z0-9]+)*)*\.tsx?$/;
  const vague = /(^|[-./])(util|utils|helper|helpers|common|misc)([-./]|$)/;
  const paths = [...sources, ...readSources("tests", "client", "bench", "scripts")].map((file) => file.path);
  expect(paths.filter((path) => !named.test(path.split("/").at(-1) ?? "") || vague.test(path))).toEqual([]);
});

test("no file has more than 300 lines, blank lines and comments aside", () => {
  const files = [...sources, ...readSources("tests", "client", "bench", "scripts")].filter(
    (file) => !file.path.endsWith(".generated.ts"),
  );
  expect(
    files
      .filter((file) => countLines(file.text) > 300)
      .map((file) => `${file.path}: ${countLines(file.text)}`),
  ).toEqual([]);
});

test("the doors are the only barrels", () => {
  const barrel = /^export (\*|\{[^}]*\}) from /m;
  const doors = /^src\/modules\/[a-z]+\/index\.ts$/;
  expect(
    product.filter((file) => barrel.test(file.text) && !doors.test(file.path)).map((file) => file.path),
  ).toEqual([]);
});

test("every route says who may use it, is named once, and is worked by one handler", () => {
  expect(routes.length).toBeGreaterThan(20);
  const names = routes.map((route) => `${route.method} ${route.path}`);
  expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  expect(
    routes
      .filter((route) =>
        typeof route.who === "string"
          ? !["public", "signing-in", "signed-in"].includes(route.who)
          : route.who.length === 0,
      )
      .map((route) => route.path),
  ).toEqual([]);
  expect(
    routes
      .filter((route) => (route.handle === undefined) === (route.stream === undefined))
      .map((route) => route.path),
  ).toEqual([]);
});

test("a route's parameters are checked, every one by its name", () => {
  const unchecked = routes.filter((route) => {
    const names = [...route.path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");
    const shape = (route.params as { shape?: Record<string, unknown> } | undefined)?.shape ?? {};
    return names.some((name) => !(name in shape)) || Object.keys(shape).some((name) => !names.includes(name));
  });
  expect(unchecked.map((route) => route.path)).toEqual([]);
});

/** What may be asked by POST and changes nothing, each with its reason. */
const asksByPost: Record<string, string> = {
  "/library/oai": "OAI-PMH wants its questions answered by either method",
};

test("whatever changes data declares its events", () => {
  expect(
    routes.filter((route) => route.method === "POST" && !route.events?.length).map((route) => route.path),
  ).toEqual(Object.keys(asksByPost));
});

test("there is one closed list of events: every one is listed once, declared events are of it, and each is recorded somewhere", () => {
  const definitions = product.flatMap((file) =>
    [...file.text.matchAll(/export const (\w+) = defineEvent\(\s*"([^"]+)"/g)].map(
      ([, variable = "", name = ""]) => ({ variable, name, file: file.path }),
    ),
  );
  expect(definitions.map(({ name }) => name).toSorted()).toEqual(
    events.map((event) => event.name).toSorted(),
  );
  expect(definitions.filter(({ name, file }) => name.split(".")[0] !== layerOf(file))).toEqual([]);
  const declared = routes.flatMap((route) => route.events ?? []);
  expect(declared.filter((event) => !events.includes(event)).map((event) => event.name)).toEqual([]);
  const recorded = product.map((file) => file.text).join("\n");
  expect(
    definitions
      .filter(({ variable }) => !new RegExp(`\\brecord\\(\\s*${variable}\\b`).test(recorded))
      .map(({ name }) => name),
  ).toEqual([]);
});
