// A static copy of the hub's site in a test: a plain web server for its folder, and what its pages lead to.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, extname, join, normalize } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll } from "vitest";
import { attribute, type Element, readElements } from "./read-page.ts";

/** Every file of a folder, by its path below it. */
export const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name).slice(folder.length + 1))
    .toSorted();

/** All of a folder in one hash: paths and bytes. */
export function hashFolder(folder: string): string {
  const hash = createHash("sha256");
  for (const file of listFiles(folder)) hash.update(`${file}\0`).update(readFileSync(join(folder, file)));
  return hash.digest("hex");
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".txt": "text/plain; charset=utf-8",
  ".atom": "application/atom+xml",
  ".json": "application/json",
  ".mp3": "audio/mpeg",
  ".vtt": "text/vtt",
};

export interface StaticServer {
  address: string;
  /** What was sent, in bytes as they went over the line, by path. */
  sent: Map<string, number>;
  /** What was asked for and is not there. */
  missing: string[];
}

/** A web server that knows nothing but files, and packs what it sends. */
export async function serveFolder(folder: string): Promise<StaticServer> {
  const sent = new Map<string, number>();
  const missing: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://static").pathname);
    let file = join(folder, normalize(path));
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) {
      missing.push(path);
      response.writeHead(404).end("not found");
      return;
    }
    const packed = gzipSync(readFileSync(file));
    sent.set(path, packed.length);
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-encoding": "gzip" }).end(packed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  const address = server.address();
  return {
    address: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    sent,
    missing,
  };
}

export interface ReadPage {
  file: string;
  elements: Element[];
}

/** The pages of a copy, as markup. */
export const readPages = (folder: string): ReadPage[] =>
  listFiles(folder)
    .filter((file) => file.endsWith(".html"))
    .map((file) => ({
      file,
      elements: readElements(readFileSync(join(folder, file), "utf8")),
    }));

/** Links, pictures, styles and scripts of the pages that lead to nothing in the folder, and places that a page has not. */
export function findBrokenLinks(
  folder: string,
  pages: readonly ReadPage[],
): { checked: number; broken: string[] } {
  const ids = new Map(
    pages.map(({ file, elements }) => [file, new Set(elements.flatMap((one) => attribute(one, "id") ?? []))]),
  );
  const broken: string[] = [];
  let checked = 0;
  for (const { file, elements } of pages)
    for (const element of elements)
      for (const name of ["href", "src", "action", "poster"]) {
        const address = attribute(element, name);
        if (address === undefined || /^(https?|mailto|data):/.test(address)) continue;
        checked += 1;
        const [path = "", fragment] = address.split("#");
        const [way = ""] = path.split("?");
        const to = way === "" ? file : join(dirname(file), decodeURIComponent(way));
        const isThere = !way.startsWith("/") && !to.startsWith("..") && existsSync(join(folder, to));
        const place = ids.get(to);
        if (
          !isThere ||
          statSync(join(folder, to)).isDirectory() ||
          (fragment && place && !place.has(fragment))
        )
          broken.push(`${file}: <${element.tagName} ${name}="${address}">`);
      }
  return { checked, broken };
}

/** Markup that would act: handlers, styles in attributes, scripts in the page, frames, addresses that run. */
export const findActive = (pages: readonly ReadPage[]): string[] =>
  pages.flatMap(({ file, elements }) =>
    elements
      .filter(
        (one) =>
          one.attrs.some(
            ({ name, value }) =>
              name.startsWith("on") ||
              name === "style" ||
              (name === "href" && /^\s*(javascript|data):/i.test(value)),
          ) ||
          ["iframe", "object", "embed", "base", "style"].includes(one.tagName) ||
          (one.tagName === "form" && attribute(one, "method") !== "get") ||
          (one.tagName === "script" &&
            attribute(one, "src") === undefined &&
            !/^application\/(ld\+)?json$/.test(attribute(one, "type") ?? "")),
      )
      .map((one) => `${file}: <${one.tagName}>`),
  );
