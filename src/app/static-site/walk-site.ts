// Walks through the public site as a visitor would, and writes what it is given as it comes.
import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Hono } from "hono";
import type { RouteDefinition } from "../../platform/web/route.ts";
import { listTargets } from "./page-links.ts";
import { parsePage } from "./page-tree.ts";
import { placeOf } from "./site-addresses.ts";
import { forgetTimes } from "./zip-times.ts";

/** The copy cannot be made; the message says why and what to do. */
export class SiteProblem extends Error {}

/** Where every address of the copy lies. */
export interface WalkedSite {
  /** By key: path and placed query. What is not there answered that there is nothing. */
  places: ReadonlyMap<string, string>;
  /** Pages to be finished, by key. */
  pages: ReadonlyMap<string, string>;
  /** Addresses without a name of their own, each with the file that it leads to. */
  doors: ReadonlyMap<string, string>;
}

export interface Walk {
  app: Hono;
  routes: readonly RouteDefinition[];
  /** Where the copy is written. */
  folder: string;
  /** The hub's own addresses are written with this one before them. */
  origin: string;
  starts: readonly string[];
}

/** More addresses than any library has; a walk that finds more has lost its way. */
const MOST_ADDRESSES = 1_000_000;
const XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/** Programs say that they are none of those for whom downloads are counted. */
const VISITOR = "Trellis-static-copy-bot/1";

/** @throws SiteProblem where a page fails, since a copy without it would be broken. */
export async function walkSite(walk: Walk): Promise<WalkedSite> {
  const places = new Map<string, string>();
  const pages = new Map<string, string>();
  const doors = new Map<string, string>();
  const byContent = new Map<string, string>();
  const taken = new Set<string>();
  const queue = [...walk.starts];
  const known = new Set(queue);
  for (const key of queue) {
    const answer = await visit(walk, key);
    if (!answer) continue;
    const type = (answer.headers.get("content-type") ?? "").split(";")[0]?.trim() ?? "";
    const download = downloadName(answer.headers.get("content-disposition"));
    const isPage = type === "text/html" && download === null;
    // A page that does not know the format it was asked for.
    if (isPage && key.includes("?format=")) continue;
    let place = placeOf(key, { type, download });
    // Two names may be one on a disk that does not tell capitals from small letters.
    if (taken.has(place.toLowerCase())) place = besides(place, key);
    taken.add(place.toLowerCase());
    if (isPage) {
      const text = await answer.text();
      await writeNew(join(walk.folder, place), Readable.from([text]));
      pages.set(key, place);
      for (const next of listTargets(parsePage(text), { ...walk, key })) {
        if (known.has(next)) continue;
        known.add(next);
        queue.push(next);
      }
      if (queue.length > MOST_ADDRESSES)
        throw new SiteProblem(`The site has more than ${MOST_ADDRESSES} addresses: too many for a copy.`);
    } else {
      const hash = await writeNew(join(walk.folder, place), await contentOf(answer, key, type));
      const earlier = byContent.get(hash);
      // The Spanish address of a file hands out the same bytes: they are kept once.
      if (earlier !== undefined && download !== null) await rm(join(walk.folder, place));
      else byContent.set(hash, place);
      if (download !== null && !key.includes("?") && !key.startsWith("/hub/") && place !== key.slice(1))
        doors.set(key, byContent.get(hash) ?? place);
      place = byContent.get(hash) ?? place;
    }
    places.set(key, place);
  }
  return { places, pages, doors };
}

async function visit({ app, origin }: Walk, key: string): Promise<Response | null> {
  let address = `${origin}${key}`;
  for (let step = 0; step < 5; step += 1) {
    const answer = await app.request(address, { headers: { "user-agent": VISITOR } });
    const to = answer.headers.get("location");
    if (answer.status >= 300 && answer.status < 400 && to) {
      address = new URL(to, address).href;
      if (!address.startsWith(`${origin}/`)) return null;
      continue;
    }
    if (answer.status === 200) return answer;
    await answer.body?.cancel();
    if (answer.status < 500) return null;
    break;
  }
  throw new SiteProblem(
    `The page ${key.split("?")[0]} could not be read, and a copy without it would be broken. Nothing was written. Look at the hub's status page, then export again.`,
  );
}

/** What a file holds; a workbook that was written for this request, without the moment. */
async function contentOf(answer: Response, key: string, type: string): Promise<Readable> {
  if (key.includes("?format=") && type === XLSX)
    return Readable.from([forgetTimes(Buffer.from(await answer.arrayBuffer()))]);
  return answer.body ? Readable.fromWeb(answer.body) : Readable.from([]);
}

/** The plain name of a file that is handed out: one that is only shown has one too. */
function downloadName(disposition: string | null): string | null {
  return /filename="([^"]*)"/.exec(disposition ?? "")?.[1] ?? null;
}

/** A place beside the one that is taken, always the same for an address. */
function besides(place: string, key: string): string {
  const mark = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return place.replace(/([^/]*)$/, `${mark}-$1`);
}

/** @returns the content's hash. */
async function writeNew(path: string, content: Readable): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const hash = createHash("sha256");
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(content, measure, createWriteStream(path, { flags: "wx" }));
  return hash.digest("hex");
}
