// Writes the public site as static pages, which open without the hub: from any web server, and from a disk.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Hono } from "hono";
import { findHub } from "../../modules/directory/index.ts";
import { listLibraryAddresses, readSearchEntries, readSearchPage } from "../../modules/library/index.ts";
import { anonymous, inTransaction } from "../../platform/database/actor.ts";
import type { Database } from "../../platform/database/database.ts";
import { atOneMoment } from "../../platform/database/one-moment.ts";
import { createPerformWork } from "../../platform/events/work.ts";
import { readAssets } from "../../platform/web/assets.ts";
import { inSpanish } from "../../platform/web/languages.ts";
import { inLanguage, type Language } from "../../ui/language.ts";
import { dayInWords } from "../../ui/moment.ts";
import { escapeHtml, renderChild } from "../../ui/render-child.ts";
import { sayWith } from "../../ui/words.tsx";
import { createApp } from "../create-app.ts";
import { events, routes } from "../modules.ts";
import { isTranslated } from "../public-addresses.ts";
import type { Services } from "../services.ts";
import { sayCopy } from "./copy.words.ts";
import { copyPage } from "./copy-page.ts";
import { relativeAddress } from "./relative.ts";
import { SEARCH_PATH } from "./site-addresses.ts";
import { writeSiteFolder } from "./site-folder.ts";
import { SiteProblem, type WalkedSite, walkSite } from "./walk-site.ts";

export interface SiteExport {
  folder: string;
  /** The copy's day, as it says itself: 2026-11-22. */
  date: string;
  /** Where the copy will be found, if its addresses are to be written in whole; else the hub's own. */
  address: string | null;
}

export interface ExportedSite {
  pages: number;
  files: number;
}

/** The hub's own addresses, while it is walked through. */
const NOWHERE = "http://localhost";
const INDEX = "library/practices/search-index.js";
const SCRIPT = "static-search";
const STARTS = ["/", "/library", "/library/evidence", "/careers", "/results", "/data", "/about", "/icon.svg"];

/** Writes the copy, all of it as the hub is at one moment. @throws SiteProblem */
export async function exportSite(services: Services, wanted: SiteExport): Promise<ExportedSite> {
  const app = (db: Database) => createApp(frozen(services, db, wanted));
  return atOneMoment(services.database.pool, async (db) => {
    if (!(await inTransaction(db, anonymous, findHub)))
      throw new SiteProblem(
        "This hub has not been set up yet: there is nothing to copy. Start it once and open it in the browser.",
      );
    return writeSiteFolder(wanted.folder, { date: wanted.date }, (folder) =>
      fill(services, db, app(db), { ...wanted, folder }),
    );
  });
}

/** The hub as it is at the moment, on the copy's day, asked as often as needed. */
function frozen(services: Services, db: Database, { date, address }: SiteExport): Services {
  const { perform } = createPerformWork({
    db,
    pool: services.database.pool,
    clock: () => new Date(`${date}T12:00:00Z`),
    events,
    subscriptions: [],
    enqueue: () => Promise.resolve(),
  });
  const { publicUrl } = services.config;
  return {
    ...services,
    perform,
    clock: () => new Date(`${date}T12:00:00Z`),
    config: {
      ...services.config,
      publicUrl: address ?? publicUrl,
      requestsPerMinute: Number.MAX_SAFE_INTEGER,
    },
  };
}

async function fill(services: Services, db: Database, app: Hono, wanted: SiteExport): Promise<ExportedSite> {
  const { folder } = wanted;
  const known = await inTransaction(db, anonymous, (trx) => listLibraryAddresses(trx));
  const english = [...STARTS, ...known];
  const script = readAssets().script(SCRIPT);
  const starts = [...english, ...english.filter(isTranslated).map(inSpanish), script];
  const walked = await walkSite({ app, routes, folder, origin: NOWHERE, starts: [...new Set(starts)] });
  await writeIndex(db, folder);
  for (const [key, place] of walked.pages)
    await inLanguage(languageOf(key), () =>
      finishPage(services, db, { ...wanted, walked, key, place, script }),
    );
  for (const [key, file] of walked.doors)
    await inLanguage(languageOf(key), () => writeDoor(folder, key, file));
  await freeScripts(join(folder, "assets"));
  return { pages: walked.pages.size, files: new Set(walked.places.values()).size - walked.pages.size };
}

const languageOf = (key: string): Language => (key === "/es" || key.startsWith("/es/") ? "es" : "en");

interface Finishing extends SiteExport {
  walked: WalkedSite;
  key: string;
  place: string;
  script: string;
}

async function finishPage(services: Services, db: Database, finishing: Finishing): Promise<void> {
  const { folder, walked, key, place, script, address } = finishing;
  const path = join(folder, place);
  const isSearchPage = key === SEARCH_PATH || key === inSpanish(SEARCH_PATH);
  const head = isSearchPage ? await searchHead(db, place, walked.places.get(script) ?? "") : "";
  const text = copyPage(await readFile(path, "utf8"), {
    routes,
    origin: NOWHERE,
    key,
    place,
    places: walked.places,
    notice: noticeOf(finishing.date, services.config.publicUrl),
    head,
    isSearchPage,
    hasAddress: (address ?? services.config.publicUrl) !== null,
  });
  await writeFile(path, text);
}

/** What stands above every page. */
function noticeOf(date: string, lives: string | null): string {
  const notice = (
    <section class="demo-note copy-note" aria-label={sayCopy("about")}>
      <p class="wrap">
        {sayWith(sayCopy("notice"), { day: dayInWords(date) })}{" "}
        {lives ? sayWith(sayCopy("lives"), { link: <a href={lives}>{lives}</a> }) : null}
      </p>
    </section>
  );
  return renderChild(notice);
}

/** What the list of practices needs to search by itself. */
async function searchHead(db: Database, place: string, script: string): Promise<string> {
  const page = await inTransaction(db, anonymous, (trx) => readSearchPage(trx));
  const data = {
    ...page,
    index: relativeAddress(place, INDEX),
    loading: sayCopy("loading"),
    failed: sayCopy("failed"),
  };
  // A block of data is not run; "<" is written so that nothing in it can end it.
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return `<script type="application/json" id="static-search">${json}</script><script defer src="${escapeHtml(relativeAddress(place, script))}"></script>`;
}

/** What the search finds by: a script that sets it, since pages that are opened from a disk may load nothing else. */
async function writeIndex(db: Database, folder: string): Promise<void> {
  const entries = await inTransaction(db, anonymous, (trx) => readSearchEntries(trx));
  const lines = entries.map((entry) => JSON.stringify(entry)).join(",\n");
  await writeFile(join(folder, INDEX), `globalThis.trellisLibrary=[\n${lines}\n];\n`);
}

/** An address that has no name of its own: a page that leads to the file. */
async function writeDoor(folder: string, key: string, file: string): Promise<void> {
  const place = `${key.slice(1)}/index.html`;
  const to = escapeHtml(relativeAddress(place, file));
  const said = escapeHtml(sayCopy("file"));
  await writeFile(
    join(folder, place),
    `<!doctype html>\n<html lang="${languageOf(key)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="0; url=${to}"><title>${said}</title></head><body><main><h1>${said}</h1><p><a href="${to}">${to}</a></p></main></body></html>\n`,
  );
}

/** The scripts of the pages are modules, which pages opened from a disk cannot load: each is enclosed in itself instead. */
async function freeScripts(assets: string): Promise<void> {
  for (const name of (await readdir(assets)).filter((one) => one.endsWith(".js"))) {
    const path = join(assets, name);
    const text = await readFile(path, "utf8");
    if (/\b(import|export)\b\s*[{"'*]/.test(text)) throw new Error(`${name} needs other scripts`);
    await writeFile(path, `"use strict";(()=>{${text}\n})();\n`);
  }
}
