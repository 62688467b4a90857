// The folder of a static copy: made beside its place, and put there when it is whole. Nobody else's file is ever removed.
import { chmod, mkdtemp, readdir, readFile, realpath, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, posix, resolve, sep } from "node:path";
import { z } from "zod";
import { SiteProblem } from "./walk-site.ts";

/** What a copy says of itself, so that a later export knows what it may replace. */
const MARKER = ".trellis-copy.json";
const FORMAT = 1;

const marker = z.object({ kind: z.literal("trellis-copy"), format: z.number(), files: z.array(z.string()) });

/** Every file below a folder, by its path with "/", in order; whatever is no plain file counts as one. */
async function listFiles(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((one) => !one.isDirectory())
    .map((one) =>
      join(one.parentPath, one.name)
        .slice(folder.length + 1)
        .split(sep)
        .join(posix.sep),
    )
    .toSorted();
}

/** What an earlier export wrote there; null where nothing is there. @throws SiteProblem where something else is. */
async function readEarlier(folder: string): Promise<ReadonlySet<string> | null> {
  const found = await stat(folder).catch(() => null);
  if (!found) return null;
  if (!found.isDirectory())
    throw new SiteProblem(`${folder} is a file. Name a folder that is empty or not there yet.`);
  const text = await readFile(join(folder, MARKER), "utf8").catch(() => null);
  let written: unknown = null;
  try {
    written = text === null ? null : JSON.parse(text);
  } catch {
    // Then it is no marker of ours.
  }
  const earlier = marker.safeParse(written);
  return new Set(earlier.success ? [...earlier.data.files, MARKER] : []);
}

/** @throws SiteProblem where files lie there that no export wrote. */
async function refuseStrangers(folder: string): Promise<void> {
  const own = await readEarlier(folder);
  if (!own) return;
  const strangers = (await listFiles(folder)).filter((file) => !own.has(file));
  if (strangers.length === 0) return;
  const named = strangers.slice(0, 3).join(", ");
  throw new SiteProblem(
    `${folder} holds ${strangers.length === 1 ? "a file" : `${strangers.length} files`} that no export wrote (${named}${strangers.length > 3 ? ", …" : ""}). Nothing was changed. Move them away, or name another folder.`,
  );
}

/**
 * Fills a folder: all of it or nothing. An earlier copy is replaced as a whole.
 * @param fill writes the files into the folder that it is given.
 */
export async function writeSiteFolder<T>(
  target: string,
  about: { date: string },
  fill: (folder: string) => Promise<T>,
): Promise<T> {
  const wanted = resolve(target);
  const place = await realpath(wanted).catch(() => wanted);
  if (!(await stat(dirname(place)).catch(() => null)))
    throw new SiteProblem(`There is no folder ${dirname(place)}. Make it, or name another one.`);
  await refuseStrangers(place);
  const fresh = await mkdtemp(`${place}.new-`);
  try {
    // For a web server to read, as far as whoever runs this lets others read.
    await chmod(fresh, 0o777 & ~process.umask());
    const done = await fill(fresh);
    const files = await listFiles(fresh);
    await writeFile(
      join(fresh, MARKER),
      `${JSON.stringify({ kind: "trellis-copy", format: FORMAT, ...about, files }, null, 1)}\n`,
    );
    await refuseStrangers(place);
    await putInPlace(fresh, place);
    return done;
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    throw error;
  }
}

async function putInPlace(fresh: string, place: string): Promise<void> {
  if (!(await stat(place).catch(() => null))) return rename(fresh, place);
  const old = `${fresh}-old`;
  await rename(place, old);
  try {
    await rename(fresh, place);
  } catch (error) {
    await rename(old, place);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}
