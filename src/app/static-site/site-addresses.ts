// Which addresses of the hub a static copy has, and where each of them lies in its folder.
import { withoutLanguage } from "../../platform/web/languages.ts";
import type { RouteDefinition } from "../../platform/web/route.ts";
import { isTranslated } from "../public-addresses.ts";

/** Public addresses that are nothing without a running hub, each with its reason. */
export const LIVING_ONLY: Readonly<Record<string, string>> = {
  "/library/compare": "the choice is made by a form",
  "/library/submit": "somebody must receive what is sent",
  "/library/similar": "answers while a form is filled in",
  "/library/practices/:slug/correct": "somebody must receive what is sent",
  "/library/submissions/:token": "the sender's own page",
  "/library/oai": "harvesters ask a program; records of the copy are in its feeds and files",
  "/library/follow": "e-mails are sent by a running hub",
  "/library/follow/asked": "e-mails are sent by a running hub",
  "/library/follow/confirm/:token": "the reader's own page",
  "/library/follow/leave/:token": "the reader's own page",
  "/about/design": "for those who build the hub",
};

/** The parts of the public site that are copied, with everything below them that the public may see. */
const COPIED = ["/", "/library", "/careers", "/results", "/data", "/about"];

/** What pages load, and what says how the files are to be read: copied as it is needed. */
const LOADED = ["/assets", "/icon.svg", "/hub/logo", "/hub/colors", "/api/v1/code-lists"];

/** The list of practices, which searches and filters in the browser when its address asks for it. */
export const SEARCH_PATH = "/library/practices";
/** Lists that are a view of it, with what their own address chooses. */
const VIEWS = /^\/library\/(state|categorie)s\/([A-Za-z_]+)$/;

/** What a query may say so that its answer is a page or file of its own in the copy. */
const PLACED_QUERY: Readonly<Record<string, RegExp>> = {
  page: /^[1-9]\d{0,4}$/,
  format: /^[a-z]{2,10}$/,
  stage: /^[a-z0-9_]{1,40}$/,
  transcript: /^[a-z]{2,3}$/,
};
/** Pages whose answer to a choice is copied. */
const STAGED = "/careers";
/** Files that a page also offers to take along. */
const TAKEN_ALONG = "?download=yes";

const isAtOrBelow = (path: string, place: string): boolean =>
  path === place || (place !== "/" && path.startsWith(`${place}/`));

/** Whether a path stands for a route of the table: "/library/states/NE" for "/library/states/:state". */
const matches = (pattern: string, path: string): boolean => {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  return (
    wanted.length === given.length &&
    wanted.every((part, place) => (part.startsWith(":") ? given[place] !== "" : part === given[place]))
  );
};

/** The route that answers a path: the first that fits, as the server takes it. */
export const routeOf = (routes: readonly RouteDefinition[], path: string): RouteDefinition | undefined =>
  routes.find((route) => route.method === "GET" && !route.api && matches(route.path, path));

/** What becomes of an address in the copy. */
export type Target =
  /** It has a place of its own; `key` names it. */
  | { kind: "copied"; key: string }
  /** The list of practices shows it, by script. */
  | { kind: "search"; key: string; query: string }
  /** Only the running hub has it. */
  | { kind: "living" };

const LIVING: Target = { kind: "living" };

/** The Spanish list for a Spanish address. */
const searchKey = (path: string): string =>
  withoutLanguage(path) === path ? SEARCH_PATH : `/es${SEARCH_PATH}`;

/**
 * What becomes of an address of this hub: path and query, without fragment.
 * @param routes the route table.
 */
export function targetOf(routes: readonly RouteDefinition[], path: string, search: string): Target {
  const plain = withoutLanguage(path);
  if (plain !== path && !isTranslated(plain)) return LIVING;
  const isLoaded = LOADED.some((place) => isAtOrBelow(plain, place));
  if (!isLoaded) {
    const route = routeOf(routes, plain);
    if (!route || route.who !== "public" || route.path in LIVING_ONLY) return LIVING;
    if (!COPIED.some((place) => isAtOrBelow(plain, place))) return LIVING;
  }
  const query = [...new URLSearchParams(search)].filter(([, value]) => value !== "");
  if (isLoaded || query.length === 0 || search === "?page=1" || search === TAKEN_ALONG)
    return { kind: "copied", key: path };
  const [[name, value] = ["", ""], ...others] = query;
  const isPlaced = others.length === 0 && PLACED_QUERY[name]?.test(value) === true;
  if (isPlaced && (name !== "stage" || plain === STAGED))
    return { kind: "copied", key: `${path}?${name}=${value}` };
  const view = VIEWS.exec(plain);
  if (plain === SEARCH_PATH || view) {
    if (query.some(([key]) => key === "format")) return LIVING;
    const asked = new URLSearchParams(
      view ? [[view[1] === "state" ? "state" : "category", view[2] ?? ""]] : [],
    );
    for (const [key, one] of query) asked.append(key, one);
    return { kind: "search", key: searchKey(path), query: asked.toString() };
  }
  // Seen from a place and stage that was chosen: the copy has it as seen from the beginning.
  if (isAtOrBelow(plain, STAGED)) {
    const stage =
      plain === STAGED
        ? query.find(([key, one]) => key === "stage" && PLACED_QUERY["stage"]?.test(one))
        : null;
    return { kind: "copied", key: stage ? `${path}?stage=${stage[1]}` : path };
  }
  return LIVING;
}

/** Endings of files that no browser runs or shows as a page of the site that they lie on. */
const HARMLESS =
  /\.(pdf|docx|xlsx|pptx|odt|ods|odp|txt|csv|json|ris|bib|vtt|srt|png|jpe?g|webp|gif|mp3|m4a|ogg|oga|mp4|m4v|webm)$/i;

/** A download's name as it lies in the copy: what a web server might hand out as a page of the site becomes plain text. */
export function harmlessName(name: string): string {
  const plain =
    name
      .replaceAll(/[^A-Za-z0-9._-]/g, "_")
      .replace(/^\.+/, "_")
      .slice(-150) || "file";
  return HARMLESS.test(plain) ? plain : `${plain}.txt`;
}

/** What an answer is, as far as its place depends on it. */
export interface AnswerKind {
  type: string;
  /** The name of a file that is handed out. */
  download: string | null;
}

const ENDINGS: Readonly<Record<string, string>> = {
  "text/css": "css",
  "image/png": "png",
  "image/jpeg": "jpg",
  "image/webp": "webp",
  "image/gif": "gif",
  "image/svg+xml": "svg",
  "text/vtt": "vtt",
  "application/json": "json",
};

/** Where the answer to an address lies, below the copy's folder. */
export function placeOf(key: string, { type, download }: AnswerKind): string {
  const [path = "/", query = ""] = key.split("?");
  const [name, value = ""] = query.split("=");
  const folder = path.slice(1);
  const inside = (file: string): string => (folder === "" ? file : `${folder}/${file}`);
  if (download === null && type === "text/html")
    return inside(query === "" ? "index.html" : `${name}/${value}/index.html`);
  // A file that has its own name in its address lies there; what is handed out under a name, under that one.
  const last = folder.split("/").at(-1) ?? "";
  if (query === "" && /\.[a-z0-9]{1,8}$/i.test(last)) return folder;
  return download === null ? `${folder}.${ENDINGS[type] ?? "txt"}` : inside(harmlessName(download));
}
